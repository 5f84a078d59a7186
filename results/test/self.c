/* A cell compared with itself: no difference, and how large that may look. */
#include "results/self.h"
#include "results/test/test.h"

#define DEFAULTS (&results_compare_defaults)

static struct results_trial trial(const char *lock, int64_t round, double ns) {
  struct results_trial t;
  results_trial_clear(&t);
  t.workload = "handoff", t.family = "queued", t.lock = lock;
  t.round = t.sequence = round;
  t.alternation_ns = ns;
  return t;
}

/* A steady drift of 5 % a trial would make every second hand slower. */
static void a_run_against_itself_favours_no_hand(void **state) {
  struct results_trial trials[26];
  struct results_contests contests;
  (void)state;
  for (int i = 0; i < 26; i++)
    trials[i] = trial("mcs", i, 50 * pow(1.05, i));
  trials[5].verdict = "gap";
  assert_int_equal(results_contest_self(trials, 26, DEFAULTS, &contests), 0);
  assert_int_equal(contests.count, 1);
  assert_int_equal(contests.list->comparison.first, 12);
  assert_int_equal(contests.list->first_aside, 2); /* the gap, the odd one */
  assert_true(test_close(contests.list->comparison.ratio, 1, 0.01));
  assert_int_equal(contests.list->comparison.answer, RESULTS_UNDECIDED);
  results_contests_free(&contests);
}

/* Both locks vary by a tenth from round to round, but together: the ratio of
 * each pair is 1.05. */
static struct results_contest varying(size_t rounds, double spread) {
  struct results_trial trials[2 * 64];
  for (size_t i = 0; i < rounds; i++) {
    const double level = 50 * (1 + spread * (double)(i * 7 % 10) / 10);
    trials[2 * i] = trial("ticket", (int64_t)i, level);
    trials[2 * i + 1] = trial("mcs", (int64_t)i, 1.05 * level);
  }
  struct results_contests contests;
  assert_int_equal(
      results_contest_locks(
          trials, 2 * rounds, &(struct results_contestant){"queued", "ticket"},
          &(struct results_contestant){"queued", "mcs"}, DEFAULTS, &contests),
      0);
  assert_int_equal(contests.count, 1);
  const struct results_contest contest = *contests.list;
  results_contests_free(&contests);
  assert_true(test_close(contest.comparison.ratio, 1.05, 1e-9));
  return contest;
}

static void a_difference_is_no_smaller_than_the_band(void **state) {
  (void)state;
  struct results_contest contest = varying(40, 0.3);
  assert_true(contest.band > 0.05 && contest.band < 0.4);
  assert_int_equal(contest.comparison.answer, RESULTS_UNDECIDED);
  /* Too few trials to know the band; steady ones, whose band is none. */
  contest = varying(38, 0.3);
  assert_true(contest.band == 0);
  assert_int_equal(contest.comparison.answer, RESULTS_SLOWER);
  contest = varying(40, 0.001);
  assert_true(contest.band == 0);
  assert_int_equal(contest.comparison.answer, RESULTS_SLOWER);
}

/* Ten contests of five cells, one of which calls a difference. */
static void the_rate_of_false_differences_has_an_interval(void **state) {
  struct results_contest list[10] = {{.metric = ""}};
  struct results_contests contests = {.list = list, .count = 0};
  struct results_self_rate rate;
  (void)state;
  assert_int_equal(results_self_rate(&contests, &rate), 0);
  assert_true(isnan(rate.rate) && isnan(rate.high));
  for (size_t i = 0; i < 10; i++) {
    const struct results_trial of = trial("mcs", 0, 1);
    list[i].first = results_cell_of(&of);
    list[i].first.cs_ns = (int64_t)i / 2;
    list[i].comparison.first = 18 + i;
    list[i].comparison.answer = i % 2 ? RESULTS_SAME : RESULTS_UNDECIDED;
  }
  contests.count = 10;
  assert_int_equal(results_self_rate(&contests, &rate), 0);
  assert_int_equal(rate.cells, 5);
  assert_int_equal(rate.pairs, 22);
  assert_true(rate.rate == 0 && rate.low == 0);
  assert_true(test_close(rate.high, 0.4345, 1e-3)); /* Wilson for 0 of 5 */
  list[3].comparison.answer = RESULTS_FASTER;
  assert_int_equal(results_self_rate(&contests, &rate), 0);
  assert_int_equal(rate.differing, 1);
  assert_true(test_close(rate.rate, 0.1, 1e-12));
  assert_true(rate.low < 0.1 && rate.high > 0.1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_against_itself_favours_no_hand),
      cmocka_unit_test(a_difference_is_no_smaller_than_the_band),
      cmocka_unit_test(the_rate_of_false_differences_has_an_interval),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
