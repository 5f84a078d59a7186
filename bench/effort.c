/* Budgets, and what a trial costs (see effort.h). */
#include "bench/effort.h"

static const struct bench_effort efforts[] = {
    [false] = {.budget_s = 75, .window_ns = 20e6, .least = 5, .most = 20},
    [true] = {.budget_s = 13, .window_ns = 10e6, .least = 1, .most = 5},
};

/* Around every trial: a thread is made and ended with its pages, two probes
 * of at most four pairs, Google Benchmark's own work, storing. */
static const double thread_s = 0.4e-3, probe_s = 0.9e-3, around_s = 1e-3;
enum { PROBED_PAIRS = 4 };

struct bench_effort bench_effort_of(const struct bench_options *options) {
  return efforts[options->quick];
}

unsigned bench_effort_rounds(const struct bench_effort *effort,
                             double round_s) {
  double fit = effort->budget_s / round_s;
  if (fit > effort->most)
    return effort->most;
  return fit < effort->least ? effort->least : (unsigned)fit;
}

double bench_effort_trial_s(const struct bench_effort *effort,
                            const struct bench_cell *cell) {
  const struct bench_workload *workload = cell->workload;
  size_t members = cell->set->count, pairs = members - 1;
  double s = around_s + thread_s * (double)members;
  s += probe_s * (double)(pairs < PROBED_PAIRS ? pairs : PROBED_PAIRS);
  s += workload->windows * effort->window_ns / 1e9;
  return s + workload->trial_ms / 1e3 +
         workload->member_ms / 1e3 * (double)members;
}
