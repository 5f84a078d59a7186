/* Ranks, their exact distribution, and Holm's adjustment. */
#include "results/ranks.h"
#include "results/bootstrap.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* A pooled value. Ranks are doubled so that the mean rank of a tie is whole. */
struct pooled {
  double value;
  uint32_t rank2;
  uint32_t from_first;
};

static int by_value(const void *left, const void *right) {
  const struct pooled *a = left, *b = right;
  return (a->value > b->value) - (a->value < b->value);
}

/* Gives tied values their mean rank.
 * @return the sum of t^3 - t over ties of t values */
static double give_ranks(struct pooled *pool, size_t count) {
  double ties = 0;
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && pool[next].value <= pool[i].value;)
      next++;
    const double t = (double)(next - i);
    ties += t * t * t - t;
    for (size_t k = i; k < next; k++)
      pool[k].rank2 = (uint32_t)(i + 1 + next);
  }
  return ties;
}

static struct pooled *pool_samples(const double *first, size_t first_count,
                                   const double *second, size_t second_count,
                                   double *ties) {
  const size_t count = first_count + second_count;
  struct pooled *pool = calloc(count, sizeof *pool);
  if (!pool)
    return NULL;
  for (size_t i = 0; i < first_count; i++)
    pool[i] = (struct pooled){first[i], 0, 1};
  for (size_t i = 0; i < second_count; i++)
    pool[first_count + i] = (struct pooled){second[i], 0, 0};
  qsort(pool, count, sizeof *pool, by_value);
  *ties = give_ranks(pool, count);
  return pool;
}

static size_t first_ranks(const struct pooled *pool, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += pool[i].from_first ? pool[i].rank2 : 0;
  return sum;
}

/* Counts, for every k up to `chosen` and every sum, the ways to choose k of the
 * pooled values with that sum of doubled ranks: ways[k * sums + sum]. Counts
 * stay below 2^53 up to RESULTS_RANKS_EXACT values. Only such k are followed as
 * the values to come can still bring to `chosen`. */
static void count_ways(const struct pooled *pool, size_t count, size_t chosen,
                       size_t sums, double *ways) {
  size_t reach = 0; /* the highest sum so far */
  ways[0] = 1;
  for (size_t i = 0; i < count; i++) {
    const size_t rank = pool[i].rank2, to_come = count - i - 1;
    const size_t most = i + 1 < chosen ? i + 1 : chosen;
    const size_t least = chosen > to_come + 1 ? chosen - to_come : 1;
    reach += rank;
    for (size_t k = most; k >= least; k--)
      for (size_t sum = rank; sum <= reach; sum++)
        ways[k * sums + sum] += ways[(k - 1) * sums + sum - rank];
  }
}

/* The share of ways whose sum is at least as far from its mean as seen. */
static double share_as_far(const double *ways, size_t sums, double mean,
                           double seen) {
  double all = 0, far = 0;
  for (size_t sum = 0; sum < sums; sum++) {
    all += ways[sum];
    far += fabs((double)sum - mean) >= fabs(seen - mean) ? ways[sum] : 0;
  }
  return far / all;
}

static int exact(const struct pooled *pool, size_t count, size_t chosen,
                 double *p) {
  const size_t sums = count * (count + 1) + 1; /* of all doubled ranks */
  double *ways = calloc((chosen + 1) * sums, sizeof *ways);
  if (!ways)
    return -ENOMEM;
  count_ways(pool, count, chosen, sums, ways);
  *p = share_as_far(ways + chosen * sums, sums,
                    (double)chosen * (double)(count + 1),
                    (double)first_ranks(pool, count));
  free(ways);
  return 0;
}

static double approximate(const struct pooled *pool, size_t first_count,
                          size_t second_count, double ties) {
  const double n = (double)first_count, m = (double)second_count, all = n + m;
  const double away =
      fabs((double)first_ranks(pool, first_count + second_count) / 2 -
           n * (all + 1) / 2);
  const double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
  if (variance <= 0)
    return 1;
  return fmin(1, 2 * results_normal(-fmax(0, away - 0.5) / sqrt(variance)));
}

int results_mann_whitney(const double *first, size_t first_count,
                         const double *second, size_t second_count, double *p) {
  const size_t count = first_count + second_count;
  double ties;
  int error = 0;
  if (!first_count || !second_count) {
    *p = 1;
    return 0;
  }
  struct pooled *pool =
      pool_samples(first, first_count, second, second_count, &ties);
  if (!pool)
    return -ENOMEM;
  if (count <= RESULTS_RANKS_EXACT)
    error = exact(pool, count, first_count, p);
  else
    *p = approximate(pool, first_count, second_count, ties);
  free(pool);
  return error;
}

double results_cliffs_delta(const double *first, size_t first_count,
                            const double *second, size_t second_count) {
  double sum = 0;
  for (size_t i = 0; i < first_count; i++)
    for (size_t k = 0; k < second_count; k++)
      sum += (second[k] > first[i]) - (second[k] < first[i]);
  return sum / ((double)first_count * (double)second_count);
}

static int by_pointed_value(const void *left, const void *right) {
  const double a = **(double *const *)left, b = **(double *const *)right;
  return (a > b) - (a < b);
}

int results_holm(double *p, size_t count) {
  double **ascending = calloc(count + 1, sizeof *ascending);
  double least = 0;
  if (!ascending)
    return -ENOMEM;
  for (size_t i = 0; i < count; i++)
    ascending[i] = &p[i];
  qsort(ascending, count, sizeof *ascending, by_pointed_value);
  for (size_t i = 0; i < count; i++) {
    least = fmax(least, fmin(1, *ascending[i] * (double)(count - i)));
    *ascending[i] = least;
  }
  free(ascending);
  return 0;
}
