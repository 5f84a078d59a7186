/* Plans on machines that one does not have. */
#include "bench/test/plans.h"

static size_t count(const struct bench_plan *plan, const char *workload,
                    const char *lock) {
  size_t cells = 0;
  for (size_t i = 0; i < plan->cell_count; i++)
    cells += !strcmp(plan->cells[i].workload->name, workload) &&
             (!lock || !strcmp(plan->cells[i].kernel->lock, lock));
  return cells;
}

static void two_cpus_get_every_workload(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("package:1 l3:1 core:2 pu:1",
                        (struct bench_options){.locks = "executive/ticket"},
                        &plan),
                   0);
  assert_int_equal(count(&plan, "uncontended", NULL), 2); /* dpc, raise */
  assert_int_equal(count(&plan, "release", NULL), 2);
  assert_int_equal(count(&plan, "handoff", NULL), 1);
  assert_int_equal(count(&plan, "throughput", NULL), 2); /* 1, 2 threads */
  bench_plan_free(&plan);
}

static void handoff_outlasts_a_transfer(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("package:1 l3:1 core:2 pu:1",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "handoff"},
                        &plan),
                   0);
  assert_int_equal(plan.cells[0].cs_ns, 150); /* 1.5 x 90, in steps of 50 */
  bench_plan_free(&plan);
}

static void one_cpu_says_what_is_left_out(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:1 pu:1",
                        (struct bench_options){.locks = "executive/ticket"},
                        &plan),
                   0);
  assert_int_equal(count(&plan, "uncontended", NULL), 2);
  assert_int_equal(count(&plan, "throughput", NULL), 1);
  assert_int_equal(count(&plan, "release", NULL), 0);
  assert_int_equal(count(&plan, "handoff", NULL), 0);
  assert_int_equal(plan.omission_count, 2);
  assert_non_null(strstr(plan.omissions[0].text, "release"));
  bench_plan_free(&plan);
}

static void one_pair_for_each_distance(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("package:2 l3:2 core:4 pu:2",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "handoff",
                                               .threads = "2"},
                        &plan),
                   0);
  /* smt, l3, package, cross */
  assert_int_equal(count(&plan, "handoff", NULL), 4);
  for (size_t i = 0; i < plan.cell_count; i++)
    for (size_t j = 0; j < i; j++)
      assert_string_not_equal(plan.cells[i].set->level,
                              plan.cells[j].set->level);
  bench_plan_free(&plan);
}

static void thread_counts_are_powers_of_two_and_all(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:12 pu:1",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "throughput"},
                        &plan),
                   0);
  static const size_t counts[] = {1, 2, 4, 8, 11}; /* one CPU stays free */
  assert_int_equal(plan.cell_count, 5);
  for (size_t i = 0; i < 5; i++)
    assert_int_equal(plan.cells[i].threads, counts[i]);
  bench_plan_free(&plan);
}

/* The largest number of threads of a plan. */
static size_t most_threads(const char *source, struct bench_options options) {
  struct bench_plan plan;
  size_t most = 0;
  options.locks = "queued/mcs";
  assert_int_equal(make(source, options, &plan), 0);
  for (size_t i = 0; i < plan.cell_count; i++)
    most = plan.cells[i].threads > most ? plan.cells[i].threads : most;
  bench_plan_free(&plan);
  return most;
}

static void one_of_four_cpus_is_left_to_the_system(void **state) {
  (void)state;
  const struct bench_options none = {0}, cores = {.place = "cores"},
                             named = {.threads = "4"};
  assert_int_equal(most_threads("core:3 pu:1", none), 3);
  assert_int_equal(most_threads("core:4 pu:1", none), 3);
  assert_int_equal(most_threads("core:4 pu:1", named), 4);
  assert_int_equal(most_threads("core:4 pu:2", cores), 4); /* siblings rest */
}

static void a_quota_is_not_overdrawn(void **state) {
  (void)state;
  const struct bench_options none = {0}, named = {.threads = "3"};
  struct bench_plan plan;
  quota_cpus = 2.5;
  assert_int_equal(most_threads("core:8 pu:1", none), 2);
  assert_int_equal(make("core:8 pu:1", named, &plan), -EINVAL);
  assert_non_null(strstr(why, "3 threads at once: the control group grants "));
  assert_int_equal(make("core:8 pu:1", none, &plan), 0);
  assert_string_equal(plan.omissions[0].text,
                      "more threads: the control group grants 2.5 CPUs");
  bench_plan_free(&plan);
  quota_cpus = 1;
  assert_int_equal(most_threads("core:8 pu:1", none), 1);
  assert_int_equal(
      make("core:8 pu:1", (struct bench_options){.pairs = "0-1"}, &plan),
      -EINVAL);
  quota_cpus = 8;
  assert_int_equal(most_threads("core:8 pu:1", none), 7);
  quota_cpus = 0;
}

/* From node 0 to the other it is 21, back 31. */
static void a_set_is_as_wide_as_its_widest_pair(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make(MACHINES "/cpuless.xml",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "throughput",
                                               .threads = "4",
                                               .place = "scatter"},
                        &plan),
                   0);
  assert_string_equal(plan.cells[0].set->level, "cross:31");
  bench_plan_free(&plan);
}

static void a_large_machine_is_planned_at_once(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(
      make("package:8 [numa] l3:16 core:8 pu:2",
           (struct bench_options){.place = "compact;scatter;cores;l3;nodes"},
           &plan),
      0);
  assert_true(plan.cell_count > 1000);
  assert_int_equal(plan.sets[11].count, 2047);
  bench_plan_free(&plan);
}

/* CPUs 0-3 are of the fast kind, 4-7 of the other. */
static void kinds_of_core_share_no_cell(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make(MACHINES "/hybrid.xml",
                        (struct bench_options){.locks = "queued/mcs"}, &plan),
                   0);
  for (size_t i = 0; i < plan.set_count; i++)
    for (size_t j = 0; j < plan.sets[i].count; j++)
      assert_true(plan.sets[i].cpus[j] < 4);
  bench_plan_free(&plan);
  assert_int_equal(
      make(MACHINES "/hybrid.xml",
           (struct bench_options){.locks = "queued/mcs", .pairs = "0-4"},
           &plan),
      0); /* asked for */
  bench_plan_free(&plan);
}

static void the_empty_lock_is_never_contended(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(
      make("core:2 pu:1", (struct bench_options){.locks = "none"}, &plan), 0);
  for (size_t i = 0; i < plan.cell_count; i++)
    assert_int_equal(plan.cells[i].threads, 1);
  assert_true(plan.omission_count > 0);
  bench_plan_free(&plan);
}

static void hidden_locks_come_only_by_name(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:2 pu:1", (struct bench_options){0}, &plan), 0);
  for (size_t i = 0; i < plan.cell_count; i++)
    assert_false(plan.cells[i].kernel->hidden);
  bench_plan_free(&plan);
  assert_int_equal(
      make("core:2 pu:1", (struct bench_options){.locks = "broken"}, &plan), 0);
  bench_plan_free(&plan);
}

static void bad_names_list_the_good_ones(void **state) {
  (void)state;
  struct bench_plan plan;
  static const struct {
    struct bench_options options;
    const char *says, *lists;
  } cases[] = {
      {{.locks = "tickte"}, "'tickte'", "executive/ticket"},
      {{.locks = "queued/tas2"}, "'queued/tas2'", "queued/mcs"},
      {{.workloads = "relase"}, "'relase'", "release"},
      {{.routines = "dcp"}, "'dcp'", "dpc"},
      {{.pairs = "0-9"}, "'0-9'", "0-1"},
      {{.pairs = "1-1"}, "'1-1'", "0-1"},
      {{.threads = "0"}, "'0'", "1 to 2"},
      {{.threads = "3"}, "3", "2"},
      {{.place = "copmact"}, "copmact", "compact"},
      {{.home = "7"}, "7", "first"},
      {{.cs_ns = "-1"}, "'-1'", "1000000"},
      {{.think_ns = "x"}, "'x'", "1000000"},
      {{.cs_lines = "65"}, "'65'", "64"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(make("core:2 pu:1", cases[i].options, &plan), -EINVAL);
    assert_non_null(strstr(why, cases[i].says));
    assert_non_null(strstr(why, cases[i].lists));
    assert_null(strchr(why, '\n'));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_cpus_get_every_workload),
      cmocka_unit_test(handoff_outlasts_a_transfer),
      cmocka_unit_test(one_cpu_says_what_is_left_out),
      cmocka_unit_test(one_pair_for_each_distance),
      cmocka_unit_test(thread_counts_are_powers_of_two_and_all),
      cmocka_unit_test(one_of_four_cpus_is_left_to_the_system),
      cmocka_unit_test(a_quota_is_not_overdrawn),
      cmocka_unit_test(kinds_of_core_share_no_cell),
      cmocka_unit_test(a_set_is_as_wide_as_its_widest_pair),
      cmocka_unit_test(a_large_machine_is_planned_at_once),
      cmocka_unit_test(the_empty_lock_is_never_contended),
      cmocka_unit_test(hidden_locks_come_only_by_name),
      cmocka_unit_test(bad_names_list_the_good_ones),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
