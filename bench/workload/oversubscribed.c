/* More threads than CPUs: what a lock does when its threads are taken off.
 *
 * The only workload in which CPUs have several threads each, so the kernel
 * preempts holders and waiters all the time: that is what is measured here,
 * and no disturbance. It says as much about the scheduler as about the lock.
 * Several windows are added up, so that time slices pass, with a look at the
 * link between them: in so long a time the host may have moved the CPUs.
 * The time is looked at after every operation, which may take a time slice.
 *
 * Whether waiters give their CPU away is an axis here: relax:yield beside the
 * policy of the build. */
#include "bench/workload/contest.h"

static int run(struct bench_trial *trial) {
  return bench_contest_trial(trial, trial->kernel->observe);
}

const struct bench_workload bench_oversubscribed = {
    .name = "oversubscribed",
    .help = "two and four threads a CPU in free competition: preempted holders "
            "and waiters are its nature",
    .columns = BENCH_CONTEST_COLUMNS,
    .sets = BENCH_CROWDS,
    .least_cpus = 2,
    .contended = true,
    .stamps = true,
    .on_request = true,
    .crowded = true,
    .relaxes = true,
    .windows = 5,
    .member_ms = 4,
    .run = run,
};
