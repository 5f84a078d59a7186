/* What a plan can vary: pairs, homes, loads, crowds; and what is done of it. */
#include "bench/run/done.h"
#include "bench/test/plans.h"
#include "locks/relax.h"

static void a_sample_has_so_many_pairs_of_each_distance(void **state) {
  (void)state;
  struct bench_plan plan, again, other;
  struct bench_options options = {.locks = "queued/mcs",
                                  .workloads = "handoff",
                                  .threads = "1",
                                  .sample = 3,
                                  .seed = 1};
  static const char machine[] = "package:2 l3:2 core:4 pu:2";
  assert_int_equal(make(machine, options, &plan), 0);
  /* smt, l3, package, cross */
  assert_int_equal(plan.cell_count, 4 * 3);
  for (size_t i = 0; i < plan.cell_count; i++)
    for (size_t j = 0; j < i; j++)
      assert_string_not_equal(plan.cells[i].set->text, plan.cells[j].set->text);
  assert_int_equal(make(machine, options, &again), 0);
  assert_int_equal(bench_plan_digest(&plan), bench_plan_digest(&again));
  options.seed = 2;
  assert_int_equal(make(machine, options, &other), 0);
  assert_int_not_equal(bench_plan_digest(&plan), bench_plan_digest(&other));
  bench_plan_free(&plan);
  bench_plan_free(&again);
  bench_plan_free(&other);
}

static void a_sample_takes_all_pairs_when_few(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:4 pu:1",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "handoff",
                                               .threads = "1",
                                               .sample = 100},
                        &plan),
                   0);
  assert_int_equal(plan.cell_count, 6);
  bench_plan_free(&plan);
}

static void all_pairs_are_all_and_different(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:8 pu:1",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "handoff",
                                               .pairs = "all",
                                               .threads = "2"},
                        &plan),
                   0);
  assert_int_equal(plan.cell_count, 28); /* the placement's is among them */
  for (size_t i = 0; i < plan.cell_count; i++)
    for (size_t j = 0; j < i; j++)
      assert_string_not_equal(plan.cells[i].set->text, plan.cells[j].set->text);
  bench_plan_free(&plan);
}

static void homes_are_an_axis(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("package:2 numa:1 core:2 pu:1",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "handoff",
                                               .pairs = "0-1",
                                               .threads = "1",
                                               .home = "0,1,first,1"},
                        &plan),
                   0);
  static const char *const homes[] = {"0", "1", "first"};
  assert_int_equal(plan.cell_count, 3); /* named twice is once */
  for (size_t i = 0; i < 3; i++)
    assert_string_equal(plan.cells[i].home_text, homes[i]);
  bench_plan_free(&plan);
}

static void finished_trials_are_found(void **state) {
  (void)state;
  struct bench_plan plan;
  struct results_trial trials[2];
  struct bench_done done;
  assert_int_equal(
      make("core:2 pu:1", (struct bench_options){.locks = "ticket"}, &plan), 0);
  for (size_t i = 0; i < 2; i++) {
    const struct results_cell cell = bench_cell_identity(&plan.cells[3]);
    results_trial_clear(&trials[i]);
    trials[i].workload = cell.workload;
    trials[i].family = cell.family;
    trials[i].lock = cell.lock;
    trials[i].routines = cell.routines;
    trials[i].threads = cell.threads;
    trials[i].cpus = cell.cpus;
    trials[i].level = cell.level;
    trials[i].home = cell.home;
    trials[i].cs_ns = cell.cs_ns;
    trials[i].round = (int64_t)i;
  }
  assert_int_equal(bench_done_make(&plan, trials, 2, NULL, &done), 0);
  assert_true(bench_done_has(&done, 3, 0));
  assert_true(bench_done_has(&done, 3, 1));
  assert_false(bench_done_has(&done, 3, 2));
  assert_false(bench_done_has(&done, 2, 0));
  free(done.keys);
  trials[1].round = 0; /* there twice */
  assert_int_equal(bench_done_make(&plan, trials, 2, NULL, &done), -EINVAL);
  trials[1].round = 1;
  trials[1].home = "5"; /* of no cell */
  assert_int_equal(bench_done_make(&plan, trials, 2, NULL, &done), -EINVAL);
  bench_plan_free(&plan);
}

static void some_workloads_come_only_by_name(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:2 pu:1", (struct bench_options){0}, &plan), 0);
  for (size_t i = 0; i < plan.cell_count; i++)
    assert_false(plan.cells[i].workload->on_request);
  bench_plan_free(&plan);
}

static void a_matrix_has_pairs_homes_and_two_locks(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(
      make("package:2 numa:1 core:8 pu:1",
           (struct bench_options){.workloads = "matrix", .home = "0,1"}, &plan),
      0);
  /* 16 of 56 within a package, 16 of 64 across */
  assert_int_equal(plan.cell_count, (16 + 16) * 2 * 2);
  bench_plan_free(&plan);
  assert_int_equal(make("package:2 numa:1 core:8 pu:1",
                        (struct bench_options){.workloads = "matrix",
                                               .locks = "executive/tas",
                                               .pairs = "all"},
                        &plan),
                   0);
  assert_int_equal(plan.cell_count, 16 * 15 / 2);
  bench_plan_free(&plan);
}

static void loads_are_named_by_what_differs(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:2 pu:1",
                        (struct bench_options){.workloads = "throughput",
                                               .locks = "executive/tas",
                                               .threads = "2",
                                               .think_ns = "0,500",
                                               .cs_lines = "0,4"},
                        &plan),
                   0);
  static const char *const texts[] = {"", "lines:4", "think:500",
                                      "think:500 lines:4"};
  assert_int_equal(plan.cell_count, 4);
  for (size_t i = 0; i < 4; i++)
    assert_string_equal(plan.cells[i].variant->text, texts[i]);
  assert_int_equal(plan.cells[3].variant->think_ns, 500);
  assert_int_equal(plan.cells[3].variant->cs_lines, 4);
  bench_plan_free(&plan);
}

static void crowds_have_two_and_four_threads_a_cpu(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("core:3 pu:1",
                        (struct bench_options){.workloads = "oversubscribed",
                                               .locks = "executive/tas"},
                        &plan),
                   0);
  /* waiters that yield are a variant, if they do not all */
  const size_t ways = strcmp(LOCK_RELAX_NAME, "yield") ? 2 : 1;
  assert_int_equal(plan.cell_count, 2 * ways);
  assert_string_equal(plan.cells[0].set->text, "0 1 2 0 1 2");
  assert_int_equal(plan.cells[ways].threads, 12);
  assert_string_equal(plan.cells[ways - 1].variant->text, "relax:yield");
  bench_plan_free(&plan);
  /* and no other workload has them */
  assert_int_equal(make("core:3 pu:1",
                        (struct bench_options){
                            .workloads = "oversubscribed,throughput,lines",
                            .locks = "executive/tas"},
                        &plan),
                   0);
  for (size_t i = 0; i < plan.cell_count; i++)
    assert_true(plan.cells[i].workload->crowded ||
                plan.cells[i].set->count <= 3);
  bench_plan_free(&plan);
}

static void lines_are_packed_and_padded_but_for_peers(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(
      make("core:2 pu:1", (struct bench_options){.workloads = "lines"}, &plan),
      0);
  size_t packed = 0;
  for (size_t i = 0; i < plan.cell_count; i++) {
    assert_string_not_equal(plan.cells[i].kernel->family, "peer");
    packed += !strcmp(plan.cells[i].variant->text, "packed");
  }
  assert_int_equal(2 * packed, plan.cell_count);
  bench_plan_free(&plan);
}

static void releases_have_few_waiters_and_many(void **state) {
  (void)state;
  struct bench_plan plan;
  struct bench_options options = {
      .workloads = "release", .routines = "dpc", .locks = "executive/tas"};
  static const size_t threads[] = {3, 4, 5, 7, 9, 13, 15, 2};
  assert_int_equal(make("core:16 pu:1", options, &plan), 0);
  bool found[sizeof threads / sizeof *threads] = {false};
  for (size_t i = 0; i < plan.cell_count; i++)
    for (size_t j = 0; j < sizeof threads / sizeof *threads; j++)
      found[j] |= plan.cells[i].threads == threads[j];
  assert_int_equal(plan.cell_count, sizeof threads / sizeof *threads);
  for (size_t j = 0; j < sizeof threads / sizeof *threads; j++)
    assert_true(found[j]);
  bench_plan_free(&plan);
  options.threads = "6"; /* as asked for, and the pair */
  assert_int_equal(make("core:16 pu:1", options, &plan), 0);
  assert_int_equal(plan.cell_count, 2);
  assert_int_equal(plan.cells[0].threads, 6);
  bench_plan_free(&plan);
  /* nobody else has them */
  assert_int_equal(make("core:16 pu:1",
                        (struct bench_options){.locks = "executive/tas"},
                        &plan),
                   0);
  for (size_t i = 0; i < plan.cell_count; i++)
    assert_true(plan.cells[i].threads != 7 ||
                !strcmp(plan.cells[i].workload->name, "release"));
  bench_plan_free(&plan);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_sample_has_so_many_pairs_of_each_distance),
      cmocka_unit_test(a_sample_takes_all_pairs_when_few),
      cmocka_unit_test(all_pairs_are_all_and_different),
      cmocka_unit_test(homes_are_an_axis),
      cmocka_unit_test(finished_trials_are_found),
      cmocka_unit_test(some_workloads_come_only_by_name),
      cmocka_unit_test(a_matrix_has_pairs_homes_and_two_locks),
      cmocka_unit_test(loads_are_named_by_what_differs),
      cmocka_unit_test(releases_have_few_waiters_and_many),
      cmocka_unit_test(crowds_have_two_and_four_threads_a_cpu),
      cmocka_unit_test(lines_are_packed_and_padded_but_for_peers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
