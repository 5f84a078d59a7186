/* Free competition over a fixed window: how much work, and who did it.
 *
 * Nanoseconds an operation alone ranks locks backwards (a lock that its last
 * holder keeps is fast and useless), so ns a hand-over, the share of
 * acquisitions that changed owner and the lengths of runs of one owner stand
 * beside it; Jain's index of the whole window, and within slices of a
 * millisecond, as what is fair in the end may be unfair all along; and how
 * many hand-overs left the node or the L3, beside what chance would give. Few
 * acquires are stamped, one in 64 at most, for the latency spectrum. */
#include "bench/workload/contest.h"

static int run(struct bench_trial *trial) {
  return bench_contest_trial(trial, trial->kernel->compete);
}

const struct bench_workload bench_throughput = {
    .name = "throughput",
    .help = "free competition over a fixed window: operations, hand-overs, "
            "fairness, acquire latency",
    .columns = BENCH_CONTEST_COLUMNS,
    .sets = BENCH_ALL_TEAMS,
    .least_cpus = 1,
    .contended = true,
    .stamps = true,
    .loads = true,
    .windows = 1,
    .run = run,
};
