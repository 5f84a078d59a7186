/* Intervals against answers known from elsewhere, and how often they hold the
 * truth by simulation. */
#include "results/bootstrap.h"
#include "results/random.h"
#include "results/test/test.h"

#define assert_close(a, b) assert_true(test_close((a), (b), 1e-9))

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
static double coverage(size_t n, double confidence,
                       enum results_bootstrap_method method) {
  enum { RUNS = 1500 };
  struct results_random random = results_random_seed(n);
  size_t held = 0;
  double x[64];
  for (size_t run = 0; run < RUNS; run++) {
    const struct results_bootstrap each = {confidence, 300, run};
    struct results_interval interval;
    for (size_t i = 0; i < n; i++)
      x[i] = -log(1 - results_random_unit(&random)) - log(2);
    assert_int_equal(results_bootstrap_interval(x, n, results_statistic_median,
                                                method, &each, &interval),
                     0);
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
  } expected[] = {{3, 0.72, 0.79},  {5, 0.91, 0.96},  {10, 0.91, 0.96},
                  {20, 0.91, 0.96}, {20, 0.91, 0.96}, {40, 0.92, 0.97}};
  (void)state;
  test_simulates();
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    const enum results_bootstrap_method method =
        i % 2 ? RESULTS_BCA : RESULTS_PERCENTILE;
    const double share = coverage(expected[i].n, 0.95, method);
    if (share < expected[i].least || share > expected[i].most)
      fail_msg("n = %zu: covers %g", expected[i].n, share);
  }
  /* The same check sees an interval that is too narrow. */
  assert_true(coverage(20, 0.8, RESULTS_BCA) < 0.91);
}

static void normal_is_the_normal(void **state) {
  (void)state;
  assert_close(results_normal(0), 0.5);
  assert_true(test_close(results_normal(1.959963984540054), 0.975, 1e-12));
  assert_true(
      test_close(results_normal_inverse(0.975), 1.959963984540054, 1e-9));
  assert_true(
      test_close(results_normal_inverse(1e-6), -4.753424308822899, 1e-9));
}

static void statistics_count_how_often(void **state) {
  const double x[] = {1, 2, 4, 8};
  const uint32_t once[] = {1, 1, 1, 1}, some[] = {0, 3, 1, 2},
                 one[] = {0, 0, 1};
  (void)state;
  assert_close(results_statistic_median(x, once, 4), 3);
  assert_close(results_statistic_median(x, some, 4), 3); /* 2 2 2 4 8 8 */
  assert_close(results_statistic_median(x, one, 3), 4);
  assert_close(results_statistic_mean(x, some, 4), 26.0 / 6);
}

/* The plug-in variance. */
static double variance(const double *sorted, const uint32_t *times,
                       size_t count) {
  const double mean = results_statistic_mean(sorted, times, count);
  double sum = 0, total = 0;
  for (size_t i = 0; i < count; i++) {
    sum += times[i] * (sorted[i] - mean) * (sorted[i] - mean);
    total += times[i];
  }
  return sum / total;
}

/* Test scores of 26 children, of Efron and Tibshirani's table 14.1; table 14.2
 * gives for their variance the 90 % intervals (100.8, 233.9) by percentiles
 * and (115.8, 259.6) by BCa. Theirs are of 2000 resamples, so they are sure to
 * about 3 of these units. */
static void known_data_give_the_known_intervals(void **state) {
  const double scores[] = {48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6,
                           0,  33, 28, 34, 4,  32, 24, 47, 41, 24, 26, 30, 41};
  const struct results_bootstrap how90 = {0.90, 50000, 9};
  struct results_interval plain, bca;
  (void)state;
  assert_int_equal(results_bootstrap_interval(scores, 26, variance,
                                              RESULTS_PERCENTILE, &how90,
                                              &plain),
                   0);
  assert_int_equal(results_bootstrap_interval(scores, 26, variance, RESULTS_BCA,
                                              &how90, &bca),
                   0);
  assert_true(test_close(plain.low, 100.8, 4));
  assert_true(test_close(plain.high, 233.9, 4));
  assert_true(test_close(bca.low, 115.8, 4));
  assert_true(test_close(bca.high, 259.6, 4));
}

static void bca_of_a_symmetric_sample_is_the_percentile_one(void **state) {
  double x[21];
  const struct results_bootstrap large = {0.95, 50000, 4};
  struct results_interval plain, bca;
  (void)state;
  for (int i = 0; i < 21; i++)
    x[i] = 100 + i;
  assert_int_equal(results_bootstrap_interval(x, 21, results_statistic_mean,
                                              RESULTS_PERCENTILE, &large,
                                              &plain),
                   0);
  assert_int_equal(results_bootstrap_interval(x, 21, results_statistic_mean,
                                              RESULTS_BCA, &large, &bca),
                   0);
  assert_true(test_close(plain.low, bca.low, 0.1));
  assert_true(test_close(plain.high, bca.high, 0.1));
}

static void a_sample_without_spread_is_a_point(void **state) {
  const double x[] = {5, 5, 5, 5};
  struct results_interval interval;
  (void)state;
  assert_int_equal(results_bootstrap_interval(x, 4, results_statistic_median,
                                              RESULTS_BCA, &how, &interval),
                   0);
  assert_close(interval.low, 5);
  assert_close(interval.high, 5);
}

static void ratio_of_medians_has_its_interval(void **state) {
  const double a[] = {10, 10, 10}, b[] = {20, 20, 20, 20}, c[] = {8, 10, 12};
  struct results_interval interval;
  (void)state;
  assert_int_equal(results_ratio_interval(a, 3, b, 4, &how, &interval), 0);
  assert_close(interval.low, 2);
  assert_close(interval.high, 2);
  assert_int_equal(results_ratio_interval(c, 3, b, 4, &how, &interval), 0);
  assert_close(interval.low, 20.0 / 12);
  assert_close(interval.high, 20.0 / 8);
  assert_int_equal(results_ratio_interval(a, 1, b, 4, &how, &interval), 0);
  assert_true(isnan(interval.low) && isnan(interval.high));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(generator_is_splitmix64),
      cmocka_unit_test(bounded_numbers_are_even),
      cmocka_unit_test(interval_is_the_same_for_the_same_seed),
      cmocka_unit_test(interval_agrees_with_the_binomial),
      cmocka_unit_test(interval_of_too_few_is_empty),
      cmocka_unit_test(interval_covers_as_often_as_it_says),
      cmocka_unit_test(statistics_count_how_often),
      cmocka_unit_test(normal_is_the_normal),
      cmocka_unit_test(known_data_give_the_known_intervals),
      cmocka_unit_test(bca_of_a_symmetric_sample_is_the_percentile_one),
      cmocka_unit_test(a_sample_without_spread_is_a_point),
      cmocka_unit_test(ratio_of_medians_has_its_interval),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
