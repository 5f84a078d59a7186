/* Order statistics, the bootstrap of the median, Jain's index. */
#include "results/stats.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *left, const void *right) {
  const double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

void results_sort(double *values, size_t count) {
  if (count)
    qsort(values, count, sizeof *values, by_value);
}

double results_quantile_sorted(const double *sorted, size_t count, double q) {
  if (!count)
    return (double)NAN;
  const double place = q * (double)(count - 1);
  const size_t below = (size_t)place;
  if (below + 1 >= count)
    return sorted[count - 1];
  const double part = place - (double)below;
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double results_median_sorted(const double *sorted, size_t count) {
  return results_quantile_sorted(sorted, count, 0.5);
}

static double *sorted_copy(const double *values, size_t count) {
  double *copy = malloc((count + 1) * sizeof *copy);
  if (copy && count)
    memcpy(copy, values, count * sizeof *copy);
  if (copy)
    results_sort(copy, count);
  return copy;
}

int results_median(const double *values, size_t count, double *out) {
  double *sorted = sorted_copy(values, count);
  if (!sorted)
    return -ENOMEM;
  *out = results_median_sorted(sorted, count);
  free(sorted);
  return 0;
}

int results_mad(const double *values, size_t count, double *out) {
  double *sorted = sorted_copy(values, count);
  if (!sorted)
    return -ENOMEM;
  const double median = results_median_sorted(sorted, count);
  for (size_t i = 0; i < count; i++)
    sorted[i] = fabs(sorted[i] - median);
  results_sort(sorted, count);
  *out = results_median_sorted(sorted, count);
  free(sorted);
  return 0;
}

double results_trimmed_mean_sorted(const double *sorted, size_t count,
                                   double share) {
  const size_t cut = (size_t)(share * (double)count);
  double sum = 0;
  for (size_t i = cut; i < count - cut; i++)
    sum += sorted[i];
  return count ? sum / (double)(count - 2 * cut) : (double)NAN;
}

double results_jain(const double *values, size_t count) {
  double sum = 0, squares = 0;
  for (size_t i = 0; i < count; i++) {
    sum += values[i];
    squares += values[i] * values[i];
  }
  return squares > 0 ? sum * sum / ((double)count * squares) : (double)NAN;
}

/* The median of the sample in which sorted[i] occurs times[i] times, `count`
 * values in all: no sorting needed. */
static double median_of_counts(const double *sorted, const uint32_t *times,
                               size_t count) {
  const size_t lower = (count - 1) / 2, upper = count / 2;
  size_t i = 0, seen = times[0];
  while (seen <= lower)
    seen += times[++i];
  const double low = sorted[i];
  while (seen <= upper)
    seen += times[++i];
  return low + (sorted[i] - low) / 2;
}

static void resample_medians(const double *sorted, size_t count,
                             uint32_t *times, struct results_random random,
                             double *medians, size_t resamples) {
  for (size_t r = 0; r < resamples; r++) {
    memset(times, 0, count * sizeof *times);
    for (size_t i = 0; i < count; i++)
      times[results_random_below(&random, (uint32_t)count)]++;
    medians[r] = median_of_counts(sorted, times, count);
  }
}

int results_median_interval(const double *values, size_t count,
                            const struct results_bootstrap *how,
                            struct results_interval *out) {
  if (count < 2) {
    *out = (struct results_interval){(double)NAN, (double)NAN};
    return 0;
  }
  double *sorted = sorted_copy(values, count);
  uint32_t *times = malloc(count * sizeof *times);
  double *medians = malloc(how->resamples * sizeof *medians);
  const int error = sorted && times && medians ? 0 : -ENOMEM;
  if (!error) {
    const double tail = (1 - how->confidence) / 2;
    resample_medians(sorted, count, times, results_random_seed(how->seed),
                     medians, how->resamples);
    results_sort(medians, how->resamples);
    out->low = results_quantile_sorted(medians, how->resamples, tail);
    out->high = results_quantile_sorted(medians, how->resamples, 1 - tail);
  }
  free(sorted);
  free(times);
  free(medians);
  return error;
}
