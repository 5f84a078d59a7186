/* Statistics against answers known from elsewhere, and the interval's coverage
 * by simulation. */
#include "results/stats.h"
#include "results/test/test.h"

#define assert_close(a, b) assert_true(test_close((a), (b), 1e-9))

static void quantiles_are_definition_7(void **state) {
  const double x[] = {1, 2, 4, 8, 16};
  (void)state;
  assert_close(results_quantile_sorted(x, 5, 0), 1);
  assert_close(results_quantile_sorted(x, 5, 0.25), 2);
  assert_close(results_quantile_sorted(x, 5, 0.9), 12.8);
  assert_close(results_quantile_sorted(x, 5, 1), 16);
  assert_close(results_quantile_sorted(x, 1, 0.3), 1);
  assert_close(results_median_sorted(x, 4), 3);
  assert_true(isnan(results_quantile_sorted(x, 0, 0.5)));
}

static void median_and_mad_take_any_order(void **state) {
  const double x[] = {9, 1, 6, 1, 4, 2, 2};
  double median, mad;
  (void)state;
  assert_int_equal(results_median(x, 7, &median), 0);
  assert_int_equal(results_mad(x, 7, &mad), 0);
  assert_close(median, 2);
  assert_close(mad, 1);
  assert_int_equal(results_median(x, 0, &median), 0);
  assert_true(isnan(median));
}

static void trimmed_mean_cuts_both_ends(void **state) {
  const double x[] = {-1000, 1, 2, 3, 4, 5, 6, 7, 8, 1000};
  (void)state;
  assert_close(results_trimmed_mean_sorted(x, 10, 0.1), 4.5);
  assert_close(results_trimmed_mean_sorted(x, 10, 0), 3.6);
  assert_close(results_trimmed_mean_sorted(x, 10, 0.05), 3.6); /* floor */
  assert_true(isnan(results_trimmed_mean_sorted(x, 0, 0.1)));
}

static void jain_spans_one_nth_to_one(void **state) {
  const double even[] = {5, 5, 5, 5}, one[] = {0, 0, 7, 0}, none[] = {0, 0};
  const double known[] = {1, 2, 3};
  (void)state;
  assert_close(results_jain(even, 4), 1);
  assert_close(results_jain(one, 4), 0.25);
  assert_close(results_jain(known, 3), 36.0 / 42.0);
  assert_true(isnan(results_jain(none, 2)));
}

/* The first outputs of splitmix64 for seed 1234567, as its authors give them.
 */
static void generator_is_splitmix64(void **state) {
  const uint64_t known[] = {
      UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
      UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
      UINT64_C(16408922859458223821)};
  struct results_random random = results_random_seed(1234567);
  (void)state;
  for (size_t i = 0; i < 5; i++)
    assert_int_equal(results_random_next(&random), known[i]);
}

static void bounded_numbers_are_even(void **state) {
  struct results_random random = results_random_seed(3);
  int seen[7] = {0};
  double chi = 0;
  (void)state;
  for (int i = 0; i < 70000; i++) {
    const uint32_t r = results_random_below(&random, 7);
    assert_in_range(r, 0, 6);
    seen[r]++;
  }
  for (int i = 0; i < 7; i++)
    chi += (seen[i] - 10000.0) * (seen[i] - 10000.0) / 10000.0;
  assert_true(chi < 22.5); /* 0.1 % point of chi-square with 6 degrees */
  assert_int_equal(results_random_below(&random, 1), 0);
}

static const struct results_bootstrap how = {0.95, 2000, 42};

static void interval_is_the_same_for_the_same_seed(void **state) {
  const double x[] = {10, 12, 11, 15, 9, 30, 11};
  struct results_bootstrap other = how;
  struct results_interval a, b, c;
  (void)state;
  other.seed = 43;
  other.resamples = 100;
  assert_int_equal(results_median_interval(x, 7, &how, &a), 0);
  assert_int_equal(results_median_interval(x, 7, &how, &b), 0);
  assert_int_equal(results_median_interval(x, 7, &other, &c), 0);
  assert_memory_equal(&a, &b, sizeof a);
  assert_true(a.low >= 9 && a.low <= 11 && a.high >= 11 && a.high <= 30);
}

/* P(median of a resample <= x[k]) is binomial, so the interval of a large
 * bootstrap is known: for 1..9, P(median* <= 1) = 0.0014 and P(median* <= 2) =
 * 0.0304, so a tail of 0.025 ends at 2 and one of 0.035 at 3. */
static void interval_agrees_with_the_binomial(void **state) {
  const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const struct results_bootstrap narrow = {0.93, 100000, 1};
  struct results_interval interval;
  (void)state;
  assert_int_equal(results_median_interval(x, 9, &narrow, &interval), 0);
  assert_close(interval.low, 3);
  assert_close(interval.high, 7);
  const struct results_bootstrap wide = {0.95, 100000, 1};
  assert_int_equal(results_median_interval(x, 9, &wide, &interval), 0);
  assert_close(interval.low, 2);
  assert_close(interval.high, 8);
}

static void interval_of_too_few_is_empty(void **state) {
  const double x[] = {1};
  struct results_interval interval;
  (void)state;
  assert_int_equal(results_median_interval(x, 1, &how, &interval), 0);
  assert_true(isnan(interval.low) && isnan(interval.high));
}

/* How often the interval holds the true median (0) of a skewed law. */
static double coverage(size_t n, double confidence) {
  enum { RUNS = 1500 };
  struct results_random random = results_random_seed(n);
  size_t held = 0;
  double x[64];
  for (size_t run = 0; run < RUNS; run++) {
    const struct results_bootstrap each = {confidence, 300, run};
    struct results_interval interval;
    for (size_t i = 0; i < n; i++)
      x[i] = -log(1 - results_random_unit(&random)) - log(2);
    assert_int_equal(results_median_interval(x, n, &each, &interval), 0);
    held += interval.low <= 0 && interval.high >= 0;
  }
  return (double)held / RUNS;
}

/* From 5 trials on the interval keeps near its 95 %; three trials cannot give
 * more than 75 %, as all lie on one side of the median once in four times. */
static void interval_covers_as_often_as_it_says(void **state) {
  static const struct {
    size_t n;
    double least, most;
  } expected[] = {{3, 0.72, 0.79},
                  {5, 0.91, 0.96},
                  {10, 0.91, 0.96},
                  {20, 0.91, 0.96},
                  {40, 0.92, 0.97}};
  (void)state;
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    const double share = coverage(expected[i].n, 0.95);
    if (share < expected[i].least || share > expected[i].most)
      fail_msg("n = %zu: covers %g", expected[i].n, share);
  }
  /* The same check sees an interval that is too narrow. */
  assert_true(coverage(20, 0.8) < 0.91);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quantiles_are_definition_7),
      cmocka_unit_test(median_and_mad_take_any_order),
      cmocka_unit_test(trimmed_mean_cuts_both_ends),
      cmocka_unit_test(jain_spans_one_nth_to_one),
      cmocka_unit_test(generator_is_splitmix64),
      cmocka_unit_test(bounded_numbers_are_even),
      cmocka_unit_test(interval_is_the_same_for_the_same_seed),
      cmocka_unit_test(interval_agrees_with_the_binomial),
      cmocka_unit_test(interval_of_too_few_is_empty),
      cmocka_unit_test(interval_covers_as_often_as_it_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
