/* What a run says when it is over (see closing.h). */
#include "bench/run/closing.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/kernel/kernel.h"
#include "bench/predict/print.h"
#include "bench/run/layout.h"
#include "bench/run/scale.h"
#include "bench/show/contests.h"
#include "bench/show/spectra.h"
#include "bench/show/table.h"
#include "results/run.h"
#include "results/stats.h"
#include "results/table.h"

static int write_files(const struct bench_closing *closing,
                       const struct results_run *run,
                       const struct results_summary *summary) {
  int error = results_write_summary_csv(closing->folder, summary);
  if (!error)
    error = results_write_histograms_csv(closing->folder, run);
  if (!error)
    error = bench_spectra_write(closing->folder, run);
  if (!error)
    error = bench_layout_write(closing->folder, run->header);
  return error
             ? error
             : bench_prediction_make_csv(closing->folder, summary, run->header);
}

static int print_contest(const struct results_run *run,
                         const struct results_contestant *first,
                         const struct results_contestant *second) {
  struct results_contests contests;
  int error = results_contest_locks(run->trials, run->count, first, second,
                                    &results_compare_defaults, &contests);
  if (error)
    return error;
  if (contests.count)
    bench_contests_print(stdout, &contests);
  results_contests_free(&contests);
  return 0;
}

/* Kernels of one lock stand together; the first speaks for the lock. */
static bool first_of_lock(size_t i) {
  return i == 0 || strcmp(bench_kernels[i]->lock, bench_kernels[i - 1]->lock) ||
         strcmp(bench_kernels[i]->family, bench_kernels[i - 1]->family);
}

/* Every other lock that was measured, against the one. */
static int print_against(const struct results_run *run, const char *against) {
  char room[64];
  struct results_contestant first;
  int error = 0;
  if (!bench_contestant(against, room, sizeof room, &first))
    return -EINVAL;
  for (size_t i = 0; bench_kernels[i] && !error; i++) {
    struct results_contestant second = {bench_kernels[i]->family,
                                        bench_kernels[i]->lock};
    if (first_of_lock(i) && (strcmp(first.family, second.family) ||
                             strcmp(first.lock, second.lock)))
      error = print_contest(run, &first, &second);
  }
  return error;
}

static int print_self(const struct results_run *run) {
  struct results_contests contests;
  int error = results_contest_self(run->trials, run->count,
                                   &results_compare_defaults, &contests);
  if (error)
    return error;
  error = bench_contests_print_self(stdout, &contests);
  results_contests_free(&contests);
  return error;
}

/* Disturbed trials are kept and counted: here all of them at once. */
static void print_verdicts(const struct results_run *run) {
  printf("\n%zu trials", run->count);
  for (const struct results_verdict *v = results_verdicts; v->name; v++) {
    size_t count = 0;
    for (size_t i = 0; i < run->count; i++)
      count += !strcmp(run->trials[i].verdict, v->name);
    if (count)
      printf(", %zu %s (%.1f %%)", count, v->name,
             100 * (double)count / (double)run->count);
  }
  putchar('\n');
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
static void print_segments(const struct results_run *run) {
  static const struct {
    const char *field, *name;
  } causes[] = {{"segments_migrated", "migrated"},
                {"segments_preempted", "preempted"},
                {"segments_gap", "gap"}};
  const double all = sum_of(run, "segments");
  if (all == 0)
    return;
  printf("%.0f segments of them", all);
  for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
    const double count = sum_of(run, causes[i].field);
    if (count > 0)
      printf(", %.0f %s (%.1f %%)", count, causes[i].name, 100 * count / all);
  }
  putchar('\n');
}

/* The frequency of the CPUs over the run, by the chain beside each trial. */
static int print_frequency(const struct results_run *run) {
  double *links = calloc(run->count + 1, sizeof *links);
  size_t count = 0;
  if (!links)
    return -ENOMEM;
  for (size_t i = 0; i < run->count; i++)
    if (run->trials[i].chain_after_ns > 0) /* false for NAN */
      links[count++] = run->trials[i].chain_after_ns;
  results_sort(links, count);
  if (count)
    printf("a link of the delay chain lasted %.3f ns, %.3f to %.3f in nine of "
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

static double since(const struct timespec *start) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start->tv_sec) +
         (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* The other estimator's row of the same cell; rows of a cell follow. */
static const struct results_row *
other_estimate(const struct results_summary *summary, size_t i) {
  const struct results_row *row = &summary->rows[i];
  if (strcmp(row->metric, "alternation_ns") != 0)
    return NULL;
  for (size_t k = i + 1; k < summary->count &&
                         results_cell_equal(&row->cell, &summary->rows[k].cell);
       k++)
    if (!strcmp(summary->rows[k].metric, "timestamp_ns"))
      return &summary->rows[k];
  return NULL;
}

/* How well the two estimators of a handoff agree. */
static int print_agreement(const struct results_summary *summary) {
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
    printf("alternation and time stamps differ by %.1f %% in half of %zu cells,"
           " by %.1f %% at most\n",
           results_median_sorted(apart, cells), cells, apart[cells - 1]);
  free(apart);
  return 0;
}

static int close_read_run(const struct bench_closing *closing,
                          const struct results_run *run,
                          const struct timespec *start) {
  struct results_summary summary;
  int error = results_summarise(run->trials, run->count, &summary);
  if (error)
    return error;
  error = bench_table_print(stdout, &summary, closing->step_ns);
  print_verdicts(run);
  print_segments(run);
  if (!error)
    error = print_frequency(run);
  if (!error)
    error = print_agreement(&summary);
  if (!error && closing->against)
    error = print_against(run, closing->against);
  if (!error && closing->self)
    error = print_self(run);
  if (!error)
    error = write_files(closing, run, &summary);
  if (!error)
    bench_scale_print(stdout, &summary, since(start));
  results_summary_free(&summary);
  return error;
}

int bench_close_run(const struct bench_closing *closing, char *why,
                    size_t why_size) {
  struct results_run *run;
  struct results_error where = {0};
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  int error = results_run_read(closing->folder, &run, &where);
  if (error) {
    results_error_text(&where, why, why_size);
    return error;
  }
  error = close_read_run(closing, run, &start);
  if (error)
    snprintf(why, why_size, "%s: cannot write the summary: %s", closing->folder,
             strerror(-error));
  results_run_close(run);
  return error;
}
