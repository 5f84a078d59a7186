/* Checks that are one file and one answer. */
#include <stdlib.h>
#include <string.h>

#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"
#include "results/sysfile.h"

/* Tells whether a word is among `good`, as "a|b|c". */
static bool is_among(const char *word, const char *good) {
  size_t length = strlen(word);
  for (const char *at = good; at; at = strchr(at, '|'), at += at != NULL)
    if (!strncmp(at, word, length) && (!at[length] || at[length] == '|'))
      return true;
  return false;
}

static enum bench_answer judge(const struct bench_check *check,
                               const char *value) {
  return !check->good || is_among(value, check->good) ? BENCH_GOOD : BENCH_BAD;
}

enum bench_answer bench_read_text(struct bench_patient *patient,
                                  const struct bench_check *check,
                                  char *value) {
  if (!bench_patient_read(patient, value, BENCH_FINDING_SIZE, "%s",
                          check->what))
    return BENCH_UNKNOWN;
  value[strcspn(value, "\n")] = '\0';
  if (!*value)
    strcpy(value, "none");
  return judge(check, value);
}

enum bench_answer bench_read_choice(struct bench_patient *patient,
                                    const struct bench_check *check,
                                    char *value) {
  char text[256];
  if (!bench_patient_read(patient, text, sizeof text, "%s", check->what))
    return BENCH_UNKNOWN;
  char *open = strchr(text, '['), *close = open ? strchr(open, ']') : NULL;
  if (!close)
    return BENCH_UNKNOWN;
  *close = '\0';
  snprintf(value, BENCH_FINDING_SIZE, "%s", open + 1);
  return judge(check, value);
}

/* Behind one line of headings, a line for each area. */
enum bench_answer bench_read_swap(struct bench_patient *patient,
                                  const struct bench_check *check,
                                  char *value) {
  char text[4096];
  int areas = 0;
  if (!bench_patient_read(patient, text, sizeof text, "%s", check->what))
    return BENCH_UNKNOWN;
  for (const char *line = strchr(text, '\n'); line;
       line = strchr(line + 1, '\n'))
    areas += line[1] != '\0';
  snprintf(value, BENCH_FINDING_SIZE, areas ? "%d in use" : "none", areas);
  return areas ? BENCH_BAD : BENCH_GOOD;
}

/* `what` with its value, or that it is not given. */
enum bench_answer bench_read_option(struct bench_patient *patient,
                                    const struct bench_check *check,
                                    char *value) {
  char text[4096], *rest;
  if (!bench_patient_read(patient, text, sizeof text, "/proc/cmdline"))
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE, "not given");
  size_t length = strlen(check->what);
  for (char *word = strtok_r(text, " ", &rest); word;
       word = strtok_r(NULL, " ", &rest))
    if (!strncmp(word, check->what, length) &&
        (!word[length] || word[length] == '='))
      snprintf(value, BENCH_FINDING_SIZE, "%s", word);
  return BENCH_GOOD;
}

/* The first CPU's answer to the key `what`. */
enum bench_answer bench_read_cpuinfo(struct bench_patient *patient,
                                     const struct bench_check *check,
                                     char *value) {
  char text[16384];
  if (!bench_patient_read(patient, text, sizeof text, "/proc/cpuinfo"))
    return BENCH_UNKNOWN;
  json_t *found = results_sysfile_key(text, check->what, ':');
  if (!found)
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE, "%s", json_string_value(found));
  json_decref(found);
  return BENCH_GOOD;
}

/* Flaws that every x86 or Arm kernel of the last years knows. */
static const char *const flaws[] = {
    "gather_data_sampling",
    "itlb_multihit",
    "l1tf",
    "mds",
    "meltdown",
    "mmio_stale_data",
    "retbleed",
    "spec_rstack_overflow",
    "spec_store_bypass",
    "spectre_v1",
    "spectre_v2",
    "srbds",
    "tsx_async_abort",
};

enum bench_answer bench_read_flaws(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  int known = 0, mitigated = 0, open = 0;
  for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
    char state[512];
    if (!bench_patient_read(patient, state, sizeof state, "%s/%s", check->what,
                            flaws[i]))
      continue;
    known++;
    mitigated += !strncmp(state, "Mitigation", 10);
    open += !strncmp(state, "Vulnerable", 10);
  }
  snprintf(value, BENCH_FINDING_SIZE, "%d in force, %d flaws left open",
           mitigated, open);
  if (!known)
    *value = '\0';
  return known ? BENCH_GOOD : BENCH_UNKNOWN;
}

enum bench_answer bench_read_huge_pages(struct bench_patient *patient,
                                        const struct bench_check *check,
                                        char *value) {
  char text[8192];
  (void)check;
  if (!bench_patient_read(patient, text, sizeof text, "/proc/meminfo"))
    return BENCH_UNKNOWN;
  json_t *free = results_sysfile_key(text, "HugePages_Free", ':');
  json_t *size = results_sysfile_key(text, "Hugepagesize", ':');
  if (free && size)
    snprintf(value, BENCH_FINDING_SIZE, "%s free of %s",
             json_string_value(free), json_string_value(size));
  json_decref(free);
  json_decref(size);
  return *value ? BENCH_GOOD : BENCH_UNKNOWN;
}

/* Units that count, where somebody else asks them than a thread's own CPU. */
static const char *const sources[] = {
    "cpu",    "cpu_core",     "armv8_pmuv3_0", "ibs_op",       "amd_l3",
    "amd_df", "uncore_imc_0", "uncore_cha_0",  "uncore_upi_0", "arm_cmn_0",
};

enum bench_answer bench_read_sources(struct bench_patient *patient,
                                     const struct bench_check *check,
                                     char *value) {
  size_t used = 0;
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    long long type;
    if (bench_patient_number(patient, &type, "%s/%s/type", check->what,
                             sources[i]))
      used += (size_t)snprintf(value + used, BENCH_FINDING_SIZE - used, "%s%s",
                               used ? " " : "", sources[i]);
  }
  if (!used)
    snprintf(value, BENCH_FINDING_SIZE, "none");
  return BENCH_GOOD;
}
