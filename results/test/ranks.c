/* Rank statistics against published and enumerated answers. */
#include "results/ranks.h"
#include "results/random.h"
#include "results/test/test.h"

static double mann_whitney(const double *a, size_t n, const double *b,
                           size_t m) {
  double p = -1;
  assert_int_equal(results_mann_whitney(a, n, b, m, &p), 0);
  return p;
}

/* Permeability data of Hollander and Wolfe, "Nonparametric statistical methods"
 * (1973), table 4.1: U = 35, one-sided p = 0.1272; of the 3003 ways to deal,
 * 764 are at least as far from the middle. */
static void published_data_give_the_published_p(void **state) {
  const double a[] = {0.80, 0.83, 1.89, 1.04, 1.45,
                      1.38, 1.91, 1.64, 0.73, 1.46};
  const double b[] = {1.15, 0.88, 0.90, 0.74, 1.21};
  (void)state;
  assert_true(test_close(mann_whitney(a, 10, b, 5), 764.0 / 3003, 1e-12));
  assert_true(test_close(mann_whitney(b, 5, a, 10), 764.0 / 3003, 1e-12));
}

/* Counted by listing every way to deal the values. */
static void ties_are_counted_out(void **state) {
  const double a[] = {1, 2, 2, 3, 5}, b[] = {2, 3, 4, 4, 6, 7};
  const double c[] = {1, 1, 1}, d[] = {1, 1, 2, 2}, e[] = {4, 4, 4, 4};
  (void)state;
  assert_true(test_close(mann_whitney(a, 5, b, 6), 62.0 / 462, 1e-12));
  assert_true(test_close(mann_whitney(c, 3, d, 4), 15.0 / 35, 1e-12));
  assert_true(test_close(mann_whitney(e, 4, e, 4), 1, 1e-12));
}

static void apart_is_the_least_p(void **state) {
  const double a[] = {1, 2, 3}, b[] = {4, 5, 6};
  (void)state;
  assert_true(test_close(mann_whitney(a, 3, b, 3), 2.0 / 20, 1e-12));
  assert_true(test_close(mann_whitney(a, 3, NULL, 0), 1, 0));
}

/* Beyond the exact count: 1..30 against the same moved by 5 and by 15, with
 * ties; U = 312.5 and 112.5, the p of the formula reckoned elsewhere. */
static void large_samples_are_approximated(void **state) {
  double a[30], b[30], c[30];
  (void)state;
  for (int i = 0; i < 30; i++)
    a[i] = i + 1, b[i] = i + 6, c[i] = i + 16;
  assert_true(
      test_close(mann_whitney(a, 30, b, 30), 0.042747353305713914, 1e-12));
  assert_true(
      test_close(mann_whitney(c, 30, a, 30), 6.247984928789204e-07, 1e-15));
  assert_true(test_close(mann_whitney(a, 30, a, 30), 1, 1e-12));
}

/* Under one law p is below 0.05 as often as 0.05
 * says, by the approximation as well. */
static void false_alarms_are_as_rare_as_p_says(void **state) {
  const size_t sizes[] = {10, 40};
  struct results_random random = results_random_seed(6);
  (void)state;
  test_simulates();
  for (size_t s = 0; s < 2; s++) {
    int alarms = 0;
    for (int run = 0; run < 1000; run++) {
      double a[40], b[40];
      for (size_t i = 0; i < sizes[s]; i++) {
        a[i] = results_random_unit(&random);
        b[i] = results_random_unit(&random);
      }
      alarms += mann_whitney(a, sizes[s], b, sizes[s]) < 0.05;
    }
    assert_in_range(alarms, 28, 72); /* of 1000: 50 by law */
  }
}

static void delta_spans_minus_one_to_one(void **state) {
  const double low[] = {1, 2, 3}, high[] = {4, 5}, mixed[] = {2, 3, 9};
  (void)state;
  assert_true(test_close(results_cliffs_delta(low, 3, high, 2), 1, 0));
  assert_true(test_close(results_cliffs_delta(high, 2, low, 3), -1, 0));
  assert_true(test_close(results_cliffs_delta(low, 3, low, 3), 0, 0));
  assert_true(
      test_close(results_cliffs_delta(low, 3, mixed, 3), 5.0 / 9, 1e-12));
  assert_true(isnan(results_cliffs_delta(low, 0, high, 2)));
}

/* Holm's procedure by hand: 0.01 * 4; 0.02 * 3; 0.03 * 2 but not below the one
 * before; 0.9 * 1. */
static void holm_steps_down(void **state) {
  double p[] = {0.03, 0.01, 0.9, 0.02}, q[] = {0.6, 0.7};
  (void)state;
  assert_int_equal(results_holm(p, 4), 0);
  assert_true(test_close(p[1], 0.04, 1e-12));
  assert_true(test_close(p[3], 0.06, 1e-12));
  assert_true(test_close(p[0], 0.06, 1e-12));
  assert_true(test_close(p[2], 0.9, 1e-12));
  assert_int_equal(results_holm(q, 2), 0);
  assert_true(test_close(q[0], 1, 0) && test_close(q[1], 1, 0));
  assert_int_equal(results_holm(NULL, 0), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_data_give_the_published_p),
      cmocka_unit_test(ties_are_counted_out),
      cmocka_unit_test(apart_is_the_least_p),
      cmocka_unit_test(large_samples_are_approximated),
      cmocka_unit_test(false_alarms_are_as_rare_as_p_says),
      cmocka_unit_test(delta_spans_minus_one_to_one),
      cmocka_unit_test(holm_steps_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
