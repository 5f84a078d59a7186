/* Making the checks of the table, and telling what they found. */
#include "bench/doctor.h"

#include <errno.h>
#include <stdlib.h>

#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"

static const char *const severities[] = {
    [BENCH_INFO] = "info", [BENCH_WARN] = "warn", [BENCH_FAIL] = "fail"};

static void make(struct bench_patient *patient, const struct bench_check *check,
                 struct bench_finding *out) {
  out->check = check;
  enum bench_answer answer = check->read(patient, check, out->value);
  out->severity = answer == BENCH_BAD ? check->severity : BENCH_INFO;
  if (!*out->value)
    snprintf(out->value, sizeof out->value, "not readable");
}

int bench_doctor_examine(struct bench_examination *order) {
  size_t count = 0;
  while (bench_checks[count].name)
    count++;
  struct bench_patient *patient = malloc(sizeof *patient);
  order->findings = calloc(count, sizeof *order->findings);
  if (!order->findings || !patient) {
    free(order->findings);
    free(patient);
    return -ENOMEM;
  }
  bench_patient_admit(patient, order);
  for (size_t i = 0; i < count; i++)
    make(patient, &bench_checks[i], &order->findings[i]);
  order->count = count;
  bench_patient_dismiss(patient);
  free(patient);
  return 0;
}

void bench_doctor_free(struct bench_examination *order) {
  free(order->findings);
  order->findings = NULL;
  order->count = 0;
}

size_t bench_doctor_count(const struct bench_examination *order,
                          enum bench_severity severity) {
  size_t count = 0;
  for (size_t i = 0; i < order->count; i++)
    count += order->findings[i].severity == severity;
  return count;
}

static const char *remedy(const struct bench_finding *finding) {
  return finding->severity == BENCH_INFO ? "nothing to do"
                                         : finding->check->remedy;
}

static void print_complaints(FILE *file, const struct bench_examination *order,
                             enum bench_severity severity) {
  for (size_t i = 0; i < order->count; i++) {
    const struct bench_finding *finding = &order->findings[i];
    if (finding->severity == severity)
      fprintf(file, "%s  %-16s %s\n      why: %s\n      mend: %s\n",
              severities[severity], finding->check->name, finding->value,
              finding->check->meaning, remedy(finding));
  }
}

void bench_doctor_print(FILE *file, const struct bench_examination *order) {
  print_complaints(file, order, BENCH_FAIL);
  print_complaints(file, order, BENCH_WARN);
  for (size_t i = 0; i < order->count; i++)
    if (order->findings[i].severity == BENCH_INFO)
      fprintf(file, "info  %-16s %s\n", order->findings[i].check->name,
              order->findings[i].value);
  size_t fails = bench_doctor_count(order, BENCH_FAIL);
  size_t warnings = bench_doctor_count(order, BENCH_WARN);
  fprintf(file, "\n%zu fail, %zu warn: %s\n", fails, warnings,
          fails      ? "figures of this machine would be wrong"
          : warnings ? "fit to measure, with the warnings in mind"
                     : "fit to measure");
}

static void print_lines(FILE *file, const struct bench_examination *order,
                        enum bench_severity severity) {
  for (size_t i = 0; i < order->count; i++) {
    const struct bench_finding *finding = &order->findings[i];
    if (finding->severity == severity)
      fprintf(file, "%s: %s: %s\n", severities[severity], finding->check->name,
              finding->value);
  }
}

void bench_doctor_print_short(FILE *file,
                              const struct bench_examination *order) {
  print_lines(file, order, BENCH_FAIL);
  print_lines(file, order, BENCH_WARN);
  if (bench_doctor_count(order, BENCH_INFO) < order->count)
    fputs("`kspin doctor` says why it matters and what mends it\n", file);
}

json_t *bench_doctor_json(const struct bench_examination *order) {
  json_t *checks = json_array();
  for (size_t i = 0; i < order->count; i++) {
    const struct bench_finding *finding = &order->findings[i];
    json_t *one = json_pack(
        "{s:s, s:s, s:s, s:s, s:s}", "name", finding->check->name, "severity",
        severities[finding->severity], "value", finding->value, "meaning",
        finding->check->meaning, "remedy", remedy(finding));
    if (!one || json_array_append_new(checks, one)) {
      json_decref(checks);
      return NULL;
    }
  }
  return json_pack("{s:o}", "checks", checks);
}
