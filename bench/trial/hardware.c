/* Counting through perf_event_open(2) (see hardware.h). */
#include "bench/trial/hardware.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "results/sysfile.h"

static const uint32_t software = PERF_TYPE_SOFTWARE;

static int open_event(const struct bench_event *event, enum bench_maker maker,
                      int leader) {
  struct perf_event_attr attribute = {
      .size = sizeof attribute,
      .read_format =
          PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
      .disabled = leader < 0,
      .exclude_kernel = !event->in_kernel,
      .exclude_hv = 1,
  };
  uint64_t config;
  if (!bench_event_numbers(event, maker, &attribute.type, &config))
    return -ENOTSUP;
  attribute.config = config;
  long file = syscall(SYS_perf_event_open, &attribute, 0, -1, leader,
                      PERF_FLAG_FD_CLOEXEC);
  return file < 0 ? -errno : (int)file;
}

/* One line for the first event of a kind that could not be opened. */
static void explain(const struct bench_event *event, int error, char *why,
                    size_t size) {
  if (error == -EACCES || error == -EPERM)
    snprintf(why, size,
             "%s and the like: not allowed; sudo sysctl "
             "kernel.perf_event_paranoid=1, or the container's seccomp",
             event->name);
  else if (error == -ENOSYS)
    snprintf(why, size, "no events at all: the kernel was built without them");
  else if (event->type == software)
    snprintf(why, size, "%s: %s", event->name, strerror(-error));
  else
    snprintf(why, size,
             "no hardware events: the CPU, or the host of this "
             "guest, offers no counters (%s)",
             strerror(-error));
}

/* The file that leads the group of an event; -1: it will lead itself. */
static int leader_of(const struct bench_hardware *hardware,
                     const struct bench_event *event) {
  for (size_t i = 0; i < hardware->count; i++)
    if (hardware->counters[i].event->group == event->group)
      return hardware->counters[i].leader;
  return -1;
}

static int add(struct bench_hardware *hardware, const struct bench_event *event,
               enum bench_maker maker) {
  int leader = leader_of(hardware, event);
  int file = open_event(event, maker, leader);
  if (file < 0)
    return file;
  hardware->counters[hardware->count++] =
      (struct bench_counter){event, file, leader < 0 ? file : leader};
  return 0;
}

size_t bench_hardware_open(struct bench_hardware *hardware, char *why,
                           size_t why_size) {
  char cpuinfo[16384] = "";
  results_sysfile_read("/proc/cpuinfo", cpuinfo, sizeof cpuinfo);
  enum bench_maker maker = bench_maker_of(cpuinfo);
  hardware->count = 0;
  *why = '\0';
  for (const struct bench_event *event = bench_events; event->name; event++) {
    int error =
        hardware->count < BENCH_EVENTS ? add(hardware, event, maker) : 0;
    if (error && error != -ENOTSUP && !*why)
      explain(event, error, why, why_size);
  }
  return hardware->count;
}

void bench_hardware_close(struct bench_hardware *hardware) {
  while (hardware->count)
    close(hardware->counters[--hardware->count].file);
}

/* A group starts and stops with its leader; its members are never stopped by
 * themselves, which some kernels forget counts over. */
static void tell_leaders(const struct bench_hardware *hardware,
                         unsigned long request, unsigned long whom) {
  for (size_t i = 0; i < hardware->count; i++)
    if (hardware->counters[i].file == hardware->counters[i].leader)
      ioctl(hardware->counters[i].file, request, whom);
}

void bench_hardware_start(const struct bench_hardware *hardware) {
  tell_leaders(hardware, PERF_EVENT_IOC_RESET, PERF_IOC_FLAG_GROUP);
  bench_hardware_go_on(hardware);
}

void bench_hardware_go_on(const struct bench_hardware *hardware) {
  tell_leaders(hardware, PERF_EVENT_IOC_ENABLE, 0);
}

void bench_hardware_stop(const struct bench_hardware *hardware) {
  tell_leaders(hardware, PERF_EVENT_IOC_DISABLE, 0);
}

double bench_hardware_scale(uint64_t value, uint64_t enabled_ns,
                            uint64_t running_ns) {
  return running_ns ? (double)value * (double)enabled_ns / (double)running_ns
                    : (double)NAN;
}

int bench_hardware_read(const struct bench_hardware *hardware,
                        struct bench_count *out) {
  struct bench_count counts[BENCH_EVENTS];
  for (size_t i = 0; i < hardware->count; i++) {
    const struct bench_counter *counter = &hardware->counters[i];
    uint64_t read_out[3]; /* value, time enabled, time running */
    if (read(counter->file, read_out, sizeof read_out) != sizeof read_out)
      return -EIO;
    counts[i] = (struct bench_count){
        .event = counter->event,
        .value = bench_hardware_scale(read_out[0], read_out[1], read_out[2]),
        .share = read_out[1] ? (double)read_out[2] / (double)read_out[1] : 0};
  }
  memcpy(out, counts, hardware->count * sizeof *out);
  return 0;
}
