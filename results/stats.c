/* Order statistics and Jain's index. */
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

double *results_sorted_copy(const double *values, size_t count) {
  double *copy = malloc((count + 1) * sizeof *copy);
  if (copy && count)
    memcpy(copy, values, count * sizeof *copy);
  if (copy)
    results_sort(copy, count);
  return copy;
}

int results_median(const double *values, size_t count, double *out) {
  double *sorted = results_sorted_copy(values, count);
  if (!sorted)
    return -ENOMEM;
  *out = results_median_sorted(sorted, count);
  free(sorted);
  return 0;
}

int results_mad(const double *values, size_t count, double *out) {
  double *sorted = results_sorted_copy(values, count);
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
