/* Each disturbance has its verdict, and the gravest wins. */
#include "bench/trial/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct results_trial quiet(void) {
  struct results_trial trial;
  results_trial_clear(&trial);
  trial.probe_before_ns = 60;
  trial.probe_after_ns = 62;
  trial.chain_before_ns = 1.012;
  trial.chain_after_ns = 1.021;
  trial.overlap = 0.999;
  return trial;
}

static const struct bench_disturbance none = {0};

static void quiet_is_clean(void **state) {
  (void)state;
  struct results_trial trial = quiet();
  assert_string_equal(bench_verdict(&trial, &none), "clean");
}

static void unmeasured_probe_and_overlap_are_clean(void **state) {
  (void)state;
  struct results_trial trial;
  results_trial_clear(&trial);
  assert_string_equal(bench_verdict(&trial, &none), "clean");
}

static void each_disturbance_has_its_name(void **state) {
  (void)state;
  struct results_trial trial = quiet();
  trial.switches_involuntary = 1;
  assert_string_equal(bench_verdict(&trial, &none), "preempted");
  trial = quiet();
  trial.parked = 1;
  assert_string_equal(bench_verdict(&trial, &none), "preempted");
  trial = quiet();
  trial.migrations = 1;
  assert_string_equal(bench_verdict(&trial, &none), "migrated");
  trial = quiet();
  trial.probe_after_ns = 235;
  assert_string_equal(bench_verdict(&trial, &none), "moved");
  trial = quiet();
  trial.chain_before_ns = 1.06; /* it was slower, and is faster now */
  assert_string_equal(bench_verdict(&trial, &none), "frequency");
  trial = quiet();
  trial.chain_after_ns = 1.06;
  assert_string_equal(bench_verdict(&trial, &none), "frequency");
  trial = quiet();
  trial.probe_between_ns = 61;
  assert_string_equal(bench_verdict(&trial, &none), "clean");
  trial.probe_between_ns = 235; /* and came back */
  assert_string_equal(bench_verdict(&trial, &none), "moved");
  trial.probe_between_ns = 30;
  assert_string_equal(bench_verdict(&trial, &none), "moved");
  trial = quiet();
  trial.overlap = 0.9;
  assert_string_equal(bench_verdict(&trial, &none), "overlap");
  trial = quiet();
  assert_string_equal(
      bench_verdict(&trial, &(struct bench_disturbance){.queued_share = 0.1}),
      "preempted");
  assert_string_equal(
      bench_verdict(&trial, &(struct bench_disturbance){.gap_share = 0.1}),
      "gap");
}

/* In order of arrival all do the same, and hand the lock to one another. */
static void only_order_makes_it_odd(void **state) {
  (void)state;
  const struct bench_disturbance ordered = {.ordered = true};
  struct results_trial trial = quiet();
  trial.segments_stalled = 1;
  assert_string_equal(bench_verdict(&trial, &ordered), "stalled");
  assert_string_equal(bench_verdict(&trial, &none), "clean");
  trial = quiet();
  trial.operations = 6000;
  trial.self_handoffs = 119;
  assert_string_equal(bench_verdict(&trial, &ordered), "clean");
  trial.self_handoffs = 121;
  assert_string_equal(bench_verdict(&trial, &ordered), "self");
  assert_string_equal(bench_verdict(&trial, &none), "clean");
}

static void what_was_left_out_is_forgiven(void **state) {
  (void)state;
  const struct bench_disturbance disturbance = {.queued_share = 0.1,
                                                .left_out = true};
  struct results_trial trial = quiet();
  trial.switches_involuntary = 1;
  trial.parked = 1;
  assert_string_equal(bench_verdict(&trial, &disturbance), "clean");
  trial.migrations = 1;
  assert_string_equal(bench_verdict(&trial, &disturbance), "migrated");
}

static void a_crowd_is_not_judged_by_what_it_is(void **state) {
  (void)state;
  const struct bench_disturbance disturbance = {.queued_share = 0.9,
                                                .crowded = true};
  struct results_trial trial = quiet();
  trial.switches_involuntary = 100;
  trial.parked = 100;
  trial.overlap = 0.2;
  assert_string_equal(bench_verdict(&trial, &disturbance), "clean");
  trial.probe_after_ns = 235;
  assert_string_equal(bench_verdict(&trial, &disturbance), "moved");
}

static void the_gravest_wins(void **state) {
  (void)state;
  struct results_trial trial = quiet();
  trial.switches_involuntary = 1;
  trial.probe_after_ns = 235;
  trial.exclusion_violations = 1;
  assert_string_equal(bench_verdict(&trial, &none), "violated");
  trial.exclusion_violations = 0;
  assert_string_equal(bench_verdict(&trial, &none), "preempted");
}

static void every_name_is_in_the_table(void **state) {
  (void)state;
  static const char *const names[] = {
      "clean",     "violated", "migrated", "preempted", "moved",
      "frequency", "stalled",  "gap",      "overlap",   "self"};
  size_t count = 0;
  while (results_verdicts[count].name)
    count++;
  assert_int_equal(count, sizeof names / sizeof *names); /* none is unused */
  for (size_t i = 0; i < count; i++)
    assert_string_equal(results_verdicts[i].name, names[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quiet_is_clean),
      cmocka_unit_test(unmeasured_probe_and_overlap_are_clean),
      cmocka_unit_test(each_disturbance_has_its_name),
      cmocka_unit_test(only_order_makes_it_odd),
      cmocka_unit_test(what_was_left_out_is_forgiven),
      cmocka_unit_test(a_crowd_is_not_judged_by_what_it_is),
      cmocka_unit_test(the_gravest_wins),
      cmocka_unit_test(every_name_is_in_the_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
