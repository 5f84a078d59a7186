/* Who is compared with whom, over which trials. */
#include "results/contest.h"
#include "results/test/test.h"

#define DEFAULTS (&results_compare_defaults)

static const struct results_contestant ticket = {"executive", "ticket"};
static const struct results_contestant mcs = {"queued", "mcs"};
static const struct results_contestant spin = {"peer", "pthread_spin"};

static struct results_trial trial(const struct results_contestant *name,
                                  int64_t round, double ns) {
  static int64_t sequence;
  struct results_trial t;
  results_trial_clear(&t);
  t.workload = "handoff", t.family = name->family, t.lock = name->lock;
  t.routines = name == &spin ? "native" : "dpc";
  t.threads = 2, t.cpus = "0 1", t.level = "l3", t.home = "0", t.cs_ns = 100;
  t.round = round, t.sequence = sequence++;
  t.alternation_ns = ns, t.cs_measured_ns = 100, t.self_handoffs = 1;
  return t;
}

/* Eight rounds of two locks, the second `cost` times the first; drifting. */
static size_t eight_rounds(struct results_trial *trials,
                           const struct results_contestant *a,
                           const struct results_contestant *b, double cost) {
  for (int64_t round = 0; round < 8; round++) {
    const double level = 50 + 10 * (double)round;
    trials[2 * round] = trial(b, round, cost * level);
    trials[2 * round + 1] = trial(a, round, level);
  }
  return 16;
}

static struct results_contests locks(const struct results_trial *trials,
                                     size_t count,
                                     const struct results_contestant *a,
                                     const struct results_contestant *b) {
  struct results_contests contests;
  assert_int_equal(
      results_contest_locks(trials, count, a, b, DEFAULTS, &contests), 0);
  return contests;
}

static void only_costs_in_ns_are_compared(void **state) {
  struct results_trial trials[16];
  (void)state;
  eight_rounds(trials, &ticket, &mcs, 1.25);
  struct results_contests contests = locks(trials, 16, &ticket, &mcs);
  assert_int_equal(contests.count, 1);
  const struct results_contest *contest = contests.list;
  assert_string_equal(contest->metric, "alternation_ns");
  assert_string_equal(contest->first.lock, "ticket");
  assert_string_equal(contest->second.lock, "mcs");
  assert_int_equal(contest->comparison.answer, RESULTS_SLOWER);
  assert_true(test_close(contest->comparison.ratio, 1.25, 1e-12));
  assert_int_equal(contest->comparison.first, 8);
  assert_int_equal(contest->first_aside + contest->second_aside, 0);
  results_contests_free(&contests);
}

static void rounds_pair_whatever_the_order(void **state) {
  struct results_trial trials[16];
  (void)state;
  eight_rounds(trials, &ticket, &mcs, 1);
  for (size_t i = 0; i < 8; i++) { /* back to front */
    const struct results_trial swap = trials[i];
    trials[i] = trials[15 - i];
    trials[15 - i] = swap;
  }
  struct results_contests contests = locks(trials, 16, &ticket, &mcs);
  assert_int_equal(contests.list->comparison.answer, RESULTS_SAME);
  assert_true(test_close(contests.list->comparison.low, 1, 1e-12));
  results_contests_free(&contests);
}

static void what_cannot_be_paired_is_counted(void **state) {
  struct results_trial trials[16];
  (void)state;
  eight_rounds(trials, &ticket, &mcs, 1);
  trials[0].verdict = "preempted";        /* mcs, round 0 */
  trials[3].alternation_ns = -1;          /* ticket, round 1 */
  trials[4].alternation_ns = (double)NAN; /* mcs, round 2: not carried */
  struct results_contests contests = locks(trials, 16, &ticket, &mcs);
  assert_int_equal(contests.list->comparison.first, 5);
  assert_int_equal(contests.list->first_aside, 3);
  assert_int_equal(contests.list->second_aside, 2);
  results_contests_free(&contests);
}

static void cells_that_differ_are_not_compared(void **state) {
  struct results_trial trials[16];
  (void)state;
  eight_rounds(trials, &ticket, &mcs, 1);
  for (size_t i = 0; i < 16; i += 2)
    trials[i].cpus = "0 2";
  struct results_contests contests = locks(trials, 16, &ticket, &mcs);
  assert_int_equal(contests.count, 0);
  results_contests_free(&contests);
  for (size_t i = 0; i < 16; i += 2)
    trials[i].cpus = "0 1", trials[i].routines = "raise";
  contests = locks(trials, 16, &ticket, &mcs);
  assert_int_equal(contests.count, 0);
  results_contests_free(&contests);
}

static void native_meets_any_routine(void **state) {
  struct results_trial trials[16];
  (void)state;
  eight_rounds(trials, &ticket, &spin, 0.5);
  struct results_contests contests = locks(trials, 16, &ticket, &spin);
  assert_int_equal(contests.count, 1);
  assert_int_equal(contests.list->comparison.answer, RESULTS_FASTER);
  results_contests_free(&contests);
}

/* Both runs measured the same, while the host moved the CPUs a little. */
static void two_runs(struct results_trial *a, struct results_trial *b,
                     double moved) {
  for (int64_t i = 0; i < 8; i++) {
    a[2 * i] = b[2 * i] = trial(&mcs, i, 60 + 0.01 * (double)i);
    a[2 * i + 1] = b[2 * i + 1] = trial(&ticket, i, 55);
  }
  for (size_t i = 0; i < 16; i++) {
    a[i].probe_ns = 50;
    b[i].probe_ns = 50 * moved;
    b[i].alternation_ns *= moved;
  }
}

static struct results_contests runs(const struct results_trial *a,
                                    const struct results_trial *b,
                                    size_t count) {
  struct results_contests contests;
  assert_int_equal(
      results_contest_runs(a, count, b, count, DEFAULTS, &contests), 0);
  return contests;
}

static void runs_are_compared_by_their_probes(void **state) {
  struct results_trial a[16], b[16];
  (void)state;
  two_runs(a, b, 1.2);
  struct results_contests contests = runs(a, b, 16);
  assert_int_equal(contests.count, 2);
  for (size_t i = 0; i < 2; i++) {
    assert_true(contests.list[i].normalised);
    assert_true(contests.list[i].comparison.indicative);
    assert_int_equal(contests.list[i].comparison.answer, RESULTS_SAME);
    assert_string_equal(contests.list[i].first.link,
                        contests.list[i].second.link);
  }
  results_contests_free(&contests);
}

static void runs_without_probes_are_compared_as_they_are(void **state) {
  struct results_trial a[16], b[16];
  (void)state;
  two_runs(a, b, 1.2);
  for (size_t i = 0; i < 16; i++)
    a[i].probe_ns = b[i].probe_ns = (double)NAN;
  struct results_contests contests = runs(a, b, 16);
  assert_int_equal(contests.count, 2);
  assert_false(contests.list[0].normalised);
  assert_int_equal(contests.list[0].comparison.answer, RESULTS_SLOWER);
  results_contests_free(&contests);
}

/* A run's names for its classes mean nothing in another run. */
static void classes_are_found_over_both_runs(void **state) {
  struct results_trial a[16], b[16];
  (void)state;
  two_runs(a, b, 1.04);
  for (size_t i = 0; i < 16; i++)
    a[i].link = "50ns", b[i].link = "52ns";
  struct results_contests contests = runs(a, b, 16);
  assert_int_equal(contests.count, 2);
  results_contests_free(&contests);
  two_runs(a, b, 5); /* near and far: nothing in common */
  contests = runs(a, b, 16);
  assert_int_equal(contests.count, 0);
  results_contests_free(&contests);
}

/* A round whose trials met different transfers makes no pair. */
static void classes_are_not_mixed_in_a_pair(void **state) {
  struct results_trial trials[16];
  (void)state;
  eight_rounds(trials, &ticket, &mcs, 1);
  for (size_t i = 0; i < 16; i++)
    trials[i].link = i == 0 ? "250ns" : "50ns";
  struct results_contests contests = locks(trials, 16, &ticket, &mcs);
  assert_int_equal(contests.count, 1);
  assert_int_equal(contests.list->comparison.first, 7);
  assert_int_equal(contests.list->first_aside, 1);
  results_contests_free(&contests);
}

static void p_values_are_adjusted_for_the_list(void **state) {
  struct results_trial trials[32];
  (void)state;
  eight_rounds(trials, &ticket, &mcs, 3);
  eight_rounds(trials + 16, &ticket, &mcs, 3);
  for (size_t i = 16; i < 32; i++)
    trials[i].cs_ns = 200;
  struct results_contests contests = locks(trials, 32, &ticket, &mcs);
  assert_int_equal(contests.count, 2);
  for (size_t i = 0; i < 2; i++)
    assert_true(test_close(contests.list[i].p_adjusted,
                           2 * contests.list[i].comparison.p, 1e-12));
  results_contests_free(&contests);
}

static json_t *header(const char *cpu, int cpus) {
  return json_pack("{s:{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:b, s:n}}",
                   "environment", "hostname", "h", "architecture", "x86_64",
                   "cpu_model", cpu, "cpu_vendor", "v", "cpu_family", "25",
                   "cpu_part", "1", "cpu_stepping", "1", "cpus_online", cpus,
                   "smt", 0, "guest");
}

static void machines_are_told_apart(void **state) {
  json_t *a = header("EPYC", 2), *b = header("EPYC", 2);
  json_t *c = header("Xeon", 2), *d = header("EPYC", 4), *none = json_object();
  (void)state;
  assert_null(results_other_machine(a, b));
  assert_string_equal(results_other_machine(a, c), "cpu_model");
  assert_string_equal(results_other_machine(a, d), "cpus_online");
  assert_non_null(results_other_machine(none, none));
  json_decref(a), json_decref(b), json_decref(c), json_decref(d);
  json_decref(none);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_costs_in_ns_are_compared),
      cmocka_unit_test(rounds_pair_whatever_the_order),
      cmocka_unit_test(what_cannot_be_paired_is_counted),
      cmocka_unit_test(cells_that_differ_are_not_compared),
      cmocka_unit_test(native_meets_any_routine),
      cmocka_unit_test(runs_are_compared_by_their_probes),
      cmocka_unit_test(runs_without_probes_are_compared_as_they_are),
      cmocka_unit_test(classes_are_found_over_both_runs),
      cmocka_unit_test(classes_are_not_mixed_in_a_pair),
      cmocka_unit_test(p_values_are_adjusted_for_the_list),
      cmocka_unit_test(machines_are_told_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
