/* The histogram keeps its promise of width, loses no record, and its
 * percentiles agree with the exact ones. */
#include "results/histogram.h"
#include "results/random.h"
#include "results/stats.h"
#include "results/test/test.h"

static void buckets_are_contiguous_and_narrow(void **state) {
  (void)state;
  assert_int_equal(results_histogram_low(0), 0);
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++) {
    const uint64_t low = results_histogram_low(i);
    const uint64_t high = results_histogram_high(i);
    assert_int_equal(results_histogram_index(low), i);
    assert_int_equal(results_histogram_index(high), i);
    if (i + 1 < RESULTS_HISTOGRAM_BUCKETS)
      assert_int_equal(results_histogram_low(i + 1), high + 1);
    assert_true((double)(high - low + 1) <= 1 || low >= 32 * (high - low + 1));
  }
  assert_int_equal(results_histogram_high(RESULTS_HISTOGRAM_BUCKETS - 1),
                   RESULTS_HISTOGRAM_MAX);
}

static void values_beyond_the_last_stay_in_it(void **state) {
  (void)state;
  assert_int_equal(results_histogram_index(UINT64_MAX),
                   RESULTS_HISTOGRAM_BUCKETS - 1);
  assert_int_equal(results_histogram_index(RESULTS_HISTOGRAM_MAX + 1),
                   RESULTS_HISTOGRAM_BUCKETS - 1);
}

/* Latencies as they come: a body and a long tail. */
static size_t latencies(double *exact, struct results_histogram *histogram,
                        size_t count) {
  struct results_random random = results_random_seed(1);
  for (size_t i = 0; i < count; i++) {
    const double u = results_random_unit(&random);
    const uint64_t value = (uint64_t)(80 + 40 / pow(1.0001 - u, 0.9));
    exact[i] = (double)value;
    results_histogram_record(histogram, value);
  }
  results_sort(exact, count);
  return count;
}

static void percentiles_are_within_a_bucket(void **state) {
  enum { COUNT = 100000 };
  static double exact[COUNT];
  struct results_histogram histogram = {0};
  const double quantiles[] = {0, 0.01, 0.5, 0.9, 0.99, 0.999, 0.9999, 1};
  (void)state;
  latencies(exact, &histogram, COUNT);
  assert_int_equal(results_histogram_total(&histogram), COUNT);
  for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++) {
    const double q = quantiles[i];
    const double truth = results_quantile_sorted(exact, COUNT, q);
    const double seen = results_histogram_percentile(&histogram, q);
    if (!test_close(seen, truth, truth / 32 + 1))
      fail_msg("quantile %g is %g, exactly %g", q, seen, truth);
  }
}

static void an_empty_one_has_no_percentile(void **state) {
  const struct results_histogram histogram = {0};
  (void)state;
  assert_true(isnan(results_histogram_percentile(&histogram, 0.5)));
}

static void merging_adds_and_sparse_keeps_all(void **state) {
  struct results_histogram a = {0}, b = {0}, c = {0};
  struct results_bucket buckets[RESULTS_HISTOGRAM_BUCKETS];
  (void)state;
  results_histogram_record(&a, 5);
  results_histogram_record(&b, 5);
  results_histogram_record(&b, 1000000);
  assert_int_equal(results_histogram_merge(&a, &b), 0);
  const size_t used = results_histogram_sparse(&a, buckets);
  assert_int_equal(used, 2);
  assert_int_equal(buckets[0].index, 5);
  assert_int_equal(buckets[0].count, 2);
  assert_int_equal(results_histogram_merge_sparse(&c, buckets, used), 0);
  assert_memory_equal(&a, &c, sizeof a);
}

static void merging_refuses_to_overflow(void **state) {
  struct results_histogram a = {0}, b = {0};
  const struct results_bucket beyond = {RESULTS_HISTOGRAM_BUCKETS, 1};
  (void)state;
  a.count[3] = UINT32_MAX, b.count[2] = b.count[3] = 1;
  const struct results_histogram before = a;
  assert_int_equal(results_histogram_merge(&a, &b), -EOVERFLOW);
  assert_memory_equal(&a, &before, sizeof a);
  assert_int_equal(results_histogram_merge_sparse(&a, &beyond, 1), -EINVAL);
}

static void rescaling_keeps_records_and_places(void **state) {
  enum { COUNT = 100000 };
  static double exact[COUNT];
  struct results_histogram ticks = {0}, ns;
  const double factors[] = {0.4089, 1, 2.5, 41.67};
  (void)state;
  latencies(exact, &ticks, COUNT);
  for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
    assert_int_equal(results_histogram_rescale(&ticks, factors[i], &ns), 0);
    assert_int_equal(results_histogram_total(&ns), COUNT);
    for (double q = 0.05; q < 1; q += 0.05) {
      const double truth =
          factors[i] * results_quantile_sorted(exact, COUNT, q);
      const double seen = results_histogram_percentile(&ns, q);
      if (!test_close(seen, truth, truth / 16 + factors[i] + 1))
        fail_msg("factor %g: quantile %g is %g, exactly %g", factors[i], q,
                 seen, truth);
    }
  }
}

static void rescaling_by_one_changes_nothing(void **state) {
  static double exact[1000];
  struct results_histogram before = {0}, after;
  (void)state;
  latencies(exact, &before, 1000);
  assert_int_equal(results_histogram_rescale(&before, 1, &after), 0);
  assert_memory_equal(&before, &after, sizeof before);
}

static void rescaling_refuses_to_overflow(void **state) {
  struct results_histogram full = {0}, out;
  (void)state;
  full.count[0] = full.count[1] = UINT32_MAX;
  assert_int_equal(results_histogram_rescale(&full, 0.1, &out), -EOVERFLOW);
}

static void spectrum_ends_at_one(void **state) {
  struct results_histogram histogram = {0};
  struct results_spectrum_row rows[RESULTS_HISTOGRAM_BUCKETS];
  (void)state;
  for (int i = 0; i < 3; i++)
    results_histogram_record(&histogram, 10);
  results_histogram_record(&histogram, 100);
  assert_int_equal(results_histogram_spectrum(&histogram, rows), 2);
  assert_true(test_close(rows[0].value, 10, 0));
  assert_int_equal(rows[0].count, 3);
  assert_true(test_close(rows[0].percentile, 0.75, 0));
  assert_true(test_close(rows[0].inverse, 4, 0));
  assert_true(test_close(rows[1].value, 101, 0));
  assert_true(test_close(rows[1].percentile, 1, 0));
  assert_true(isnan(rows[1].inverse));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(buckets_are_contiguous_and_narrow),
      cmocka_unit_test(values_beyond_the_last_stay_in_it),
      cmocka_unit_test(percentiles_are_within_a_bucket),
      cmocka_unit_test(an_empty_one_has_no_percentile),
      cmocka_unit_test(merging_adds_and_sparse_keeps_all),
      cmocka_unit_test(merging_refuses_to_overflow),
      cmocka_unit_test(rescaling_keeps_records_and_places),
      cmocka_unit_test(rescaling_by_one_changes_nothing),
      cmocka_unit_test(rescaling_refuses_to_overflow),
      cmocka_unit_test(spectrum_ends_at_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
