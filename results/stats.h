/* Statistics over the trials of a cell. Pure: no state, no clock, no files.
 *
 * Inputs are finite; an empty input gives NAN. Functions that need order sort a
 * copy, so -ENOMEM is a possible answer where a copy is made; those that take
 * `sorted` values make none. */
#ifndef RESULTS_STATS_H
#define RESULTS_STATS_H

#include <stddef.h>
#include <stdint.h>

/* A small generator of pseudo-random numbers (splitmix64), so that the same
 * seed gives the same interval on every machine.
 * Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014. */
struct results_random {
  uint64_t state;
};

struct results_random results_random_seed(uint64_t seed);
uint64_t results_random_next(struct results_random *random);

/* A number in 0 .. limit - 1, without bias.
 * @param limit  from 1 */
uint32_t results_random_below(struct results_random *random, uint32_t limit);

/* A number in [0, 1) with 53 random bits. */
double results_random_unit(struct results_random *random);

/* Sorts in place, ascending. */
void results_sort(double *values, size_t count);

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

struct results_interval {
  double low, high;
};

/* How an interval is bootstrapped. */
struct results_bootstrap {
  double confidence; /* 0.95 */
  size_t resamples;  /* 2000 or more */
  uint64_t seed;
};

/* Percentile bootstrap interval of the median. A nominal 95 % covers 92 to 95 %
 * from 5 values on (7 and 8: 88 to 92), 88 % with 4 and 75 % with 3: shown by
 * simulation on a skewed law in test/stats.c.
 * Source: Efron and Tibshirani, "An introduction to the bootstrap" (1993),
 * chapter 13.
 * @param out  NAN on both sides when count is below 2
 * @return 0 or -ENOMEM */
int results_median_interval(const double *values, size_t count,
                            const struct results_bootstrap *how,
                            struct results_interval *out);

/* Jain's fairness index, (sum x)^2 / (n sum x^2): 1 is even, 1/n is one for
 * all. NAN when all are 0.
 * Source: Jain, Chiu, Hawe, DEC-TR-301 (1984). */
double results_jain(const double *values, size_t count);

#endif
