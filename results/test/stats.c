/* Order statistics and Jain's index against answers known from elsewhere. */
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quantiles_are_definition_7),
      cmocka_unit_test(median_and_mad_take_any_order),
      cmocka_unit_test(trimmed_mean_cuts_both_ends),
      cmocka_unit_test(jain_spans_one_nth_to_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
