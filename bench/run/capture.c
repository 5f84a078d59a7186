/* One file a view of the machine (see capture.h). */
#include "bench/run/capture.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "bench/clock.h"
#include "bench/doctor.h"
#include "bench/run/record.h"
#include "results/file.h"
#include "topology/capture.h"
#include "topology/describe.h"

/* Writes an object, and gives it up. */
static int write_json(json_t *object, const char *path) {
  FILE *file = object ? fopen(path, "wxe") : NULL;
  int error = !object ? -ENOMEM : !file ? -errno : 0;
  if (file &&
      (json_dumpf(object, file, JSON_INDENT(2)) || fputc('\n', file) == EOF))
    error = -EIO;
  if (file && fclose(file) && !error)
    error = -EIO;
  json_decref(object);
  return error;
}

/* Where a file lay is nobody's business. */
static json_t *machine_json(const struct topology_machine *machine) {
  json_t *object = topology_describe_json(machine);
  if (object)
    json_object_set_new(object, "source", json_string("captured"));
  return object;
}

/* Names of devices, which may tell whose they are. */
static void drop_names(json_t *doctor) {
  json_t *check;
  size_t i;
  json_array_foreach(json_object_get(doctor, "checks"), i, check) {
    const char *name = json_string_value(json_object_get(check, "name"));
    if (name && !strcmp(name, "interrupts"))
      json_object_set_new(check, "value", json_string("left out"));
  }
}

static json_t *doctor_json(const struct topology_machine *machine,
                           const struct bench_clock *clock) {
  struct bench_examination examination = {
      .root = "", .machine = machine, .clock = clock, .threads = 2};
  if (bench_doctor_examine(&examination))
    return NULL;
  json_t *object = bench_doctor_json(&examination);
  bench_doctor_free(&examination);
  drop_names(object);
  return object;
}

static int capture_view(const struct topology_machine *machine,
                        const struct bench_clock *clock, const char *view,
                        const char *path) {
  if (!strcmp(view, "machine.xml"))
    return topology_capture(machine, path);
  if (!strcmp(view, "machine.json"))
    return write_json(machine_json(machine), path);
  if (!topology_machine_is_this(machine))
    return 0;
  return write_json(!strcmp(view, "clock.json") ? bench_record_clock(clock)
                                                : doctor_json(machine, clock),
                    path);
}

int bench_capture(const struct topology_machine *machine, const char *folder,
                  char *why, size_t why_size) {
  static const char *const views[] = {"machine.xml", "machine.json",
                                      "clock.json", "doctor.json"};
  struct bench_clock clock;
  int error = mkdir(folder, 0777) && errno != EEXIST ? -errno : 0;
  if (error)
    snprintf(why, why_size, "%s: %s", folder, strerror(-error));
  if (!error && topology_machine_is_this(machine))
    bench_clock_init(&clock);
  for (size_t i = 0; i < sizeof views / sizeof *views && !error; i++) {
    char path[PATH_MAX];
    error = results_path_join(folder, views[i], path);
    if (!error)
      error = capture_view(machine, &clock, views[i], path);
    if (error)
      snprintf(why, why_size, "%s/%s: %s", folder, views[i], strerror(-error));
  }
  return error;
}
