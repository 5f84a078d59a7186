/* Lines and JSON of `kspin model`. */
#include "bench/command/model_report.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"

struct bench_model_report {
  const char *list;
  json_t *rows;                  /* null: text */
  const struct model_lock *lock; /* of the last line */
  unsigned lines, verified;
};

struct bench_model_report *bench_model_report_open(const char *list,
                                                   bool json) {
  struct bench_model_report *report = calloc(1, sizeof *report);
  if (!report)
    return NULL;
  report->list = list;
  report->rows = json ? json_array() : NULL;
  return report;
}

int bench_model_report_close(struct bench_model_report *report) {
  int error = 0;
  if (report->rows) {
    json_t *all = json_pack("{s:o}", report->list, report->rows);
    error = bench_print_json(all);
  } else if (report->verified) {
    puts("\nverified: exhaustive for these configurations under this model "
         "(C11 without\nload buffering).");
  }
  free(report);
  return error || fflush(stdout) ? -EIO : 0;
}

static void threads_text(const struct model_config *config, char *text) {
  for (unsigned i = 0; i < config->threads; i++)
    text += sprintf(text, i ? ",%u" : "%u", config->times[i]);
}

static json_t *run_json(const struct model_lock *lock,
                        const struct model_config *config,
                        const struct model_result *result) {
  json_t *threads = json_array();
  for (unsigned i = 0; i < config->threads; i++)
    json_array_append_new(threads, json_integer(config->times[i]));
  json_t *run = json_pack(
      "{s:s, s:s, s:s, s:o, s:I, s:I, s:I, s:s}", "family", lock->family,
      "lock", lock->name, "scenario", model_scenario_name(config->scenario),
      "threads", threads, "executions", (json_int_t)result->executions, "cut",
      (json_int_t)result->cut, "events", (json_int_t)result->longest, "result",
      model_verdict_name(result->verdict));
  if (result->verdict == MODEL_VIOLATED) {
    json_object_set_new(run, "what", json_string(result->what));
    json_object_set_new(run, "trace", json_string(result->trace));
  }
  return run;
}

static void print_run(const struct model_lock *lock,
                      const struct model_config *config,
                      const struct model_result *result) {
  char name[64], threads[16];
  snprintf(name, sizeof name, "%s/%s", lock->family, lock->name);
  threads_text(config, threads);
  printf("%-26s %-8s %-8s %11llu %7u  %s\n", name,
         model_scenario_name(config->scenario), threads,
         (unsigned long long)result->executions, result->longest,
         model_verdict_name(result->verdict));
  if (result->verdict == MODEL_VIOLATED)
    printf("\n%s\n", result->trace);
  fflush(stdout);
}

void bench_model_report_run(struct bench_model_report *report,
                            const struct model_lock *lock,
                            const struct model_config *config,
                            const struct model_result *result) {
  if (report->rows) {
    json_array_append_new(report->rows, run_json(lock, config, result));
    return;
  }
  if (report->lines++ == 0)
    printf("%-26s %-8s %-8s %11s %7s  %s\n", "lock", "scenario", "threads",
           "executions", "events", "result");
  report->verified += result->verdict == MODEL_VERIFIED;
  print_run(lock, config, result);
}

static json_t *mutant_json(const struct model_lock *lock,
                           const struct model_mutant *mutant) {
  const struct model_site *site = mutant->site;
  return json_pack(
      "{s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I}", "family",
      lock->family, "lock", lock->name, "file", model_file_name(site->file),
      "line", site->line, "function", site->function, "operation",
      site->operation, "operand", site->text, "from",
      model_order_name(mutant->from), "to", model_order_name(mutant->to),
      "fate", model_fate_name(mutant->fate), "why", mutant->why, "executions",
      (json_int_t)mutant->executions);
}

void bench_model_report_mutant(struct bench_model_report *report,
                               const struct model_lock *lock,
                               const struct model_mutant *mutant) {
  const struct model_site *site = mutant->site;
  if (report->rows) {
    json_array_append_new(report->rows, mutant_json(lock, mutant));
    return;
  }
  if (report->lock != lock)
    printf("%s/%s\n", lock->family, lock->name);
  report->lock = lock;
  printf("  %-9s %s:%d %s %s: %s for %s\n            %s (%llu executions)\n",
         model_fate_name(mutant->fate), model_file_name(site->file), site->line,
         site->operation, site->text, model_order_name(mutant->to),
         model_order_name(mutant->from), mutant->why, mutant->executions);
  fflush(stdout);
}

void bench_model_report_seed(struct bench_model_report *report,
                             const struct model_seed *seed,
                             const struct model_result *result) {
  const char *verdict =
      result->verdict == MODEL_VIOLATED ? "caught" : "escaped";
  if (report->rows) {
    json_array_append_new(
        report->rows, json_pack("{s:i, s:s, s:s, s:s, s:I, s:s, s:s}", "seed",
                                (int)seed->number, "family", seed->family,
                                "lock", seed->name, "bug", seed->what,
                                "executions", (json_int_t)result->executions,
                                "result", verdict, "what", result->what));
    return;
  }
  printf("%3u  %-7s %s/%s: %s (%llu executions)\n", seed->number, verdict,
         seed->family, seed->name, seed->what,
         (unsigned long long)result->executions);
  if (result->what[0])
    printf("              %s\n", result->what);
}
