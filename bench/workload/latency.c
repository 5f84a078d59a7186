/* How long an acquire takes under competition: the whole spectrum.
 *
 * Every acquire is stamped, which slows the threads down by two stamps an
 * operation: a run of its own, never mixed with `throughput`. A quantile
 * stands in a trial where at least ten acquires lie beyond it; quantiles.csv
 * has those of all trials of a cell together, each with its interval. */
#include <math.h>

#include "bench/workload/contest.h"

enum { BEYOND = 10 }; /* a quantile that rests on fewer is an anecdote */

static double quantile(const struct results_histogram *histogram, double q) {
  double beyond = (double)results_histogram_total(histogram) * (1 - q);
  return beyond < BEYOND ? (double)NAN
                         : results_histogram_percentile(histogram, q);
}

static int run(struct bench_trial *trial) {
  struct results_trial *out = trial->out;
  int error = bench_contest_trial(trial, trial->kernel->observe);
  out->acquire_p50_ns = quantile(trial->acquire_ns, 0.50);
  out->acquire_p90_ns = quantile(trial->acquire_ns, 0.90);
  out->acquire_p99_ns = quantile(trial->acquire_ns, 0.99);
  out->acquire_p999_ns = quantile(trial->acquire_ns, 0.999);
  out->acquire_p9999_ns = quantile(trial->acquire_ns, 0.9999);
  return error;
}

const struct bench_workload bench_latency = {
    .name = "latency",
    .help = "every acquire stamped under free competition: the spectrum up to "
            "p99.99 (slower than throughput by the stamps)",
    .columns = {{"acquire_p50_ns", "p50"},
                {"acquire_p90_ns", "p90"},
                {"acquire_p99_ns", "p99"},
                {"acquire_p999_ns", "p99.9"},
                {"acquire_p9999_ns", "p99.99"},
                {"op_ns", "ns/op stamped"}},
    .sets = BENCH_ALL_TEAMS,
    .least_cpus = 1,
    .contended = true,
    .stamps = true,
    .loads = true,
    .on_request = true,
    .windows = 1,
    .run = run,
};
