/* Handoff between many pairs of CPUs, beside the raw transfer of a line: how
 * far apart CPUs are, as a lock sees it.
 *
 * The measurement is that of `handoff`. Pairs are those that --pairs or
 * --sample name, else 16 at each distance; with several homes (--home) there
 * is a matrix for each: what a transfer costs depends on the node that the
 * line belongs to. */
#include "bench/workload/workload.h"

const struct bench_workload bench_matrix = {
    .name = "matrix",
    .help = "handoff and raw line transfer between many pairs of CPUs (--pairs "
            "all, --sample), for each home node (--home)",
    .columns = {{"timestamp_ns", "time stamps"},
                {"alternation_ns", "alternation"}},
    .sets = BENCH_MATRIX,
    .least_cpus = 2,
    .contended = true,
    .section = true,
    .on_request = true,
    .locks = "executive/ticket,queued/mcs",
    .trial_ms = 8,
    .run = bench_handoff_run,
};
