/* What a run says when it is over (see closing.h). */
#include "bench/run/closing.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench/predict/print.h"
#include "bench/run/layout.h"
#include "bench/run/quality.h"
#include "bench/run/rivals.h"
#include "bench/run/scale.h"
#include "bench/show/spectra.h"
#include "bench/show/table.h"
#include "results/run.h"
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

static double since(const struct timespec *start) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start->tv_sec) +
         (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static int close_read_run(const struct bench_closing *closing,
                          const struct results_run *run,
                          const struct timespec *start) {
  struct results_summary summary;
  int error = results_summarise(run->trials, run->count, &summary);
  if (error)
    return error;
  error = bench_table_print(stdout, &summary, closing->step_ns);
  if (!error)
    error = bench_quality_print(stdout, run, &summary);
  if (!error && closing->against)
    error = bench_rivals_print(stdout, run, closing->against);
  if (!error && closing->self)
    error = bench_rivals_print_self(stdout, run);
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
