/* The clock knows itself: steps, overheads, known durations, distrust. */
#include "bench/clock.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct bench_clock the_clock;

static int start_clock(void **state) {
  (void)state;
  bench_clock_init(&the_clock);
  return 0;
}

static void facts_are_plausible(void **state) {
  (void)state;
  assert_true(the_clock.ns_per_tick > 0.05 && the_clock.ns_per_tick < 1000);
  assert_true(the_clock.step_ns >= 0.99 * the_clock.ns_per_tick);
  assert_true(the_clock.pair_ticks > 0);
  assert_true(the_clock.drained_ticks > 0);
  assert_true(isfinite(the_clock.residual_ns));
}

static void distrust_has_a_reason_and_a_fallback(void **state) {
  (void)state;
  struct bench_clock clock = the_clock;
  clock.distrust = "for a test";
  assert_false(bench_clock_stamps(&clock));
  double before = bench_clock_batch_ns(&clock);
  double after = bench_clock_batch_ns(&clock);
  assert_true(after >= before);
  if (the_clock.distrust)
    assert_string_equal(the_clock.name, "monotonic_raw");
  else
    assert_string_not_equal(the_clock.name, "monotonic_raw");
}

static void stamps_are_in_order(void **state) {
  (void)state;
  uint64_t last = bench_clock_start();
  for (int i = 0; i < 1000; i++) {
    uint64_t stop = bench_clock_stop();
    assert_true((int64_t)(stop - last) >= 0);
    last = bench_clock_start();
    assert_true((int64_t)(last - stop) >= 0);
  }
}

static void longer_chains_have_more_links(void **state) {
  (void)state;
  assert_int_equal(bench_chain_links(&the_clock, 0), 0);
  assert_true(bench_chain_links(&the_clock, 0.001) >= 1);
  assert_true(bench_chain_links(&the_clock, 10000) >
              bench_chain_links(&the_clock, 10));
}

static void a_chain_depends_on_its_seed(void **state) {
  (void)state;
  assert_true(bench_chain(1, 5) != bench_chain(2, 5));
  assert_true(bench_chain(7, 0) == 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(facts_are_plausible),
      cmocka_unit_test(distrust_has_a_reason_and_a_fallback),
      cmocka_unit_test(stamps_are_in_order),
      cmocka_unit_test(longer_chains_have_more_links),
      cmocka_unit_test(a_chain_depends_on_its_seed),
  };
  return cmocka_run_group_tests(tests, start_clock, NULL);
}
