/* Intervals of quantiles from order statistics, against known ranks. */
#include "bench/show/spectra.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* n = 100, q = 0.5: Conover's approximation gives ranks 40 and 61. */
static void ranks_are_the_books(void **state) {
  uint64_t low, high;
  (void)state;
  bench_quantile_ranks(100, 0.5, &low, &high);
  assert_int_equal(low, 40);
  assert_int_equal(high, 61);
}

static void a_small_sample_has_no_upper_end(void **state) {
  uint64_t low, high;
  (void)state;
  bench_quantile_ranks(100, 0.9999, &low, &high);
  assert_int_equal(high, 101);
  bench_quantile_ranks(3, 0.5, &low, &high);
  assert_int_equal(low, 0);
  assert_int_equal(high, 4);
}

static void values_stand_at_their_ranks(void **state) {
  struct results_histogram histogram = {{0}};
  (void)state;
  for (uint64_t value = 1; value <= 50; value++)
    results_histogram_record(&histogram, value);
  assert_true(bench_histogram_at(&histogram, 1) == 1);
  assert_true(bench_histogram_at(&histogram, 25) == 25);
  assert_true(bench_histogram_at(&histogram, 50) == 50);
  assert_true(isnan(bench_histogram_at(&histogram, 0)));
  assert_true(isnan(bench_histogram_at(&histogram, 51)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ranks_are_the_books),
      cmocka_unit_test(a_small_sample_has_no_upper_end),
      cmocka_unit_test(values_stand_at_their_ranks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
