/* Free competition over a fixed window: how much work, and who did it.
 *
 * Nanoseconds an operation alone ranks locks backwards (a lock that its last
 * holder keeps is fast and useless), so ns a hand-over, the share of
 * acquisitions that changed owner and the lengths of runs of one owner stand
 * beside it; and how many hand-overs left the node or the L3, beside what
 * chance would give. One acquire in 64 is stamped, for the latency spectrum. */
#include "bench/workload/contest.h"

static void run(struct bench_trial *trial) {
  struct bench_contest_result result;
  struct bench_contest contest = {.trial = trial,
                                  .site = &trial->sites[0],
                                  .payload = trial->payload,
                                  .lines = trial->variant->cs_lines,
                                  .window_ns = trial->window_ns,
                                  .loop = trial->kernel->compete};
  bench_trial_reset(trial);
  if (bench_contest_run(&contest, &result))
    return;
  bench_contest_report(trial, &result);
  trial->out->acquire_p50_ns =
      results_histogram_percentile(trial->acquire_ns, 0.50);
  trial->out->acquire_p99_ns =
      results_histogram_percentile(trial->acquire_ns, 0.99);
}

const struct bench_workload bench_throughput = {
    .name = "throughput",
    .help = "free competition over a fixed window: operations, hand-overs, "
            "fairness, acquire latency",
    .columns = {{"op_ns", "ns/op"},
                {"handover_ns", "ns/hand-over"},
                {"handover_share", "hand-overs"},
                {"jain", "Jain"},
                {"min_max", "min/max"},
                {"longest_run", "longest run"},
                {"acquire_p50_ns", "acquire p50"},
                {"acquire_p99_ns", "acquire p99"}},
    .sets = BENCH_ALL_TEAMS,
    .least_cpus = 1,
    .contended = true,
    .stamps = true,
    .loads = true,
    .windows = 1,
    .run = run,
};
