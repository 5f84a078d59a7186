/* What a run compares when it is over, because it was asked to. */
#ifndef BENCH_RIVALS_H
#define BENCH_RIVALS_H

#include <stdio.h>

#include "results/run.h"

/* Prints every other lock that was measured against the one.
 * @param against  "FAMILY/LOCK"
 * @return 0; -EINVAL when that is no lock; -ENOMEM */
int bench_rivals_print(FILE *, const struct results_run *, const char *against);

/* Prints this machine's rate of false differences.
 * @return 0 or -ENOMEM */
int bench_rivals_print_self(FILE *, const struct results_run *);

#endif
