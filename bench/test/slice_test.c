/* Slices in which a member was away are left out; the others add up. */
#include "bench/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MEMBERS = 2, COUNT = 5, LENGTH = 1000 };

/* Everybody is there all the time: 10 operations a slice, half of them
 * hand-overs. */
static void fill(struct bench_slice *slices) {
  for (size_t m = 0; m < MEMBERS; m++)
    for (size_t i = 0; i < COUNT; i++)
      slices[m * COUNT + i] = (struct bench_slice){.started = i * LENGTH,
                                                   .stopped = (i + 1) * LENGTH,
                                                   .operations = 10,
                                                   .handovers = 5};
}

static void who_is_there_disturbs_nothing(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  const struct bench_slices all = {slices, MEMBERS, COUNT};
  bool disturbed[COUNT];
  (void)state;
  fill(slices);
  bench_slices_mark(&all, disturbed);
  for (size_t i = 0; i < COUNT; i++)
    assert_false(disturbed[i]);
}

/* Member 1 loses its CPU in slice 1 and comes back in the middle of slice 3:
 * its own slices 2 and 3 are begun late and short. */
static void who_was_away_disturbs_until_it_is_back(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  const struct bench_slices all = {slices, MEMBERS, COUNT};
  static const bool expected[COUNT] = {false, true, true, true, false};
  bool disturbed[COUNT];
  (void)state;
  fill(slices);
  struct bench_slice *own = &slices[COUNT];
  own[1].parked = true;
  own[1].stopped = own[2].started = 3500;
  own[2].stopped = own[3].started = 3510;
  bench_slices_mark(&all, disturbed);
  assert_memory_equal(disturbed, expected, sizeof expected);
}

static void chosen_slices_add_up(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  const struct bench_slices all = {slices, MEMBERS, COUNT};
  static const size_t chosen[] = {0, 1, 4};
  double by_member[MEMBERS];
  (void)state;
  fill(slices);
  slices[2].operations = 100000; /* not chosen */
  slices[COUNT].operations = 40; /* member 1 does 60 in 3000 ticks */
  struct bench_slices_sum sum = bench_slices_add(&all, chosen, 3, by_member);
  assert_float_equal(by_member[0], 0.01F, 1e-6F);
  assert_float_equal(by_member[1], 0.02F, 1e-6F);
  assert_float_equal(sum.operations, 0.03F, 1e-6F);
  assert_float_equal(sum.handovers, 0.01F, 1e-6F);
  assert_float_equal(sum.overlap, 1, 1e-6F);
}

/* Member 1 comes 300 ticks late and leaves 200 early. */
static void ragged_ends_are_no_overlap(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  const struct bench_slices all = {slices, MEMBERS, COUNT};
  static const size_t chosen[] = {0, 1, 2, 3, 4};
  double by_member[MEMBERS];
  (void)state;
  fill(slices);
  slices[COUNT].started = 300;
  slices[MEMBERS * COUNT - 1].stopped = COUNT * LENGTH - 200;
  struct bench_slices_sum sum = bench_slices_add(&all, chosen, 5, by_member);
  assert_float_equal(sum.overlap, 0.9F, 1e-6F);
}

static void nobody_there_is_no_rate(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  const struct bench_slices all = {slices, MEMBERS, COUNT};
  static const size_t chosen[] = {0};
  double by_member[MEMBERS];
  (void)state;
  memset(slices, 0, sizeof slices);
  struct bench_slices_sum sum = bench_slices_add(&all, chosen, 1, by_member);
  assert_true(sum.operations == 0 && sum.overlap == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_is_there_disturbs_nothing),
      cmocka_unit_test(who_was_away_disturbs_until_it_is_back),
      cmocka_unit_test(chosen_slices_add_up),
      cmocka_unit_test(ragged_ends_are_no_overlap),
      cmocka_unit_test(nobody_there_is_no_rate),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
