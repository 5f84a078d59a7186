/* Confidence intervals by resampling the trials. Pure.
 *
 * A resample is not written out: it is how often each of the sorted values
 * occurs, which gives medians without sorting.
 *
 * What a nominal 95 % interval of a median covers, by simulation on a skewed
 * law (test/bootstrap.c): 92 to 95 % from 8 values on, 88 % with 7 and with 4,
 * 75 % with 3. For medians BCa is as good and no better; it pays for statistics
 * that are skewed themselves, as means of ratios and variances are. */
#ifndef RESULTS_BOOTSTRAP_H
#define RESULTS_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

struct results_interval {
  double low, high;
};

/* How an interval is bootstrapped. */
struct results_bootstrap {
  double confidence; /* 0.95 */
  size_t resamples;  /* 2000 or more */
  uint64_t seed;
};

/* A statistic of the sample in which sorted[i] occurs times[i] times. */
typedef double results_statistic(const double *sorted, const uint32_t *times,
                                 size_t count);

results_statistic results_statistic_median;
results_statistic results_statistic_mean;

enum results_bootstrap_method {
  RESULTS_PERCENTILE, /* quantiles of the resampled statistic */
  RESULTS_BCA,        /* the same, moved for bias and skew */
};

/* Bootstrap interval of a statistic of one sample.
 * Source: Efron and Tibshirani, "An introduction to the bootstrap" (1993),
 * chapters 13 (percentile) and 14 (BCa). Where resamples equal the estimate,
 * as they do for medians, half of them count as below it.
 * @param out  NAN on both sides when count is below 2
 * @return 0 or -ENOMEM */
int results_bootstrap_interval(const double *values, size_t count,
                               results_statistic *statistic,
                               enum results_bootstrap_method method,
                               const struct results_bootstrap *how,
                               struct results_interval *out);

/* Percentile interval of the median.
 * @return as results_bootstrap_interval() */
int results_median_interval(const double *values, size_t count,
                            const struct results_bootstrap *how,
                            struct results_interval *out);

/* Percentile interval of median(second) / median(first) for two samples that
 * have nothing to do with one another; a resample whose first median is 0 gives
 * an infinite ratio.
 * @param out  NAN on both sides when either count is below 2
 * @return 0 or -ENOMEM */
int results_ratio_interval(const double *first, size_t first_count,
                           const double *second, size_t second_count,
                           const struct results_bootstrap *how,
                           struct results_interval *out);

/* The standard normal distribution and its inverse (p within 0..1, clamped to
 * 9 standard deviations). */
double results_normal(double z);
double results_normal_inverse(double p);

#endif
