/* Statistics over the trials of a cell. Pure: no state, no clock, no files.
 *
 * Inputs are finite; an empty input gives NAN. Functions that need order sort a
 * copy, so -ENOMEM is a possible answer where a copy is made; those that take
 * `sorted` values make none. */
#ifndef RESULTS_STATS_H
#define RESULTS_STATS_H

#include <stddef.h>

/* Sorts in place, ascending. */
void results_sort(double *values, size_t count);

/* A sorted copy, released with free().
 * @return NULL when memory is short */
double *results_sorted_copy(const double *values, size_t count);

/* The quantile q of sorted values by linear interpolation between the order
 * statistics around 1 + (n - 1) q.
 * Source: Hyndman and Fan, "Sample quantiles in statistical packages", The
 * American Statistician 50 (1996), definition 7.
 * @param q  0 to 1 */
double results_quantile_sorted(const double *sorted, size_t count, double q);
double results_median_sorted(const double *sorted, size_t count);

/* Median, and the median of distances from it (not scaled), of values in any
 * order, which are left alone.
 * @return 0 or -ENOMEM */
int results_median(const double *values, size_t count, double *out);
int results_mad(const double *values, size_t count, double *out);

/* Mean without the lowest and highest `share` of sorted values each; the number
 * cut on each side is floor(share * count).
 * @param share  0 to below 0.5 */
double results_trimmed_mean_sorted(const double *sorted, size_t count,
                                   double share);

/* Jain's fairness index, (sum x)^2 / (n sum x^2): 1 is even, 1/n is one for
 * all. NAN when all are 0.
 * Source: Jain, Chiu, Hawe, DEC-TR-301 (1984). */
double results_jain(const double *values, size_t count);

#endif
