/* Keeping the account of each cell and judging it (see precision.h). */
#include "bench/plan/precision.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/arena.h"
#include "results/bootstrap.h"
#include "results/link.h"
#include "results/stats.h"
#include "results/summary.h"

int bench_precision_open(size_t cells, double wanted,
                         struct bench_precision *out) {
  struct bench_precision_cell *list = calloc(cells + 1, sizeof *list);
  if (!list)
    return -ENOMEM;
  for (size_t i = 0; i < cells; i++)
    list[i].half = (double)NAN;
  *out =
      (struct bench_precision){.wanted = wanted, .cells = list, .count = cells};
  return 0;
}

void bench_precision_close(struct bench_precision *precision) {
  for (size_t i = 0; i < precision->count; i++)
    free(precision->cells[i].seen);
  free(precision->cells);
  *precision = (struct bench_precision){0};
}

static double leading_value(const struct bench_workload *workload,
                            const struct results_trial *trial) {
  double value = (double)NAN;
  for (const struct bench_column *c = workload->columns;
       c->metric && isnan(value); c++)
    value = results_real(trial, results_field_find(c->metric));
  return value;
}

int bench_precision_note(struct bench_precision *precision, size_t cell,
                         const struct bench_workload *workload,
                         const struct results_trial *trial) {
  struct bench_precision_cell *of = &precision->cells[cell];
  void *grown = reallocarray(of->seen, of->count + 1, sizeof *of->seen);
  if (!grown)
    return -ENOMEM;
  of->seen = grown;
  of->seen[of->count++] =
      (struct bench_observation){.value = leading_value(workload, trial),
                                 .probe_ns = trial->probe_ns,
                                 .probe_before_ns = trial->probe_before_ns,
                                 .round = (unsigned)trial->round,
                                 .clean = results_trial_is_clean(trial),
                                 .moved = !strcmp(trial->verdict, "moved")};
  return 0;
}

/* As trials that the classes of line transfer are found by. */
static struct results_trial *as_trials(const struct bench_precision_cell *cell,
                                       unsigned round, size_t *count) {
  struct results_trial *trials = calloc(cell->count + 1, sizeof *trials);
  *count = 0;
  for (size_t i = 0; trials && i < cell->count; i++) {
    const struct bench_observation *seen = &cell->seen[i];
    struct results_trial *trial = &trials[*count];
    if (seen->round >= round)
      continue;
    results_trial_clear(trial);
    trial->cpus = "one";
    trial->probe_ns = seen->probe_ns;
    trial->probe_before_ns = seen->probe_before_ns;
    trial->pair_ns = seen->value; /* any metric would do */
    if (!seen->clean)
      trial->verdict = seen->moved ? "moved" : "preempted";
    ++*count;
  }
  return trials;
}

/* The values that a summary of the cell would rest on. */
static size_t usable_values(const struct results_trial *trials, size_t count,
                            double *values) {
  size_t usable = 0;
  for (size_t i = 0; i < count; i++)
    if (trials[i].link_main && results_trial_is_clean(&trials[i]) &&
        !isnan(trials[i].pair_ns))
      values[usable++] = trials[i].pair_ns;
  return usable;
}

static int measure_width(struct bench_precision_cell *cell,
                         const double *values, size_t count) {
  static const struct results_bootstrap how = {RESULTS_SUMMARY_CONFIDENCE,
                                               RESULTS_SUMMARY_RESAMPLES,
                                               RESULTS_SUMMARY_SEED};
  struct results_interval interval;
  double median;
  int error = results_median_interval(values, count, &how, &interval);
  if (!error)
    error = results_median(values, count, &median);
  if (!error) {
    cell->half = (interval.high - interval.low) / 2 / fabs(median);
    cell->trials = count;
  }
  return error;
}

static int judge_cell(struct bench_precision_cell *cell, double wanted,
                      unsigned round) {
  size_t count;
  struct results_arena *links = results_arena_new();
  struct results_trial *trials = as_trials(cell, round, &count);
  double *values = calloc(cell->count + 1, sizeof *values);
  int error = links && trials && values ? 0 : -ENOMEM;
  if (!error)
    error = results_links_name(trials, count, links);
  if (!error) {
    count = usable_values(trials, count, values);
    if (count >= BENCH_PRECISION_LEAST)
      error = measure_width(cell, values, count);
    cell->narrow = cell->half <= wanted; /* false for NAN */
  }
  free(values);
  free(trials);
  results_arena_free(links);
  return error;
}

int bench_precision_judge(struct bench_precision *precision, unsigned round) {
  int error = 0;
  precision->narrow = 0;
  for (size_t i = 0; i < precision->count && !error; i++) {
    struct bench_precision_cell *cell = &precision->cells[i];
    if (!cell->narrow)
      error = judge_cell(cell, precision->wanted, round);
    precision->narrow += cell->narrow;
  }
  return error;
}

size_t bench_precision_cells_of(const struct bench_precision *precision,
                                size_t least) {
  size_t cells = 0;
  for (size_t i = 0; i < precision->count; i++) {
    size_t clean = 0;
    for (size_t k = 0; k < precision->cells[i].count; k++)
      clean += precision->cells[i].seen[k].clean;
    cells += clean >= least;
  }
  return cells;
}

enum { NAMED = 20 }; /* cells; the rest are in run.json */

void bench_precision_print(FILE *file, const struct bench_precision *precision,
                           const struct bench_plan *plan) {
  size_t wide = precision->count - precision->narrow, named = 0;
  fprintf(file, "\n%zu of %zu cells are known to ±%.3g %%\n", precision->narrow,
          precision->count, 100 * precision->wanted);
  for (size_t i = 0; i < precision->count && named < NAMED; i++) {
    const struct bench_precision_cell *cell = &precision->cells[i];
    char name[BENCH_CELL_NAME_SIZE];
    if (cell->narrow)
      continue;
    named++;
    bench_cell_name(&plan->cells[i], name, sizeof name);
    if (isnan(cell->half))
      fprintf(file, "  too few clean trials  %s\n", name);
    else
      fprintf(file, "  ±%.1f %% over %zu trials  %s\n", 100 * cell->half,
              cell->trials, name);
  }
  if (wide > named)
    fprintf(file, "  and %zu more: `precision` in run.json\n", wide - named);
}

static json_t *cell_json(const struct bench_precision_cell *cell,
                         const struct bench_cell *planned) {
  char name[BENCH_CELL_NAME_SIZE];
  bench_cell_name(planned, name, sizeof name);
  return json_pack("{s:s, s:b, s:o, s:I}", "cell", name, "narrow", cell->narrow,
                   "half_width",
                   isnan(cell->half) ? json_null() : json_real(cell->half),
                   "trials", (json_int_t)cell->trials);
}

json_t *bench_precision_json(const struct bench_precision *precision,
                             const struct bench_plan *plan) {
  json_t *list = json_array();
  for (size_t i = 0; list && i < precision->count; i++)
    json_array_append_new(list,
                          cell_json(&precision->cells[i], &plan->cells[i]));
  return json_pack("{s:f, s:o}", "wanted", precision->wanted, "cells", list);
}
