/* A cell is narrow when its interval is, over trials of one link, and stays
 * so; what has not been seen yet does not count. */
#include "bench/plan/precision.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "results/bootstrap.h"
#include "results/random.h"
#include "results/summary.h"

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

/* A law of which the median is 100 and half lies within 3.4 % of it. */
static double draw(struct results_random *random) {
  return 100 * exp(0.05 * results_normal_inverse(results_random_unit(random)));
}

/* Measures one cell until it is narrow.
 * @return true when its interval holds the true median */
static bool covers(struct results_random *random, size_t *trials) {
  static const struct results_bootstrap how = {RESULTS_SUMMARY_CONFIDENCE,
                                               RESULTS_SUMMARY_RESAMPLES,
                                               RESULTS_SUMMARY_SEED};
  struct bench_precision precision;
  struct results_interval interval;
  double values[400];
  unsigned round = 0;
  assert_int_equal(bench_precision_open(1, 0.02, &precision), 0);
  while (!precision.narrow && round < 400) {
    values[round] = draw(random);
    note(&precision, 0, round, values[round], 60);
    assert_int_equal(bench_precision_judge(&precision, ++round), 0);
  }
  *trials += round;
  bench_precision_close(&precision);
  assert_int_equal(results_median_interval(values, round, &how, &interval), 0);
  return interval.low <= 100 && 100 <= interval.high;
}

/* An interval at which a run stops because it is short is too short a little
 * more often than the 5 % it claims. */
static void stopping_early_costs_little_coverage(void **state) {
  enum { CELLS = 200 };
  struct results_random random = results_random_seed(11);
  size_t covered = 0, trials = 0;
  (void)state;
  for (int i = 0; i < CELLS; i++)
    covered += covers(&random, &trials);
  print_message("%zu of %d intervals hold the median, after %zu trials each\n",
                covered, CELLS, trials / CELLS);
  assert_true(covered >= CELLS * 85 / 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(narrow_and_wide_are_told_apart),
      cmocka_unit_test(few_trials_are_never_enough),
      cmocka_unit_test(disturbed_trials_do_not_count),
      cmocka_unit_test(links_are_not_mixed),
      cmocka_unit_test(what_was_narrow_stays_so),
      cmocka_unit_test(stopping_early_costs_little_coverage),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
