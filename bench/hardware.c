/* Counting through perf_event_open(2) (see hardware.h). */
#include "bench/hardware.h"

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

#define SOFTWARE PERF_TYPE_SOFTWARE
#define HARDWARE PERF_TYPE_HARDWARE

/* A raw number on x86: the event's in the low byte, its mask above. */
#define RAW(event, mask) PERF_TYPE_RAW, (mask) << 8 | (event)

const struct bench_event bench_events[] = {
    {"page_faults", "pages that were not there", SOFTWARE,
     PERF_COUNT_SW_PAGE_FAULTS, BENCH_ANY_MAKER, 0, false},
    {"context_switches", "times that the CPU went to another thread", SOFTWARE,
     PERF_COUNT_SW_CONTEXT_SWITCHES, BENCH_ANY_MAKER, 0, true},
    {"migrations", "times that the thread came to another CPU", SOFTWARE,
     PERF_COUNT_SW_CPU_MIGRATIONS, BENCH_ANY_MAKER, 0, true},

    {"cycles", "cycles of the CPU", HARDWARE, PERF_COUNT_HW_CPU_CYCLES,
     BENCH_ANY_MAKER, 1, false},
    {"instructions", "instructions that were carried out", HARDWARE,
     PERF_COUNT_HW_INSTRUCTIONS, BENCH_ANY_MAKER, 1, false},
    {"cache_references", "accesses to the last cache", HARDWARE,
     PERF_COUNT_HW_CACHE_REFERENCES, BENCH_ANY_MAKER, 1, false},
    {"cache_misses", "accesses that it did not satisfy", HARDWARE,
     PERF_COUNT_HW_CACHE_MISSES, BENCH_ANY_MAKER, 1, false},

    {"fills_near", "lines from the L3 or another L2 below it",
     RAW(0x44, 0x02ULL), BENCH_AMD_FAMILY_25, 2, false},
    {"fills_other_l3", "lines from a cache below another L3 of the node",
     RAW(0x44, 0x04ULL), BENCH_AMD_FAMILY_25, 2, false},
    {"fills_remote", "lines from a cache of another node", RAW(0x44, 0x10ULL),
     BENCH_AMD_FAMILY_25, 2, false},

    {"loads_near", "loads served by another core's cache, below the same L3",
     RAW(0xd2, 0x04ULL), BENCH_INTEL_SERVER, 2, false},
    {"loads_remote_dirty", "loads of a line that another package had written",
     RAW(0xd3, 0x04ULL), BENCH_INTEL_SERVER, 2, false},
    {"loads_remote", "loads of a line that another package forwarded",
     RAW(0xd3, 0x08ULL), BENCH_INTEL_SERVER, 2, false},
    {0},
};

/* The number behind a key of /proc/cpuinfo; -1 when there is none. */
static long number_of(const char *cpuinfo, const char *key) {
  json_t *text = results_sysfile_key(cpuinfo, key, ':');
  long number = text ? strtol(json_string_value(text), NULL, 10) : -1;
  json_decref(text);
  return number;
}

/* Skylake-X, Ice Lake-X (two), Sapphire Rapids, Emerald Rapids. */
static const long intel_servers[] = {0x55, 0x6a, 0x6c, 0x8f, 0xcf};

enum bench_maker bench_maker_of(const char *cpuinfo) {
  long family = number_of(cpuinfo, "cpu family");
  long model = number_of(cpuinfo, "model");
  if (strstr(cpuinfo, "AuthenticAMD"))
    return family == 25 ? BENCH_AMD_FAMILY_25 : BENCH_ANY_MAKER;
  if (strstr(cpuinfo, "GenuineIntel") && family == 6)
    for (size_t i = 0; i < sizeof intel_servers / sizeof *intel_servers; i++)
      if (model == intel_servers[i])
        return BENCH_INTEL_SERVER;
  return BENCH_ANY_MAKER;
}

static int open_event(const struct bench_event *event, int leader,
                      bool with_kernel) {
  struct perf_event_attr attribute = {
      .type = event->type,
      .size = sizeof attribute,
      .config = event->config,
      .read_format =
          PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
      .disabled = leader < 0,
      .exclude_kernel = !with_kernel,
      .exclude_hv = 1,
  };
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
  else if (event->type == SOFTWARE)
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

static int add(struct bench_hardware *hardware,
               const struct bench_event *event) {
  int leader = leader_of(hardware, event);
  int file = open_event(event, leader, event->in_kernel);
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
    if (event->maker != BENCH_ANY_MAKER && event->maker != maker)
      continue;
    int error = hardware->count < BENCH_EVENTS ? add(hardware, event) : 0;
    if (error && !*why)
      explain(event, error, why, why_size);
  }
  return hardware->count;
}

void bench_hardware_close(struct bench_hardware *hardware) {
  while (hardware->count)
    close(hardware->counters[--hardware->count].file);
}

/* A group starts and stops with its leader. */
static void tell_groups(const struct bench_hardware *hardware,
                        unsigned long request) {
  for (size_t i = 0; i < hardware->count; i++)
    if (hardware->counters[i].file == hardware->counters[i].leader)
      ioctl(hardware->counters[i].file, request, PERF_IOC_FLAG_GROUP);
}

void bench_hardware_start(const struct bench_hardware *hardware) {
  tell_groups(hardware, PERF_EVENT_IOC_RESET);
  tell_groups(hardware, PERF_EVENT_IOC_ENABLE);
}

void bench_hardware_stop(const struct bench_hardware *hardware) {
  tell_groups(hardware, PERF_EVENT_IOC_DISABLE);
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
