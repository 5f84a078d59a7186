/* How far a run may be believed: its verdicts, the frequency, and how well two
 * estimators of one thing agree. */
#ifndef BENCH_QUALITY_H
#define BENCH_QUALITY_H

#include <stdio.h>

#include "results/run.h"
#include "results/summary.h"

/* Prints a line about each.
 * @return 0 or -ENOMEM */
int bench_quality_print(FILE *, const struct results_run *,
                        const struct results_summary *);

#endif
