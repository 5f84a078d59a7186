/* Budgets, and what a trial costs (see effort.h). */
#include "bench/plan/effort.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUICK, DEFAULT, FULL };

const struct bench_effort bench_efforts[] = {
    [QUICK] = {"quick", 13, 10e6, 1, 5, 0, 0, false},
    [DEFAULT] = {"default", 75, 20e6, 5, 20, 0, 0, false},
    [FULL] = {"full", 3600, 20e6, 20, 40, 0, 0, false},
    {0},
};

/* Of a cell's clean trials each is one hand's of two, and twenty pairs are
 * wanted, though a figure may be missing in some; a machine that disturbs half
 * of them is not worth more rounds. */
enum { SELF_LEAST = 40, SELF_CLEAN = 44, SELF_MOST = 80 };

/* Around every trial: a thread is made and ended with its pages, probes of at
 * most four pairs, Google Benchmark's own work, storing. */
static const double thread_s = 0.4e-3, probe_s = 0.45e-3, around_s = 1e-3;
enum { PROBED_PAIRS = 4 };

/* "2%" or "2"; half of the interval, over the median. */
static int read_precision(const char *text, double *out, char *why,
                          size_t why_size) {
  char *end;
  double percent = strtod(text, &end);
  if (end == text || (*end && strcmp(end, "%") != 0) || !(percent >= 0.01) ||
      percent > 50) {
    snprintf(why, why_size,
             "--ci: '%s' is no percentage from 0.01%% to 50%%, like 2%%", text);
    return -EINVAL;
  }
  *out = percent / 100;
  return 0;
}

int bench_effort_make(const struct bench_options *options,
                      struct bench_effort *out, char *why, size_t why_size) {
  if (options->quick && options->full) {
    snprintf(why, why_size, "--quick and --full are two efforts; name one");
    return -EINVAL;
  }
  struct bench_effort effort = bench_efforts[options->quick  ? QUICK
                                             : options->full ? FULL
                                                             : DEFAULT];
  if (options->budget)
    effort.budget_s = (double)options->budget;
  if (options->self && !options->quick && !options->budget) {
    effort.least = SELF_LEAST;
    effort.clean = SELF_CLEAN;
    effort.most = SELF_MOST;
  }
  effort.together = options->against || options->self;
  int error = options->ci ? read_precision(options->ci, &effort.precision, why,
                                           why_size)
                          : 0;
  if (!error)
    *out = effort;
  return error;
}

unsigned bench_effort_rounds(const struct bench_effort *effort,
                             double round_s) {
  double fit = effort->clean ? effort->most : effort->budget_s / round_s;
  if (fit > effort->most)
    return effort->most;
  return fit < effort->least ? effort->least : (unsigned)fit;
}

double bench_effort_trial_s(const struct bench_effort *effort,
                            const struct bench_cell *cell) {
  const struct bench_workload *workload = cell->workload;
  size_t members = cell->set->count, pairs = members - 1;
  double s = around_s + thread_s * (double)members;
  /* two probes around it all, one between two windows */
  double probes = workload->windows > 1 ? workload->windows + 1 : 2;
  s += probes * probe_s * (double)(pairs < PROBED_PAIRS ? pairs : PROBED_PAIRS);
  s += workload->windows * effort->window_ns / 1e9;
  return s + workload->trial_ms / 1e3 +
         workload->member_ms / 1e3 * (double)members;
}
