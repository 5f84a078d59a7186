/* Checks on what frequency and sleep do to a measurement. */
#include <string.h>

#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"

#define CPU_FOLDER "/sys/devices/system/cpu/"

/* How many CPUs have something, and the first other answer to it. */
struct survey {
  size_t asked, bad;
  char example[64];
};

static enum bench_answer conclude(const struct survey *survey,
                                  const char *all_good, char *value) {
  if (!survey->asked)
    return BENCH_UNKNOWN;
  if (!survey->bad) {
    snprintf(value, BENCH_FINDING_SIZE, "%s on all %zu CPUs", all_good,
             survey->asked);
    return BENCH_GOOD;
  }
  snprintf(value, BENCH_FINDING_SIZE, "%s on %zu of %zu CPUs", survey->example,
           survey->bad, survey->asked);
  return BENCH_BAD;
}

static void note(struct survey *survey, const char *example) {
  if (!survey->bad++)
    snprintf(survey->example, sizeof survey->example, "%s", example);
}

enum bench_answer bench_read_governor(struct bench_patient *patient,
                                      const struct bench_check *check,
                                      char *value) {
  struct survey survey = {0};
  for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++) {
    char governor[64];
    if (!bench_patient_read(patient, governor, sizeof governor,
                            CPU_FOLDER "cpu%u/cpufreq/scaling_governor", cpu))
      continue;
    survey.asked++;
    if (strcmp(governor, check->good) != 0)
      note(&survey, governor);
  }
  return conclude(&survey, check->good, value);
}

enum bench_answer bench_read_frequencies(struct bench_patient *patient,
                                         const struct bench_check *check,
                                         char *value) {
  struct survey survey = {0};
  char fixed[64] = "";
  (void)check;
  for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++) {
    long long least, most; /* kHz */
    char range[64];
    if (!bench_patient_number(patient, &least,
                              CPU_FOLDER "cpu%u/cpufreq/scaling_min_freq",
                              cpu) ||
        !bench_patient_number(patient, &most,
                              CPU_FOLDER "cpu%u/cpufreq/scaling_max_freq", cpu))
      continue;
    survey.asked++;
    snprintf(range, sizeof range, "%lld to %lld MHz", least / 1000,
             most / 1000);
    if (least != most)
      note(&survey, range);
    else
      snprintf(fixed, sizeof fixed, "%lld MHz", most / 1000);
  }
  return conclude(&survey, fixed, value);
}

/* Two drivers say it in opposite words. */
enum bench_answer bench_read_boost(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  long long on, off;
  (void)check;
  if (!bench_patient_number(patient, &on, CPU_FOLDER "cpufreq/boost")) {
    if (!bench_patient_number(patient, &off,
                              CPU_FOLDER "intel_pstate/no_turbo"))
      return BENCH_UNKNOWN;
    on = !off;
  }
  snprintf(value, BENCH_FINDING_SIZE, on ? "on" : "off");
  return on ? BENCH_BAD : BENCH_GOOD;
}

/* The longest way back from an idle state that is in use, in µs.
 * @return false when the CPU has none */
static bool deepest_state(const struct bench_patient *patient, unsigned cpu,
                          long long *latency_us, char *name, size_t size) {
  bool any = false;
  *latency_us = 0;
  for (unsigned state = 0;; state++) {
    long long us, disabled;
    if (!bench_patient_number(patient, &us,
                              CPU_FOLDER "cpu%u/cpuidle/state%u/latency", cpu,
                              state))
      return any;
    any = true;
    if (us <= *latency_us ||
        (bench_patient_number(patient, &disabled,
                              CPU_FOLDER "cpu%u/cpuidle/state%u/disable", cpu,
                              state) &&
         disabled))
      continue;
    *latency_us = us;
    if (!bench_patient_read(patient, name, size,
                            CPU_FOLDER "cpu%u/cpuidle/state%u/name", cpu,
                            state))
      snprintf(name, size, "state %u", state);
  }
}

enum bench_answer bench_read_idle_states(struct bench_patient *patient,
                                         const struct bench_check *check,
                                         char *value) {
  const long long tolerated_us = 1;
  struct survey survey = {0};
  (void)check;
  for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++) {
    char name[32] = "", example[64];
    long long latency_us;
    if (!deepest_state(patient, cpu, &latency_us, name, sizeof name))
      continue;
    survey.asked++;
    snprintf(example, sizeof example, "%s (%lld us to wake)", name, latency_us);
    if (latency_us > tolerated_us)
      note(&survey, example);
  }
  return conclude(&survey, "none beyond 1 us", value);
}
