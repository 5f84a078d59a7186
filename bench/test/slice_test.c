/* Slices in which a member was away are left out; the others add up, and runs
 * go on over their edges. */
#include "bench/trial/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MEMBERS = 2, COUNT = 5, LENGTH = 1000, BEGIN = 7000 };

static double by_member[MEMBERS], scratch[MEMBERS + COUNT];

/* Everybody is there all the time: 10 operations a slice, four of them not
 * shared, half of them hand-overs, one after the other two. */
static void fill(struct bench_slice *slices) {
  for (size_t m = 0; m < MEMBERS; m++)
    for (size_t i = 0; i < COUNT; i++)
      slices[m * COUNT + i] =
          (struct bench_slice){.started = BEGIN + i * LENGTH,
                               .stopped = BEGIN + (i + 1) * LENGTH,
                               .operations = 10,
                               .exclusive = 4,
                               .handovers = 5,
                               .head = 1,
                               .tail = 1,
                               .longest = 2};
}

static struct bench_slices all_of(const struct bench_slice *slices) {
  return (struct bench_slices){slices, MEMBERS, COUNT, BEGIN, LENGTH};
}

#define C BENCH_CLEAN
#define G BENCH_GAP
#define P BENCH_PREEMPTED

static void blamed(const struct bench_slices *all,
                   const enum bench_cause *expected) {
  struct bench_segments segments = {.count = COUNT};
  bench_slices_blame(all, &segments);
  assert_memory_equal(segments.causes, expected, COUNT * sizeof *expected);
}

static void who_is_there_disturbs_nothing(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const enum bench_cause expected[COUNT] = {C, C, C, C, C};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  blamed(&all, expected);
}

/* Member 1 loses its CPU in slice 1 and comes back in the middle of slice 3:
 * its own slices 2 and 3 are begun late and short. */
static void who_was_away_disturbs_until_it_is_back(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const enum bench_cause expected[COUNT] = {C, P, P, P, C};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  struct bench_slice *own = &slices[COUNT];
  own[1].cause = BENCH_PREEMPTED;
  own[1].stopped = own[2].started = BEGIN + 3500;
  own[2].stopped = own[3].started = BEGIN + 3510;
  blamed(&all, expected);
}

/* The host took its CPU: no flag, but no look at the time either. */
static void who_did_not_look_was_not_there(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  double gaps[MEMBERS * COUNT];
  (void)state;
  fill(slices);
  for (size_t i = 0; i < MEMBERS * COUNT; i++)
    slices[i].gap = 40;
  slices[3].gap = 250; /* allowed: 5 * 40 and the floor */
  slices[7].gap = 251;
  slices[8].cause = BENCH_PREEMPTED; /* known already */
  slices[8].gap = 1000;
  bench_slices_find_gaps(slices, MEMBERS * COUNT, 50, gaps);
  for (size_t i = 0; i < MEMBERS * COUNT; i++)
    assert_int_equal(slices[i].cause, i == 7   ? BENCH_GAP
                                      : i == 8 ? BENCH_PREEMPTED
                                               : BENCH_CLEAN);
}

/* It had no CPU when the window opened, and none until the end of slice 2. */
static void who_comes_late_disturbs_from_the_start(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const enum bench_cause expected[COUNT] = {P, P, P, C, C};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  struct bench_slice *own = &slices[COUNT];
  own[0].cause = BENCH_PREEMPTED;
  own[0].started = BEGIN + 2980;
  own[0].stopped = own[1].started = BEGIN + 2990;
  own[1].stopped = own[2].started = BEGIN + 2995;
  blamed(&all, expected);
}

/* One was away by the kernel's word, the other by the clock's. */
static void of_two_causes_the_graver_is_told(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const enum bench_cause expected[COUNT] = {C, P, C, G, C};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  slices[1].cause = BENCH_GAP;
  slices[COUNT + 1].cause = BENCH_PREEMPTED;
  slices[3].cause = BENCH_GAP;
  blamed(&all, expected);
}

/* A slice that ends one operation late does not spoil the next. */
static void back_in_time_spoils_one_slice(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const enum bench_cause expected[COUNT] = {C, P, C, C, C};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  slices[1].cause = BENCH_PREEMPTED;
  slices[1].stopped = slices[2].started = BEGIN + 2010;
  blamed(&all, expected);
}

static void chosen_slices_add_up(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {0, 1, 4};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  slices[2].operations = 100000; /* not chosen */
  slices[COUNT].operations = 40; /* member 1 does 60 in 3000 ticks */
  struct bench_slices_sum sum =
      bench_slices_add(&all, chosen, 3, by_member, scratch);
  assert_float_equal(by_member[0], 30, 1e-6F);
  assert_float_equal(by_member[1], 60, 1e-6F);
  assert_float_equal(sum.operations, 90, 1e-6F);
  assert_float_equal(sum.exclusive, 24, 1e-6F);
  assert_float_equal(sum.handovers, 30, 1e-6F);
  assert_true(sum.ticks == 3000 && sum.overlap == 1 && sum.stalled == 0);
}

static void windows_add_up(void **state) {
  (void)state;
  struct bench_slices_sum sum = {0};
  struct bench_slices_sum first = {90, 30, 3, 6, 50, 3000, 1, 0.5, 700, 1};
  struct bench_slices_sum second = {10, 0, 0, 0, 5, 1000, 0.8, 1, 200, 0};
  bench_slices_sum_add(&sum, &first);
  assert_float_equal(sum.jain, 0.5F, 1e-6F);
  bench_slices_sum_add(&sum, &second);
  assert_true(sum.operations == 100 && sum.ticks == 4000);
  assert_true(sum.handovers == 30 && sum.from_node == 3 && sum.from_l3 == 6);
  assert_true(sum.exclusive == 55 && sum.skew == 700 && sum.stalled == 1);
  assert_float_equal(sum.overlap, 0.95F, 1e-6F); /* by their length */
  assert_float_equal(sum.jain, 0.625F, 1e-6F);
}

/* Member 1 waited for the lock from 500 to 3500, did its 10 operations then,
 * and could not do more: a third of the time of slice 1 says what it did
 * there, not the burst at its end. */
static void who_waited_did_little_all_along(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {1};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  struct bench_slice *own = &slices[COUNT];
  own[0].started = BEGIN + 500;
  own[0].stopped = own[1].started = BEGIN + 3500;
  own[1].stopped = own[2].started = BEGIN + 3510;
  own[2].stopped = own[3].started = BEGIN + 3520;
  bench_slices_add(&all, chosen, 1, by_member, scratch);
  assert_float_equal(by_member[1], 10.0 / 3, 1e-6F);
}

static void who_comes_late_is_no_overlap(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {0, 1, 2, 3, 4}, later[] = {1, 2};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  slices[COUNT].started += 500;
  struct bench_slices_sum sum =
      bench_slices_add(&all, chosen, 5, by_member, scratch);
  assert_float_equal(sum.overlap, 0.9F, 1e-6F);
  assert_float_equal(sum.skew, 500, 1e-6F);
  sum = bench_slices_add(&all, later, 2, by_member, scratch);
  assert_float_equal(sum.overlap, 1, 1e-6F);
}

/* Both do as much in the end, but by turns. */
static void fair_in_the_end_is_not_fair_all_along(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {0, 1, 2, 3};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  for (size_t i = 0; i < 4; i++)
    slices[(i % 2) * COUNT + i].operations = 0;
  struct bench_slices_sum sum =
      bench_slices_add(&all, chosen, 4, by_member, scratch);
  assert_float_equal(by_member[0], by_member[1], 1e-6F);
  assert_float_equal(sum.jain, 0.5F, 1e-6F);
}

static void a_slice_with_little_work_stalled(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {0, 1, 2, 3, 4};
  (void)state;
  fill(slices);
  const struct bench_slices all = all_of(slices);
  slices[3].operations = 3; /* 13 of 20 */
  slices[4].operations = 5; /* 15 of 20 */
  struct bench_slices_sum sum =
      bench_slices_add(&all, chosen, 5, by_member, scratch);
  assert_int_equal(sum.stalled, 1);
}

static void nobody_there_did_nothing(void **state) {
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {0};
  (void)state;
  memset(slices, 0, sizeof slices);
  const struct bench_slices all = all_of(slices);
  struct bench_slices_sum sum =
      bench_slices_add(&all, chosen, 1, by_member, scratch);
  assert_true(sum.operations == 0 && sum.handovers == 0);
}

static uint64_t join(const struct bench_slice *slices, const size_t *chosen,
                     size_t count, struct results_histogram *runs) {
  const struct bench_slices all = all_of(slices);
  memset(runs, 0, sizeof *runs);
  return bench_slices_join(&all, chosen, count, runs);
}

static void runs_go_on_over_edges(void **state) {
  static struct results_histogram runs;
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {0, 1, 2, 3};
  (void)state;
  fill(slices);
  /* Member 0 has the lock from the end of slice 0 into slice 2. */
  slices[0].tail = 7;
  slices[1].handovers = 0;
  slices[1].head = slices[1].tail = slices[1].operations = 30;
  slices[1].longest = 0;
  slices[2].head = 3;
  assert_int_equal(join(slices, chosen, 4, &runs), 40);
  /* 40; its other ends 1, and 1 + 1 between slices 2 and 3 */
  assert_int_equal(runs.count[results_histogram_index(40)], 1);
  /* of member 1: three joined, two cut */
  assert_int_equal(runs.count[1], 2 + 2);
  assert_int_equal(runs.count[2], 1 + 3);
  assert_int_equal(results_histogram_total(&runs), 9);
}

static void runs_end_where_a_slice_is_left_out(void **state) {
  static struct results_histogram runs;
  struct bench_slice slices[MEMBERS * COUNT];
  static const size_t chosen[] = {0, 2};
  (void)state;
  fill(slices);
  slices[0].tail = 7;
  slices[2].head = 3;
  slices[COUNT].longest = 5; /* within a slice */
  assert_int_equal(join(slices, chosen, 2, &runs), 7);
  assert_int_equal(runs.count[7], 1);
  assert_int_equal(runs.count[3], 1);
  assert_int_equal(runs.count[10], 0);
  slices[COUNT].longest = 9;
  assert_int_equal(join(slices, chosen, 2, &runs), 9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_is_there_disturbs_nothing),
      cmocka_unit_test(who_was_away_disturbs_until_it_is_back),
      cmocka_unit_test(who_did_not_look_was_not_there),
      cmocka_unit_test(who_comes_late_disturbs_from_the_start),
      cmocka_unit_test(of_two_causes_the_graver_is_told),
      cmocka_unit_test(back_in_time_spoils_one_slice),
      cmocka_unit_test(chosen_slices_add_up),
      cmocka_unit_test(windows_add_up),
      cmocka_unit_test(who_waited_did_little_all_along),
      cmocka_unit_test(who_comes_late_is_no_overlap),
      cmocka_unit_test(fair_in_the_end_is_not_fair_all_along),
      cmocka_unit_test(a_slice_with_little_work_stalled),
      cmocka_unit_test(nobody_there_did_nothing),
      cmocka_unit_test(runs_go_on_over_edges),
      cmocka_unit_test(runs_end_where_a_slice_is_left_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
