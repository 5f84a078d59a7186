/* Resampling, and the two ways to make an interval of it. */
#include "results/bootstrap.h"
#include "results/random.h"
#include "results/stats.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t total_of(const uint32_t *times, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++)
    total += times[i];
  return total;
}

double results_statistic_median(const double *sorted, const uint32_t *times,
                                size_t count) {
  const size_t total = total_of(times, count);
  const size_t lower = (total - 1) / 2, upper = total / 2;
  size_t i = 0, seen = times[0];
  while (seen <= lower)
    seen += times[++i];
  const double low = sorted[i];
  while (seen <= upper)
    seen += times[++i];
  return low + (sorted[i] - low) / 2;
}

double results_statistic_mean(const double *sorted, const uint32_t *times,
                              size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += sorted[i] * times[i];
  return sum / (double)total_of(times, count);
}

double results_normal(double z) {
  return erfc(-z / sqrt(2)) / 2;
}

/* By halving: a few dozen calls for each interval cost nothing. */
double results_normal_inverse(double p) {
  double low = -9, high = 9;
  for (int i = 0; i < 60; i++) {
    const double middle = (low + high) / 2;
    if (results_normal(middle) < p)
      low = middle;
    else
      high = middle;
  }
  return (low + high) / 2;
}

/* A sample ready to be resampled. */
struct resampler {
  double *sorted;
  uint32_t *times;
  size_t count;
};

static void resampler_free(struct resampler *sampler) {
  free(sampler->sorted);
  free(sampler->times);
  *sampler = (struct resampler){0};
}

static int resampler_make(const double *values, size_t count,
                          struct resampler *out) {
  *out = (struct resampler){results_sorted_copy(values, count),
                            calloc(count + 1, sizeof *out->times), count};
  if (out->sorted && out->times)
    return 0;
  resampler_free(out);
  return -ENOMEM;
}

static double resample(struct resampler *sampler, results_statistic *statistic,
                       struct results_random *random) {
  const size_t count = sampler->count;
  memset(sampler->times, 0, count * sizeof *sampler->times);
  for (size_t i = 0; i < count; i++)
    sampler->times[results_random_below(random, (uint32_t)count)]++;
  return statistic(sampler->sorted, sampler->times, count);
}

/* The shift of the estimate among its resamples, in standard deviations.
 * @param sorted  the resampled statistics */
static double bias(const double *sorted, size_t resamples, double estimate) {
  double below = 0;
  for (size_t i = 0; i < resamples && sorted[i] <= estimate; i++)
    below += sorted[i] < estimate ? 1 : 0.5;
  const double edge = 0.5 / (double)resamples;
  const double share = below / (double)resamples;
  return results_normal_inverse(fmin(fmax(share, edge), 1 - edge));
}

/* The statistic without one of the values; `times` is all 1 and stays so. */
static double without(struct resampler *sampler, results_statistic *statistic,
                      size_t left_out) {
  sampler->times[left_out] = 0;
  const double value =
      statistic(sampler->sorted, sampler->times, sampler->count);
  sampler->times[left_out] = 1;
  return value;
}

/* The skew of the statistic, from leaving out one value at a time; leaves
 * `times` at 1 for each. */
static double acceleration(struct resampler *sampler,
                           results_statistic *statistic) {
  double mean = 0, squares = 0, cubes = 0;
  for (size_t i = 0; i < sampler->count; i++)
    sampler->times[i] = 1;
  for (size_t i = 0; i < sampler->count; i++)
    mean += without(sampler, statistic, i) / (double)sampler->count;
  for (size_t i = 0; i < sampler->count; i++) {
    const double away = mean - without(sampler, statistic, i);
    squares += away * away;
    cubes += away * away * away;
  }
  return squares > 0 ? cubes / (6 * squares * sqrt(squares)) : 0;
}

/* Where BCa reads the quantile that would be `tail` without bias and skew. */
static double moved(double tail, double bias, double skew) {
  const double z = bias + results_normal_inverse(tail);
  return results_normal(bias + z / (1 - skew * z));
}

static struct results_interval quantiles(const double *sorted, size_t resamples,
                                         double low, double high) {
  return (struct results_interval){
      results_quantile_sorted(sorted, resamples, low),
      results_quantile_sorted(sorted, resamples, high)};
}

static struct results_interval
make_interval(struct resampler *sampler, results_statistic *statistic,
              enum results_bootstrap_method method,
              const struct results_bootstrap *how, double *resampled) {
  const double tail = (1 - how->confidence) / 2;
  struct results_random random = results_random_seed(how->seed);
  for (size_t i = 0; i < how->resamples; i++)
    resampled[i] = resample(sampler, statistic, &random);
  results_sort(resampled, how->resamples);
  if (method == RESULTS_PERCENTILE)
    return quantiles(resampled, how->resamples, tail, 1 - tail);
  const double skew = acceleration(sampler, statistic);
  const double estimate =
      statistic(sampler->sorted, sampler->times, sampler->count);
  const double shift = bias(resampled, how->resamples, estimate);
  return quantiles(resampled, how->resamples, moved(tail, shift, skew),
                   moved(1 - tail, shift, skew));
}

static const struct results_interval none = {(double)NAN, (double)NAN};

int results_bootstrap_interval(const double *values, size_t count,
                               results_statistic *statistic,
                               enum results_bootstrap_method method,
                               const struct results_bootstrap *how,
                               struct results_interval *out) {
  struct resampler sampler;
  if (count < 2) {
    *out = none;
    return 0;
  }
  double *resampled = malloc(how->resamples * sizeof *resampled);
  int error = resampled ? resampler_make(values, count, &sampler) : -ENOMEM;
  if (!error) {
    *out = make_interval(&sampler, statistic, method, how, resampled);
    resampler_free(&sampler);
  }
  free(resampled);
  return error;
}

int results_median_interval(const double *values, size_t count,
                            const struct results_bootstrap *how,
                            struct results_interval *out) {
  return results_bootstrap_interval(values, count, results_statistic_median,
                                    RESULTS_PERCENTILE, how, out);
}

static struct results_interval ratios(struct resampler *first,
                                      struct resampler *second,
                                      const struct results_bootstrap *how,
                                      double *resampled) {
  const double tail = (1 - how->confidence) / 2;
  struct results_random random = results_random_seed(how->seed);
  for (size_t i = 0; i < how->resamples; i++)
    resampled[i] = resample(second, results_statistic_median, &random) /
                   resample(first, results_statistic_median, &random);
  results_sort(resampled, how->resamples);
  return quantiles(resampled, how->resamples, tail, 1 - tail);
}

int results_ratio_interval(const double *first, size_t first_count,
                           const double *second, size_t second_count,
                           const struct results_bootstrap *how,
                           struct results_interval *out) {
  struct resampler a = {0}, b = {0};
  if (first_count < 2 || second_count < 2) {
    *out = none;
    return 0;
  }
  double *resampled = malloc(how->resamples * sizeof *resampled);
  int error = resampled ? resampler_make(first, first_count, &a) : -ENOMEM;
  if (!error)
    error = resampler_make(second, second_count, &b);
  if (!error) {
    *out = ratios(&a, &b, how, resampled);
    resampler_free(&b);
  }
  resampler_free(&a);
  free(resampled);
  return error;
}
