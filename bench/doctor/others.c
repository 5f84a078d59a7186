/* Checks on what else runs: in numbers of the last seconds and minutes. */
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"

/* One CPU's line of /proc/stat, in ticks. */
struct times {
  unsigned long long busy, idle, steal;
};

static bool read_times(const char *stat, unsigned cpu, struct times *out) {
  char name[16];
  unsigned long long user, nice, system, idle, waiting, irq, softirq, steal;
  int length = snprintf(name, sizeof name, "\ncpu%u ", cpu);
  const char *line = stat ? strstr(stat, name) : NULL;
  if (!line ||
      sscanf(line + length, "%llu %llu %llu %llu %llu %llu %llu %llu", &user,
             &nice, &system, &idle, &waiting, &irq, &softirq, &steal) != 8)
    return false;
  *out = (struct times){.busy = user + nice + system + irq + softirq,
                        .idle = idle + waiting,
                        .steal = steal};
  return true;
}

/* What a CPU did between the looks. */
static bool time_passed(const struct bench_patient *patient, unsigned cpu,
                        struct times *out) {
  struct times first, second;
  if (!read_times(patient->stat[0], cpu, &first) ||
      !read_times(patient->stat[1], cpu, &second))
    return false;
  *out = (struct times){.busy = second.busy - first.busy,
                        .idle = second.idle - first.idle,
                        .steal = second.steal - first.steal};
  return true;
}

static bool is_busy(const struct times *passed) {
  return passed->busy * 10 > passed->busy + passed->idle + passed->steal;
}

/* What is found to be busy among so many that could be asked. */
static enum bench_answer tell_busy(size_t asked, const bool *busy, size_t found,
                                   char *value) {
  char ranges[128];
  bench_patient_ranges(busy, ranges, sizeof ranges);
  if (asked)
    snprintf(value, BENCH_FINDING_SIZE,
             found ? "busy for over 10 %%: %s" : "none", ranges);
  return !asked ? BENCH_UNKNOWN : found ? BENCH_BAD : BENCH_GOOD;
}

enum bench_answer bench_read_busy(struct bench_patient *patient,
                                  const struct bench_check *check,
                                  char *value) {
  static bool busy[BENCH_PATIENT_CPUS];
  size_t asked = 0, found = 0;
  (void)check;
  memset(busy, 0, sizeof busy);
  for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++) {
    struct times passed;
    if (!time_passed(patient, cpu, &passed))
      continue;
    asked++;
    busy[cpu] = is_busy(&passed);
    found += busy[cpu];
  }
  return tell_busy(asked, busy, found, value);
}

/* CPUs that are not in use, but share a core with one that is. */
enum bench_answer bench_read_busy_siblings(struct bench_patient *patient,
                                           const struct bench_check *check,
                                           char *value) {
  static bool siblings[BENCH_PATIENT_CPUS], busy[BENCH_PATIENT_CPUS];
  size_t asked = 0, found = 0;
  (void)check;
  memset(busy, 0, sizeof busy);
  for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++) {
    char text[256];
    struct times passed;
    if (!bench_patient_read(
            patient, text, sizeof text,
            "/sys/devices/system/cpu/cpu%u/topology/thread_siblings_list", cpu))
      continue;
    asked++;
    bench_patient_list(text, siblings);
    for (unsigned other = 0; other < BENCH_PATIENT_CPUS; other++)
      if (siblings[other] && !patient->cpus[other] && !busy[other] &&
          time_passed(patient, other, &passed) && is_busy(&passed))
        found += busy[other] = true;
  }
  return tell_busy(asked, busy, found, value);
}

enum bench_answer bench_read_steal(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  unsigned long long ticks = 0;
  bool known = false;
  (void)check;
  for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++) {
    struct times passed;
    if (!time_passed(patient, cpu, &passed))
      continue;
    known = true;
    ticks += passed.steal;
  }
  if (known)
    snprintf(value, BENCH_FINDING_SIZE,
             ticks ? "%llu ticks in a second" : "none in a second", ticks);
  return !known ? BENCH_UNKNOWN : ticks ? BENCH_BAD : BENCH_GOOD;
}

enum bench_answer bench_read_load(struct bench_patient *patient,
                                  const struct bench_check *check,
                                  char *value) {
  char text[128];
  double load;
  (void)check;
  if (!bench_patient_read(patient, text, sizeof text, "/proc/loadavg") ||
      sscanf(text, "%lf", &load) != 1 || !patient->cpu_count)
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE, "%.2f over a minute, on %zu CPUs", load,
           patient->cpu_count);
  return load > 0.1 * (double)patient->cpu_count ? BENCH_BAD : BENCH_GOOD;
}

enum bench_answer bench_read_pressure(struct bench_patient *patient,
                                      const struct bench_check *check,
                                      char *value) {
  char text[256];
  double percent;
  (void)check;
  if (!bench_patient_read(patient, text, sizeof text, "/proc/pressure/cpu") ||
      sscanf(text, "some avg10=%lf", &percent) != 1)
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE,
           "somebody waited for a CPU %.2f %% of ten seconds", percent);
  return percent > 1 ? BENCH_BAD : BENCH_GOOD;
}

/* A process by its short name; it has a folder of its number in /proc. */
enum bench_answer bench_read_process(struct bench_patient *patient,
                                     const struct bench_check *check,
                                     char *value) {
  char path[PATH_MAX], name[64];
  struct dirent *entry;
  snprintf(path, sizeof path, "%s/proc", patient->order->root);
  DIR *folder = opendir(path);
  if (!folder)
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE, "not seen");
  enum bench_answer answer = BENCH_GOOD;
  while ((entry = readdir(folder)))
    if (isdigit((unsigned char)*entry->d_name) &&
        bench_patient_read(patient, name, sizeof name, "/proc/%s/comm",
                           entry->d_name) &&
        !strcmp(name, check->what)) {
      snprintf(value, BENCH_FINDING_SIZE, "runs as process %.16s",
               entry->d_name);
      answer = BENCH_BAD;
    }
  closedir(folder);
  return answer;
}
