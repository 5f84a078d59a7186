/* From two lists of figures to an answer. */
#include "results/compare.h"
#include "results/ranks.h"
#include "results/stats.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

const struct results_compare_options results_compare_defaults = {
    .threshold = 0.03,
    .bootstrap = {.confidence = 0.95, .resamples = 4000, .seed = 0x61627261}};

const char *results_answer_name(enum results_answer answer) {
  static const char *const names[] = {
      [RESULTS_SAME] = "same",
      [RESULTS_FASTER] = "faster",
      [RESULTS_SLOWER] = "slower",
      [RESULTS_UNDECIDED] = "undecided",
  };
  return names[answer];
}

static bool all_above_zero(const double *values, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!(values[i] > 0))
      return false;
  return true;
}

static enum results_answer
decide(const struct results_comparison *c, size_t count,
       const struct results_compare_options *options) {
  const double threshold = options->threshold;
  const double least = fmax(threshold, options->band);
  if (count < RESULTS_COMPARE_LEAST)
    return RESULTS_UNDECIDED;
  if (c->low > 1 + least)
    return RESULTS_SLOWER;
  if (c->high < 1 - least)
    return RESULTS_FASTER;
  if (c->low > 1 - threshold && c->high < 1 + threshold)
    return RESULTS_SAME;
  return RESULTS_UNDECIDED;
}

/* The width of an interval shrinks with the root of the count, and so does a
 * band; it decides once its half, and what of the band is beyond the threshold,
 * fit between the ratio and the nearer edge of the threshold. */
static size_t more_runs(const struct results_comparison *c, size_t count,
                        const struct results_compare_options *options) {
  const double threshold = options->threshold;
  const double room =
      fmin(fabs(c->ratio - (1 - threshold)), fabs(c->ratio - (1 + threshold)));
  const double half =
      (c->high - c->low) / 2 + fmax(0, options->band - threshold);
  double wanted = RESULTS_COMPARE_LEAST;
  if (count >= 2)
    wanted = fmax(wanted, ceil((double)count * half * half / (room * room)));
  const double more = fmax(1, wanted - (double)count);
  return more < RESULTS_COMPARE_MOST ? (size_t)more : RESULTS_COMPARE_MOST;
}

/* What is said of either design once its interval is known. */
static int conclude(const double *first, const double *second,
                    const struct results_compare_options *options,
                    struct results_comparison *c) {
  const size_t count = c->first < c->second ? c->first : c->second;
  c->delta = results_cliffs_delta(first, c->first, second, c->second);
  c->answer = decide(c, count, options);
  c->more = c->answer == RESULTS_UNDECIDED ? more_runs(c, count, options) : 0;
  return results_mann_whitney(first, c->first, second, c->second, &c->p);
}

int results_compare_pairs(const double *first, const double *second,
                          size_t count,
                          const struct results_compare_options *options,
                          struct results_comparison *out) {
  struct results_comparison c = {.first = count, .second = count};
  struct results_interval interval;
  if (!all_above_zero(first, count) || !all_above_zero(second, count))
    return -EDOM;
  double *ratios = calloc(count + 1, sizeof *ratios);
  int error = ratios ? 0 : -ENOMEM;
  for (size_t i = 0; i < count && !error; i++)
    ratios[i] = second[i] / first[i];
  if (!error)
    error = results_bootstrap_interval(
        ratios, count, results_statistic_median,
        count < RESULTS_COMPARE_BCA ? RESULTS_PERCENTILE : RESULTS_BCA,
        &options->bootstrap, &interval);
  if (!error)
    error = results_median(ratios, count, &c.ratio);
  free(ratios);
  if (error)
    return error;
  c.low = interval.low, c.high = interval.high;
  error = conclude(first, second, options, &c);
  if (!error)
    *out = c;
  return error;
}

int results_compare_samples(const double *first, size_t first_count,
                            const double *second, size_t second_count,
                            const struct results_compare_options *options,
                            struct results_comparison *out) {
  struct results_comparison c = {
      .indicative = true, .first = first_count, .second = second_count};
  struct results_interval interval;
  double a, b;
  if (!all_above_zero(first, first_count) ||
      !all_above_zero(second, second_count))
    return -EDOM;
  int error = results_ratio_interval(first, first_count, second, second_count,
                                     &options->bootstrap, &interval);
  if (!error)
    error = results_median(first, first_count, &a);
  if (!error)
    error = results_median(second, second_count, &b);
  if (error)
    return error;
  c.ratio = b / a;
  c.low = interval.low, c.high = interval.high;
  error = conclude(first, second, options, &c);
  if (!error)
    *out = c;
  return error;
}
