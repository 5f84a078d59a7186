/* The summary of a run as tables for people, one a workload. */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include <stdio.h>

#include "results/summary.h"

/* @param step_ns  the clock's resolution, for marking disagreement of methods;
 *                 0 when not known
 * @return 0 or -ENOMEM, nothing being printed then */
int bench_table_print(FILE *, const struct results_summary *, double step_ns);

#endif
