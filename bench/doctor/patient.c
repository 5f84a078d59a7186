/* Reading a machine's files, wherever they lie (see patient.h). */
#include "bench/doctor/patient.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/file.h"
#include "results/sysfile.h"

__attribute__((format(printf, 3, 0))) static bool
path_of(const struct bench_patient *patient, char *path, const char *format,
        va_list arguments) {
  int root = snprintf(path, PATH_MAX, "%s", patient->order->root);
  if (root < 0 || root >= PATH_MAX)
    return false;
  int rest =
      vsnprintf(path + root, (size_t)(PATH_MAX - root), format, arguments);
  return rest > 0 && root + rest < PATH_MAX;
}

bool bench_patient_read(const struct bench_patient *patient, char *text,
                        size_t size, const char *format, ...) {
  char path[PATH_MAX];
  va_list arguments;
  va_start(arguments, format);
  bool fits = path_of(patient, path, format, arguments);
  va_end(arguments);
  return fits && results_sysfile_read(path, text, size);
}

bool bench_patient_number(const struct bench_patient *patient, long long *out,
                          const char *format, ...) {
  char path[PATH_MAX], text[32], *end;
  va_list arguments;
  va_start(arguments, format);
  bool fits = path_of(patient, path, format, arguments);
  va_end(arguments);
  if (!fits || !results_sysfile_read(path, text, sizeof text) || !*text)
    return false;
  long long number = strtoll(text, &end, 10);
  if (*end)
    return false;
  *out = number;
  return true;
}

size_t bench_patient_list(const char *text, bool *set) {
  size_t count = 0;
  memset(set, 0, BENCH_PATIENT_CPUS * sizeof *set);
  while (*text) {
    unsigned first, last;
    int length = 0;
    if (sscanf(text, "%u%n", &first, &length) != 1)
      return 0;
    text += length;
    last = first;
    if (*text == '-' && sscanf(text, "-%u%n", &last, &length) == 1)
      text += length;
    for (unsigned cpu = first; cpu <= last && cpu < BENCH_PATIENT_CPUS; cpu++) {
      count += !set[cpu];
      set[cpu] = true;
    }
    text += *text == ',';
  }
  return count;
}

void bench_patient_ranges(const bool *set, char *text, size_t size) {
  size_t used = 0;
  *text = '\0';
  for (unsigned cpu = 0; cpu < BENCH_PATIENT_CPUS; cpu++) {
    if (!set[cpu])
      continue;
    unsigned last = cpu;
    while (last + 1 < BENCH_PATIENT_CPUS && set[last + 1])
      last++;
    char range[32];
    const char *comma = used ? "," : "";
    if (last > cpu)
      snprintf(range, sizeof range, "%s%u-%u", comma, cpu, last);
    else
      snprintf(range, sizeof range, "%s%u", comma, cpu);
    if (used + strlen(range) + sizeof "..." > size) {
      snprintf(text + used, size - used, "...");
      return;
    }
    used += (size_t)snprintf(text + used, size - used, "%s", range);
    cpu = last;
  }
}

bool bench_patient_next(const struct bench_patient *patient, unsigned *cpu) {
  while (*cpu < BENCH_PATIENT_CPUS && !patient->cpus[*cpu])
    ++*cpu;
  return *cpu < BENCH_PATIENT_CPUS;
}

/* A whole file; NULL when it cannot be read. */
static char *read_all(const struct bench_patient *patient, const char *below,
                      const char *path) {
  char name[PATH_MAX], *text;
  snprintf(name, sizeof name, "%s%s%s", patient->order->root, below, path);
  return bench_file_read(name, &text) ? NULL : text;
}

static void look(struct bench_patient *patient, int which) {
  const char *below = which && !patient->is_this ? "/later" : "";
  patient->stat[which] = read_all(patient, below, "/proc/stat");
  patient->interrupts[which] = read_all(patient, below, "/proc/interrupts");
}

static double now_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Allowed is what the process inherited; a machine from a folder may lack the
 * list of CPUs online, then all that are allowed count. */
static void find_cpus(struct bench_patient *patient) {
  static bool online[BENCH_PATIENT_CPUS];
  char status[8192], text[4096];
  json_t *allowed = NULL;
  if (bench_patient_read(patient, status, sizeof status, "/proc/self/status"))
    allowed = results_sysfile_key(status, "Cpus_allowed_list", ':');
  if (allowed)
    bench_patient_list(json_string_value(allowed), patient->cpus);
  json_decref(allowed);
  bool known = bench_patient_read(patient, text, sizeof text,
                                  "/sys/devices/system/cpu/online") &&
               bench_patient_list(text, online);
  for (unsigned cpu = 0; cpu < BENCH_PATIENT_CPUS; cpu++) {
    patient->cpus[cpu] &= !known || online[cpu];
    patient->cpu_count += patient->cpus[cpu];
  }
}

void bench_patient_admit(struct bench_patient *patient,
                         const struct bench_examination *order) {
  const struct timespec pause = {.tv_sec = 1};
  memset(patient, 0, sizeof *patient);
  patient->order = order;
  patient->is_this = !*order->root;
  find_cpus(patient);
  double start = now_s();
  if (order->hurry)
    return;
  look(patient, 0);
  if (patient->is_this)
    nanosleep(&pause, NULL);
  look(patient, 1);
  patient->seconds = patient->is_this ? now_s() - start : 1;
}

void bench_patient_dismiss(struct bench_patient *patient) {
  for (int i = 0; i < BENCH_LOOKS; i++) {
    free(patient->stat[i]);
    free(patient->interrupts[i]);
  }
}
