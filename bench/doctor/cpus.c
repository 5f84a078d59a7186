/* Checks on which CPUs there are, and what kind of machine has them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"
#include "bench/kernel/kernel.h"
#include "results/cgroup.h"
#include "results/sysfile.h"

/* A core is counted at the first of its CPUs that is in use.
 * @return 0 when siblings are not readable */
static size_t count_cores(const struct bench_patient *patient) {
  static bool siblings[BENCH_PATIENT_CPUS];
  size_t cores = 0;
  for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++) {
    char text[256];
    if (!bench_patient_read(
            patient, text, sizeof text,
            "/sys/devices/system/cpu/cpu%u/topology/thread_siblings_list", cpu))
      return 0;
    bench_patient_list(text, siblings);
    unsigned first = 0;
    while (bench_patient_next(patient, &first) && !siblings[first])
      first++;
    cores += first == cpu;
  }
  return cores;
}

static size_t count_online(const struct bench_patient *patient) {
  static bool online[BENCH_PATIENT_CPUS];
  char text[4096];
  return bench_patient_read(patient, text, sizeof text,
                            "/sys/devices/system/cpu/online")
             ? bench_patient_list(text, online)
             : 0;
}

enum bench_answer bench_read_cpus(struct bench_patient *patient,
                                  const struct bench_check *check,
                                  char *value) {
  char ranges[64];
  (void)check;
  if (!patient->cpu_count)
    return BENCH_UNKNOWN;
  size_t cores = count_cores(patient), online = count_online(patient);
  bench_patient_ranges(patient->cpus, ranges, sizeof ranges);
  int used = snprintf(value, BENCH_FINDING_SIZE, "%zu (%s)", patient->cpu_count,
                      ranges);
  if (cores)
    used += snprintf(value + used, BENCH_FINDING_SIZE - (size_t)used,
                     " on %zu cores", cores);
  if (online > patient->cpu_count)
    used += snprintf(value + used, BENCH_FINDING_SIZE - (size_t)used,
                     ", of %zu online", online);
  if (patient->cpu_count >= patient->order->threads)
    return BENCH_GOOD;
  snprintf(value + used, BENCH_FINDING_SIZE - (size_t)used,
           ", but %zu threads shall run", patient->order->threads);
  return BENCH_BAD;
}

/* A quota that all CPUs together cannot use up stops nobody. */
enum bench_answer bench_read_quota(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  char text[64];
  long long quota, period;
  (void)check;
  if (!bench_patient_read(patient, text, sizeof text, "/proc/self/cgroup"))
    return BENCH_UNKNOWN;
  json_t *limit = results_cgroup_cpu_max(patient->order->root);
  int found =
      limit ? sscanf(json_string_value(limit), "%lld %lld", &quota, &period)
            : 0;
  json_decref(limit);
  if (found != 2 || period <= 0) {
    snprintf(value, BENCH_FINDING_SIZE, "none");
    return BENCH_GOOD;
  }
  double granted = (double)quota / (double)period;
  snprintf(value, BENCH_FINDING_SIZE, "the time of %.2f CPUs for %zu CPUs",
           granted, patient->cpu_count);
  return granted < (double)patient->cpu_count ? BENCH_BAD : BENCH_GOOD;
}

enum bench_answer bench_read_siblings(struct bench_patient *patient,
                                      const struct bench_check *check,
                                      char *value) {
  (void)check;
  size_t cores = count_cores(patient);
  if (!cores)
    return BENCH_UNKNOWN;
  bool shared = cores < patient->cpu_count;
  snprintf(value, BENCH_FINDING_SIZE,
           shared ? "%zu CPUs share %zu cores" : "%zu CPUs, each with its core",
           patient->cpu_count, cores);
  return shared ? BENCH_BAD : BENCH_GOOD;
}

static bool has_word(const char *text, const char *word) {
  size_t length = strlen(word);
  for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
    if ((at == text || at[-1] == ' ') && (!at[length] || at[length] == ' '))
      return true;
  return false;
}

/* x86 CPUs say it; elsewhere only Xen's and QEMU's names are a sign. */
static bool is_guest(const struct bench_patient *patient, char *vendor,
                     size_t size) {
  char cpuinfo[16384], type[64];
  bool guest = false;
  if (!bench_patient_read(patient, vendor, size,
                          "/sys/class/dmi/id/sys_vendor"))
    snprintf(vendor, size, "a hypervisor without a name");
  if (bench_patient_read(patient, cpuinfo, sizeof cpuinfo, "/proc/cpuinfo")) {
    json_t *flags = results_sysfile_key(cpuinfo, "flags", ':');
    guest = flags && has_word(json_string_value(flags), "hypervisor");
    json_decref(flags);
  }
  if (bench_patient_read(patient, type, sizeof type, "/sys/hypervisor/type")) {
    snprintf(vendor, size, "%s", type);
    guest = true;
  }
  return guest || !strcmp(vendor, "QEMU");
}

enum bench_answer bench_read_guest(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  char vendor[128];
  (void)check;
  if (is_guest(patient, vendor, sizeof vendor)) {
    snprintf(value, BENCH_FINDING_SIZE, "GUEST of %s", vendor);
    return BENCH_BAD;
  }
  snprintf(value, BENCH_FINDING_SIZE, "no sign of a hypervisor");
  return BENCH_GOOD;
}

enum bench_answer bench_read_line_size(struct bench_patient *patient,
                                       const struct bench_check *check,
                                       char *value) {
  long long bytes;
  unsigned first = 0;
  (void)check;
  if (!bench_patient_next(patient, &first) ||
      !bench_patient_number(patient, &bytes,
                            "/sys/devices/system/cpu/cpu%u/cache/index0/"
                            "coherency_line_size",
                            first))
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE, "%lld bytes; kspin keeps %d apart", bytes,
           BENCH_LINE);
  return bytes > BENCH_LINE ? BENCH_BAD : BENCH_GOOD;
}

/* On x86 only: one rate in every state of power, or the counter is no clock. */
enum bench_answer bench_read_tsc_flags(struct bench_patient *patient,
                                       const struct bench_check *check,
                                       char *value) {
  static const char *const wanted[] = {"constant_tsc", "nonstop_tsc"};
  char text[16384];
  enum bench_answer answer = BENCH_GOOD;
  (void)check;
  if (!bench_patient_read(patient, text, sizeof text, "/proc/cpuinfo") ||
      !strstr(text, "\nflags"))
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE, "constant and non-stop");
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    if (!strstr(text, wanted[i])) {
      snprintf(value, BENCH_FINDING_SIZE, "the CPU does not claim %s",
               wanted[i]);
      answer = BENCH_BAD;
    }
  return answer;
}
