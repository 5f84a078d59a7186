/* From trials to rows. */
#include "results/summary.h"
#include "results/bootstrap.h"
#include "results/stats.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a row rests on: parallel arrays with room for every trial. */
struct sample {
  double *values, *probes, *ratios;
  size_t count, probe_count, ratio_count;
};

bool results_trial_is_used(const struct results_trial *trial, size_t clean) {
  return results_trial_is_clean(trial) ||
         (clean < RESULTS_CLEAN_ENOUGH &&
          results_verdict_find(trial->verdict)->summarised);
}

static void take(struct sample *sample, const struct results_trial *trial,
                 const struct results_field *field) {
  const double value = results_real(trial, field), probe = trial->probe_ns;
  sample->values[sample->count++] = value;
  if (isnan(probe))
    return;
  sample->probes[sample->probe_count++] = probe;
  if (probe > 0 && strcmp(field->unit, "ns") == 0)
    sample->ratios[sample->ratio_count++] = value / probe;
}

/* Counts the trials that carry the metric, then takes those of the basis. */
static void gather(const struct results_trial *trials,
                   const struct results_trials_of_cell *cell,
                   const struct results_field *field, struct results_row *row,
                   struct sample *sample) {
  size_t carrying = 0;
  for (size_t i = 0; i < cell->count; i++) {
    const struct results_trial *trial = &trials[cell->trials[i]];
    const bool carries = !isnan(results_real(trial, field));
    carrying += carries;
    row->n += carries && results_trial_is_clean(trial);
  }
  row->n_disturbed = carrying - row->n;
  row->basis = row->n < RESULTS_CLEAN_ENOUGH ? "all" : "clean";
  sample->count = sample->probe_count = sample->ratio_count = 0;
  for (size_t i = 0; i < cell->count; i++) {
    const struct results_trial *trial = &trials[cell->trials[i]];
    if (!isnan(results_real(trial, field)) &&
        results_trial_is_used(trial, row->n))
      take(sample, trial, field);
  }
}

static int reckon(const struct sample *sample, struct results_row *row) {
  static const struct results_bootstrap how = {RESULTS_SUMMARY_CONFIDENCE,
                                               RESULTS_SUMMARY_RESAMPLES,
                                               RESULTS_SUMMARY_SEED};
  struct results_interval interval;
  if (results_median(sample->values, sample->count, &row->median) ||
      results_mad(sample->values, sample->count, &row->mad) ||
      results_median_interval(sample->values, sample->count, &how, &interval) ||
      results_median(sample->probes, sample->probe_count, &row->probe_ns) ||
      results_median(sample->ratios, sample->ratio_count, &row->ratio_to_probe))
    return -ENOMEM;
  row->ci_low = interval.low;
  row->ci_high = interval.high;
  return 0;
}

static int add_row(const struct results_trial *trials,
                   const struct results_trials_of_cell *cell,
                   const struct results_field *field, const char *metric,
                   struct sample *sample, struct results_summary *summary) {
  struct results_row row = {
      .cell = cell->cell, .metric = metric, .unit = field->unit};
  gather(trials, cell, field, &row, sample);
  if (row.n + row.n_disturbed == 0)
    return 0;
  struct results_row *rows =
      reallocarray(summary->rows, summary->count + 1, sizeof *rows);
  if (!rows)
    return -ENOMEM;
  summary->rows = rows;
  const int error = reckon(sample, &row);
  if (!error)
    rows[summary->count++] = row;
  return error;
}

static int add_cell(const struct results_trial *trials,
                    const struct results_trials_of_cell *cell,
                    struct sample *sample, struct results_summary *summary) {
  if (strcmp(cell->cell.family, "probe") == 0)
    return add_row(trials, cell, results_field_find("probe_ns"), "one_way_ns",
                   sample, summary);
  int error = 0;
  for (const struct results_field *field = results_trial_fields;
       field->name && !error; field++)
    if (field->group == RESULTS_METRIC)
      error = add_row(trials, cell, field, field->name, sample, summary);
  return error;
}

/* A trial's probe as a trial of its own, so that it is grouped and summarised
 * by the same rules. */
static struct results_trial probe_of(const struct results_trial *trial) {
  struct results_trial probe;
  results_trial_clear(&probe);
  probe.workload = trial->workload;
  probe.family = "probe";
  probe.lock = "line";
  probe.routines = "native";
  probe.threads = trial->threads;
  probe.cpus = trial->cpus;
  probe.level = trial->level;
  probe.home = trial->home;
  probe.link = trial->link;
  probe.link_main = trial->link_main;
  probe.probe_ns = trial->probe_ns;
  probe.verdict = trial->verdict;
  return probe;
}

/* The trials, each followed by its probe where it has one.
 * @return how many */
static size_t with_probes(const struct results_trial *trials, size_t count,
                          struct results_trial *out) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    out[n++] = trials[i];
    if (!isnan(trials[i].probe_ns))
      out[n++] = probe_of(&trials[i]);
  }
  return n;
}

static int summarise(const struct results_trial *trials, size_t count,
                     struct sample *sample, struct results_summary *summary) {
  struct results_cells cells;
  int error = results_cells_group(trials, count, &cells);
  if (error)
    return error;
  for (size_t i = 0; i < cells.count && !error; i++)
    error = add_cell(trials, &cells.groups[i], sample, summary);
  results_cells_free(&cells);
  return error;
}

int results_summarise(const struct results_trial *trials, size_t count,
                      struct results_summary *out) {
  const size_t room = 2 * count + 1;
  struct results_trial *all = calloc(room, sizeof *all);
  double *numbers = calloc(3 * room, sizeof *numbers);
  struct results_summary summary = {0};
  int error = -ENOMEM;
  if (all && numbers) {
    struct sample sample = {.values = numbers,
                            .probes = numbers + room,
                            .ratios = numbers + 2 * room};
    error = summarise(all, with_probes(trials, count, all), &sample, &summary);
  }
  free(all);
  free(numbers);
  if (error)
    results_summary_free(&summary);
  else
    *out = summary;
  return error;
}

void results_summary_free(struct results_summary *summary) {
  free(summary->rows);
  *summary = (struct results_summary){0};
}
