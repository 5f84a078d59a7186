/* Acquire latencies of a run for people and programs: HdrHistogram's text, and
 * quantiles with intervals.
 *
 * The trials of a cell are merged as in histograms.csv. */
#ifndef BENCH_SPECTRA_H
#define BENCH_SPECTRA_H

#include "results/run.h"

/* The interval of a quantile, from the order statistics: with 95 % confidence
 * the quantile of what was sampled from lies between two ranks of the sample,
 * whatever its distribution. Acquires follow each other and are no independent
 * draws, so it is narrow rather than wide.
 * Source: Conover, Practical Nonparametric Statistics, 3.2, by the normal
 * approximation.
 * @param rank_low, rank_high  out: from 1; 0 and count + 1 where the sample is
 *                             too small for an end */
void bench_quantile_ranks(uint64_t count, double q, uint64_t *rank_low,
                          uint64_t *rank_high);

/* The value at a rank: the highest that its bucket counts; NAN outside. */
double bench_histogram_at(const struct results_histogram *, uint64_t rank);

/* Writes FOLDER/hdr/<cell>.hgrm and FOLDER/quantiles.csv.
 * @return 0; errors of mkdir(2), open(2), write(2); -ENOMEM */
int bench_spectra_write(const char *folder, const struct results_run *);

#endif
