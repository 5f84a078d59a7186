/* Answers where they are certain, and by simulation how often they are wrong,
 * how often a planted difference is found, and what drift does. */
#include "results/compare.h"
#include "results/random.h"
#include "results/test/test.h"

#define DEFAULTS (&results_compare_defaults)

static struct results_comparison pairs_of_ratio(double ratio, size_t count) {
  double first[64], second[64];
  struct results_comparison c;
  for (size_t i = 0; i < count; i++) {
    first[i] = 50 + (double)(i * 7 % 40); /* drift that both share */
    second[i] = first[i] * ratio;
  }
  assert_int_equal(results_compare_pairs(first, second, count, DEFAULTS, &c),
                   0);
  return c;
}

static void certain_ratios_have_certain_answers(void **state) {
  static const struct {
    double ratio;
    enum results_answer answer;
  } cases[] = {{1, RESULTS_SAME},       {1.02, RESULTS_SAME},
               {0.98, RESULTS_SAME},    {1.031, RESULTS_SLOWER},
               {0.969, RESULTS_FASTER}, {2, RESULTS_SLOWER}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct results_comparison c = pairs_of_ratio(cases[i].ratio, 20);
    assert_int_equal(c.answer, cases[i].answer);
    assert_true(test_close(c.ratio, cases[i].ratio, 1e-12));
    assert_true(test_close(c.low, c.ratio, 1e-9) && c.low <= c.high);
    assert_int_equal(c.first, 20);
    assert_int_equal(c.more, 0);
    assert_false(c.indicative);
  }
  assert_string_equal(results_answer_name(RESULTS_SLOWER), "slower");
}

static void too_few_decide_nothing(void **state) {
  (void)state;
  for (size_t count = 0; count < RESULTS_COMPARE_LEAST; count++) {
    const struct results_comparison c = pairs_of_ratio(2, count);
    assert_int_equal(c.answer, RESULTS_UNDECIDED);
    assert_int_equal(c.more, RESULTS_COMPARE_LEAST - count);
  }
  assert_int_equal(pairs_of_ratio(2, RESULTS_COMPARE_LEAST).answer,
                   RESULTS_SLOWER);
}

static void a_wide_interval_asks_for_more(void **state) {
  const double first[] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
  const double second[] = {0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2};
  struct results_compare_options options = *DEFAULTS;
  struct results_comparison c;
  (void)state;
  assert_int_equal(results_compare_pairs(first, second, 9, &options, &c), 0);
  assert_int_equal(c.answer, RESULTS_UNDECIDED);
  /* half-width 0.15 of 9 pairs has to become 0.03: 25 times as many */
  assert_in_range(c.more, 190, 240);
  options.threshold = 0.2;
  assert_int_equal(results_compare_pairs(first, second, 9, &options, &c), 0);
  assert_int_equal(c.answer, RESULTS_SAME);
}

/* Within the threshold on one side only is not within it. */
static void both_ends_must_lie_within(void **state) {
  double first[20], up[20], down[20];
  struct results_comparison c;
  (void)state;
  for (int i = 0; i < 20; i++) {
    first[i] = 1;
    up[i] = i % 2 ? 1 : 1.045;
    down[i] = i % 2 ? 1 : 0.955;
  }
  assert_int_equal(results_compare_pairs(first, up, 20, DEFAULTS, &c), 0);
  assert_int_equal(c.answer, RESULTS_UNDECIDED);
  assert_int_equal(results_compare_pairs(first, down, 20, DEFAULTS, &c), 0);
  assert_int_equal(c.answer, RESULTS_UNDECIDED);
}

static void on_the_edge_no_number_is_enough(void **state) {
  (void)state;
  double first[20], second[20];
  struct results_comparison c;
  for (int i = 0; i < 20; i++)
    first[i] = 1, second[i] = i % 2 ? 1.01 : 1.05;
  assert_int_equal(results_compare_pairs(first, second, 20, DEFAULTS, &c), 0);
  assert_int_equal(c.answer, RESULTS_UNDECIDED);
  assert_int_equal(c.more, RESULTS_COMPARE_MOST);
}

static void figures_must_be_above_zero(void **state) {
  const double good[] = {1, 1}, zero[] = {1, 0}, nan[] = {(double)NAN, 1};
  struct results_comparison c;
  (void)state;
  assert_int_equal(results_compare_pairs(good, zero, 2, DEFAULTS, &c), -EDOM);
  assert_int_equal(results_compare_pairs(nan, good, 2, DEFAULTS, &c), -EDOM);
  assert_int_equal(results_compare_samples(good, 2, zero, 2, DEFAULTS, &c),
                   -EDOM);
}

static void samples_are_indicative(void **state) {
  const double first[] = {10, 10.1, 9.9, 10, 10.2, 9.8, 10};
  const double second[] = {11, 11.1, 10.9, 11, 11.2, 10.8};
  struct results_comparison c;
  (void)state;
  assert_int_equal(results_compare_samples(first, 7, second, 6, DEFAULTS, &c),
                   0);
  assert_true(c.indicative);
  assert_int_equal(c.answer, RESULTS_SLOWER);
  assert_true(test_close(c.ratio, 1.1, 1e-12));
  assert_true(test_close(c.delta, 1, 0));
  assert_true(test_close(c.p, 2.0 / 1716, 1e-12));
  assert_int_equal(c.first, 7);
  assert_int_equal(c.second, 6);
}

/* A machine as it was met: rounds drift together, at times between a near and a
 * far placement; each trial has noise of its own and now and then a fault. */
struct machine {
  struct results_random random;
  double noise; /* of one trial, relative */
  double drift; /* of one round, relative */
  double level;
};

static double gauss(struct results_random *random) {
  const double radius = sqrt(-2 * log(1 - results_random_unit(random)));
  return radius * cos(2 * acos(-1) * results_random_unit(random));
}

static void next_round(struct machine *m) {
  if (results_random_unit(&m->random) < 0.05)
    m->level = m->level < 100 ? 250 : 50;
  m->level *= exp(m->drift * gauss(&m->random));
}

static double trial_on(struct machine *m, double cost) {
  const double fault = results_random_unit(&m->random) < 0.03 ? 1.5 : 1;
  return cost * m->level * fault * exp(m->noise * gauss(&m->random));
}

static struct machine machine(uint64_t seed, double noise) {
  return (struct machine){results_random_seed(seed), noise, 0.02, 50};
}

enum { ALTERNATING, IN_BLOCKS };

/* Runs two locks, the second `cost` times the first, in turns or one after the
 * other. */
static void run_both(struct machine *m, int order, double cost, size_t count,
                     double *first, double *second) {
  for (size_t i = 0; i < count; i++) {
    next_round(m);
    first[i] = trial_on(m, 1);
    if (order == ALTERNATING)
      second[i] = trial_on(m, cost);
  }
  for (size_t i = 0; i < count && order == IN_BLOCKS; i++) {
    next_round(m);
    second[i] = trial_on(m, cost);
  }
}

enum { RUNS = 400, MOST = 2048 };

/* How often each answer is given in RUNS runs. */
struct tally {
  int answers[4], held;
};

static struct tally simulate(double noise, double cost, size_t count,
                             int order) {
  static double first[MOST], second[MOST];
  struct results_compare_options options = *DEFAULTS;
  struct tally tally = {0};
  options.bootstrap.resamples = 500;
  for (uint64_t run = 0; run < RUNS; run++) {
    struct machine m = machine(run, noise);
    struct results_comparison c;
    options.bootstrap.seed = run;
    run_both(&m, order, cost, count, first, second);
    assert_int_equal(
        order == ALTERNATING
            ? results_compare_pairs(first, second, count, &options, &c)
            : results_compare_samples(first, count, second, count, &options,
                                      &c),
        0);
    tally.answers[c.answer]++;
    tally.held += c.low <= cost && cost <= c.high;
  }
  return tally;
}

static int alarms(const struct tally *tally) {
  return tally->answers[RESULTS_SLOWER] + tally->answers[RESULTS_FASTER];
}

static void the_interval_holds_the_true_ratio(void **state) {
  const size_t counts[] = {10, 20, 40};
  (void)state;
  test_simulates();
  for (size_t i = 0; i < 3; i++) {
    const struct tally tally = simulate(0.05, 1.1, counts[i], ALTERNATING);
    assert_in_range(tally.held, RUNS * 90 / 100, RUNS * 98 / 100);
  }
}

static void equal_locks_are_seldom_told_apart(void **state) {
  const double noises[] = {0.01, 0.03, 0.1, 0.3};
  (void)state;
  test_simulates();
  for (size_t i = 0; i < 4; i++) {
    const struct tally tally = simulate(noises[i], 1, 20, ALTERNATING);
    assert_in_range(alarms(&tally), 0, RUNS * 5 / 100);
  }
}

static void a_quiet_machine_says_same(void **state) {
  (void)state;
  test_simulates();
  const struct tally tally = simulate(0.01, 1, 20, ALTERNATING);
  assert_in_range(tally.answers[RESULTS_SAME], RUNS * 95 / 100, RUNS);
}

static void five_percent_slower_is_found(void **state) {
  (void)state;
  test_simulates();
  const struct tally tally = simulate(0.02, 1.05, 40, ALTERNATING);
  assert_in_range(tally.answers[RESULTS_SLOWER], RUNS * 85 / 100, RUNS);
  assert_in_range(tally.answers[RESULTS_SAME], 0, RUNS / 100);
  assert_int_equal(tally.answers[RESULTS_FASTER], 0);
}

static void five_percent_faster_is_found(void **state) {
  (void)state;
  test_simulates();
  const struct tally tally = simulate(0.02, 0.95, 40, ALTERNATING);
  assert_in_range(tally.answers[RESULTS_FASTER], RUNS * 85 / 100, RUNS);
}

/* The seeded fault: the same machine, one lock after the other. If this did not
 * fool a comparison, the machine above would prove nothing of pairs. */
static void blocks_would_be_fooled(void **state) {
  (void)state;
  test_simulates();
  const struct tally tally = simulate(0.03, 1, 20, IN_BLOCKS);
  assert_in_range(alarms(&tally), RUNS * 20 / 100, RUNS);
}

/* Where runs are asked for, that many mostly do decide. */
static void as_many_runs_as_asked_for_decide(void **state) {
  static double first[MOST], second[MOST];
  struct results_compare_options options = *DEFAULTS;
  int asked = 0, decided = 0;
  (void)state;
  test_simulates();
  options.bootstrap.resamples = 300;
  for (uint64_t run = 0; run < 200; run++) {
    struct machine m = machine(1000 + run, 0.05);
    struct results_comparison c;
    run_both(&m, ALTERNATING, 1.08, 12, first, second);
    assert_int_equal(results_compare_pairs(first, second, 12, &options, &c), 0);
    if (c.answer != RESULTS_UNDECIDED || c.more >= RESULTS_COMPARE_MOST)
      continue;
    asked++;
    run_both(&m, ALTERNATING, 1.08, c.more, first + 12, second + 12);
    assert_int_equal(
        results_compare_pairs(first, second, 12 + c.more, &options, &c), 0);
    decided += c.answer != RESULTS_UNDECIDED;
  }
  assert_true(asked > 50);
  assert_true(decided * 2 > asked);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(certain_ratios_have_certain_answers),
      cmocka_unit_test(too_few_decide_nothing),
      cmocka_unit_test(a_wide_interval_asks_for_more),
      cmocka_unit_test(both_ends_must_lie_within),
      cmocka_unit_test(on_the_edge_no_number_is_enough),
      cmocka_unit_test(figures_must_be_above_zero),
      cmocka_unit_test(samples_are_indicative),
      cmocka_unit_test(the_interval_holds_the_true_ratio),
      cmocka_unit_test(equal_locks_are_seldom_told_apart),
      cmocka_unit_test(a_quiet_machine_says_same),
      cmocka_unit_test(five_percent_slower_is_found),
      cmocka_unit_test(five_percent_faster_is_found),
      cmocka_unit_test(blocks_would_be_fooled),
      cmocka_unit_test(as_many_runs_as_asked_for_decide),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
