/* Disturbed segments are left out while enough clean ones remain. */
#include "bench/trial/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { COUNT = 6 };

struct expectation {
  bool disturbed[COUNT];
  size_t chosen[COUNT], count;
  bool clean;
};

static const struct expectation cases[] = {
    {{0, 0, 0, 0, 0, 0}, {0, 1, 2, 3, 4, 5}, 6, true},
    {{1, 0, 0, 0, 0, 0}, {1, 2, 3, 4, 5}, 5, true},
    {{0, 1, 0, 1, 0, 1}, {0, 2, 4}, 3, true},
    {{0, 1, 0, 1, 1, 1}, {0, 1, 2, 3, 4, 5}, 6, false},
    {{1, 1, 1, 1, 1, 1}, {0, 1, 2, 3, 4, 5}, 6, false},
};

static void clean_ones_are_chosen_while_enough_remain(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t chosen[COUNT];
    bool clean;
    size_t count =
        bench_segments_choose(cases[i].disturbed, COUNT, chosen, &clean);
    assert_int_equal(count, cases[i].count);
    assert_int_equal(clean, cases[i].clean);
    assert_memory_equal(chosen, cases[i].chosen, count * sizeof *chosen);
  }
}

static void few_but_clean_ones_are_all_right(void **state) {
  (void)state;
  const bool disturbed[2] = {false, false};
  size_t chosen[2];
  bool clean;
  assert_int_equal(bench_segments_choose(disturbed, 2, chosen, &clean), 2);
  assert_true(clean);
  assert_int_equal(bench_segments_choose(disturbed, 0, chosen, &clean), 0);
  assert_true(clean);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clean_ones_are_chosen_while_enough_remain),
      cmocka_unit_test(few_but_clean_ones_are_all_right),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
