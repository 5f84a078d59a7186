/* More threads than CPUs: what a lock does when its threads are taken off.
 *
 * The only workload in which CPUs have several threads each, so the kernel
 * preempts holders and waiters all the time: that is what is measured here,
 * and no disturbance. It says as much about the scheduler as about the lock.
 * The time is looked at after every operation, which may take a time slice. */
#include "bench/workload/contest.h"

enum { WINDOWS = 5 }; /* the length, so that time slices pass */

static void run(struct bench_trial *trial) {
  struct bench_contest_result result;
  struct bench_contest contest = {.trial = trial,
                                  .site = &trial->sites[0],
                                  .window_ns = WINDOWS * trial->window_ns,
                                  .loop = trial->kernel->observe};
  bench_trial_reset(trial);
  if (bench_contest_run(&contest, &result))
    return;
  bench_contest_report(trial, &result);
  trial->out->acquire_p50_ns =
      results_histogram_percentile(trial->acquire_ns, 0.50);
  trial->out->acquire_p99_ns =
      results_histogram_percentile(trial->acquire_ns, 0.99);
}

const struct bench_workload bench_oversubscribed = {
    .name = "oversubscribed",
    .help = "two and four threads a CPU in free competition: preempted holders "
            "and waiters are its nature",
    .columns = {{"op_ns", "ns/op"},
                {"handover_ns", "ns/hand-over"},
                {"jain", "Jain"},
                {"min_max", "min/max"},
                {"longest_run", "longest run"},
                {"acquire_p50_ns", "acquire p50"},
                {"acquire_p99_ns", "acquire p99"}},
    .sets = BENCH_CROWDS,
    .least_cpus = 2,
    .contended = true,
    .stamps = true,
    .on_request = true,
    .crowded = true,
    .windows = WINDOWS,
    .member_ms = 4,
    .run = run,
};
