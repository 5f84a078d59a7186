/* What the harness itself cost: how unevenly a team set out, its memory, the
 * time of the report. */
#ifndef BENCH_SCALE_H
#define BENCH_SCALE_H

#include <stdio.h>

#include "results/summary.h"

/* Prints a line about the largest team that competed.
 * @param report_s  what reading, summarising and writing took */
void bench_scale_print(FILE *, const struct results_summary *, double report_s);

#endif
