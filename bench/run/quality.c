/* How far a run may be believed (see quality.h). */
#include "bench/run/quality.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/stats.h"

/* Disturbed trials are kept and counted: here all of them at once. */
static void print_verdicts(FILE *file, const struct results_run *run) {
  fprintf(file, "\n%zu trials", run->count);
  for (const struct results_verdict *v = results_verdicts; v->name; v++) {
    size_t count = 0;
    for (size_t i = 0; i < run->count; i++)
      count += !strcmp(run->trials[i].verdict, v->name);
    if (count)
      fprintf(file, ", %zu %s (%.1f %%)", count, v->name,
              100 * (double)count / (double)run->count);
  }
  fputc('\n', file);
}

static double sum_of(const struct results_run *run, const char *name) {
  const struct results_field *field = results_field_find(name);
  double sum = 0;
  for (size_t i = 0; i < run->count; i++) {
    const double value = results_real(&run->trials[i], field);
    sum += isnan(value) ? 0 : value;
  }
  return sum;
}

/* And what came between in parts of trials that are clean without them. */
static void print_segments(FILE *file, const struct results_run *run) {
  static const struct {
    const char *field, *name;
  } causes[] = {{"segments_migrated", "migrated"},
                {"segments_preempted", "preempted"},
                {"segments_gap", "gap"}};
  const double all = sum_of(run, "segments");
  if (all == 0)
    return;
  fprintf(file, "%.0f segments of them", all);
  for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
    const double count = sum_of(run, causes[i].field);
    if (count > 0)
      fprintf(file, ", %.0f %s (%.1f %%)", count, causes[i].name,
              100 * count / all);
  }
  fputc('\n', file);
}

/* The frequency of the CPUs over the run, by the chain beside each trial. */
static int print_frequency(FILE *file, const struct results_run *run) {
  double *links = calloc(run->count + 1, sizeof *links);
  size_t count = 0;
  if (!links)
    return -ENOMEM;
  for (size_t i = 0; i < run->count; i++)
    if (run->trials[i].chain_after_ns > 0) /* false for NAN */
      links[count++] = run->trials[i].chain_after_ns;
  results_sort(links, count);
  if (count)
    fprintf(file,
            "a link of the delay chain lasted %.3f ns, %.3f to %.3f in nine of "
            "ten trials: frequency %s\n",
            results_median_sorted(links, count),
            results_quantile_sorted(links, count, 0.05),
            results_quantile_sorted(links, count, 0.95),
            results_quantile_sorted(links, count, 0.95) >
                    1.03 * results_quantile_sorted(links, count, 0.05)
                ? "was not steady"
                : "was steady");
  free(links);
  return 0;
}

/* The other estimator's row of the same cell; rows of a cell follow. */
static const struct results_row *
other_estimate(const struct results_summary *summary, size_t i) {
  const struct results_row *row = &summary->rows[i];
  if (strcmp(row->metric, "alternation_ns") != 0 || !row->cell.link_main)
    return NULL; /* the few trials of another link say little */
  for (size_t k = i + 1; k < summary->count &&
                         results_cell_equal(&row->cell, &summary->rows[k].cell);
       k++)
    if (!strcmp(summary->rows[k].metric, "timestamp_ns"))
      return &summary->rows[k];
  return NULL;
}

/* How well the two estimators of a handoff agree. */
static int print_agreement(FILE *file, const struct results_summary *summary) {
  double *apart = calloc(summary->count + 1, sizeof *apart);
  size_t cells = 0;
  if (!apart)
    return -ENOMEM;
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *a = &summary->rows[i];
    const struct results_row *b = other_estimate(summary, i);
    if (b)
      apart[cells++] =
          100 * fabs(b->median - a->median) / fmax(a->median, b->median);
  }
  results_sort(apart, cells);
  if (cells)
    fprintf(
        file,
        "alternation and time stamps differ by %.1f %% in half of %zu cells,"
        " by %.1f %% at most\n",
        results_median_sorted(apart, cells), cells, apart[cells - 1]);
  free(apart);
  return 0;
}

int bench_quality_print(FILE *file, const struct results_run *run,
                        const struct results_summary *summary) {
  print_verdicts(file, run);
  print_segments(file, run);
  int error = print_frequency(file, run);
  return error ? error : print_agreement(file, summary);
}
