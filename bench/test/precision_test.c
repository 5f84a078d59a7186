/* A cell is narrow when its interval is, over trials of one link, and stays
 * so; what has not been seen yet does not count. */
#include "bench/precision.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct results_trial trial_of(unsigned round, double ns, double probe) {
  struct results_trial trial;
  results_trial_clear(&trial);
  trial.round = round;
  trial.timestamp_ns = ns;
  trial.probe_ns = trial.probe_before_ns = probe;
  return trial;
}

static void note(struct bench_precision *precision, size_t cell, unsigned round,
                 double ns, double probe) {
  struct results_trial trial = trial_of(round, ns, probe);
  assert_int_equal(
      bench_precision_note(precision, cell, &bench_handoff, &trial), 0);
}

/* `count` rounds that differ from 100 ns by up to `spread`. */
static void note_rounds(struct bench_precision *precision, size_t cell,
                        unsigned count, double spread) {
  for (unsigned i = 0; i < count; i++)
    note(precision, cell, i, 100 + spread * (i % 3 - 1.0), 60);
}

static void narrow_and_wide_are_told_apart(void **state) {
  struct bench_precision precision;
  (void)state;
  assert_int_equal(bench_precision_open(3, 0.02, &precision), 0);
  note_rounds(&precision, 0, 20, 0.5);
  note_rounds(&precision, 1, 20, 30);
  assert_int_equal(bench_precision_judge(&precision, 20), 0);
  assert_int_equal(precision.narrow, 1);
  assert_true(precision.cells[0].narrow);
  assert_int_equal(precision.cells[0].trials, 20);
  assert_true(precision.cells[0].half <= 0.02);
  assert_true(precision.cells[1].half > 0.02);
  assert_true(isnan(precision.cells[2].half)); /* no trial at all */
  bench_precision_close(&precision);
}

static void few_trials_are_never_enough(void **state) {
  struct bench_precision precision;
  (void)state;
  assert_int_equal(bench_precision_open(1, 0.02, &precision), 0);
  note_rounds(&precision, 0, BENCH_PRECISION_LEAST, 0);
  assert_int_equal(bench_precision_judge(&precision, BENCH_PRECISION_LEAST - 1),
                   0);
  assert_int_equal(precision.narrow, 0); /* the last round is yet to come */
  assert_int_equal(bench_precision_judge(&precision, BENCH_PRECISION_LEAST), 0);
  assert_int_equal(precision.narrow, 1);
  bench_precision_close(&precision);
}

static void disturbed_trials_do_not_count(void **state) {
  struct bench_precision precision;
  (void)state;
  assert_int_equal(bench_precision_open(1, 0.02, &precision), 0);
  for (unsigned i = 0; i < 12; i++) {
    struct results_trial trial = trial_of(i, 100, 60);
    trial.verdict = i < 6 ? "preempted" : "clean";
    assert_int_equal(
        bench_precision_note(&precision, 0, &bench_handoff, &trial), 0);
  }
  assert_int_equal(bench_precision_judge(&precision, 12), 0);
  assert_int_equal(precision.narrow, 0);
  bench_precision_close(&precision);
}

/* Half of the trials met another link: neither half is enough alone. */
static void links_are_not_mixed(void **state) {
  struct bench_precision precision;
  (void)state;
  assert_int_equal(bench_precision_open(1, 0.02, &precision), 0);
  for (unsigned i = 0; i < 14; i++)
    note(&precision, 0, i, 100, i % 2 ? 60 : 250);
  assert_int_equal(bench_precision_judge(&precision, 14), 0);
  assert_int_equal(precision.narrow, 0);
  note(&precision, 0, 14, 100, 250);
  assert_int_equal(bench_precision_judge(&precision, 15), 0);
  assert_int_equal(precision.narrow, 1); /* eight of the far ones */
  assert_int_equal(precision.cells[0].trials, 8);
  bench_precision_close(&precision);
}

static void what_was_narrow_stays_so(void **state) {
  struct bench_precision precision;
  (void)state;
  assert_int_equal(bench_precision_open(1, 0.02, &precision), 0);
  note_rounds(&precision, 0, 10, 0.1);
  assert_int_equal(bench_precision_judge(&precision, 10), 0);
  for (unsigned i = 10; i < 40; i++)
    note(&precision, 0, i, 100.0 + i, 60);
  assert_int_equal(bench_precision_judge(&precision, 40), 0);
  assert_int_equal(precision.narrow, 1);
  bench_precision_close(&precision);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(narrow_and_wide_are_told_apart),
      cmocka_unit_test(few_trials_are_never_enough),
      cmocka_unit_test(disturbed_trials_do_not_count),
      cmocka_unit_test(links_are_not_mixed),
      cmocka_unit_test(what_was_narrow_stays_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
