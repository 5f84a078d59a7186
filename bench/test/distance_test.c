/* Distance as an axis of plans: homes by the part they play, levels by name. */
#include "bench/test/plans.h"

static const struct bench_cell *at_home(const struct bench_plan *plan,
                                        const char *cpus, const char *home) {
  for (size_t i = 0; i < plan->cell_count; i++)
    if (!strcmp(plan->cells[i].set->text, cpus) &&
        !strcmp(plan->cells[i].home_text, home))
      return &plan->cells[i];
  return NULL;
}

static void a_home_may_be_a_role(void **state) {
  (void)state;
  struct bench_plan plan;
  assert_int_equal(make("package:4 numa:1 core:2 pu:1",
                        (struct bench_options){.locks = "queued/mcs",
                                               .workloads = "handoff",
                                               .pairs = "0-1,2-6",
                                               .threads = "1",
                                               .home = "local,remote,third"},
                        &plan),
                   0);
  assert_int_equal(plan.cell_count, 5); /* 0 and 1 are on one node */
  assert_null(at_home(&plan, "0 1", "remote"));
  assert_int_equal(at_home(&plan, "2 6", "first")->home, TOPOLOGY_HOME_FIRST);
  assert_int_equal(at_home(&plan, "2 6", "remote")->home, 3);
  assert_int_equal(at_home(&plan, "2 6", "third")->home, 0);
  assert_int_equal(at_home(&plan, "0 1", "third")->home, 1);
  assert_string_equal(plan.omissions[0].text,
                      "home remote of CPUs 0 1: all on one node");
  bench_plan_free(&plan);
}

static void levels_are_an_axis(void **state) {
  (void)state;
  struct bench_plan plan;
  struct bench_options options = {.locks = "queued/mcs",
                                  .workloads = "handoff,throughput",
                                  .level = "package,cross"};
  static const char machine[] = "package:2 l3:2 core:2 pu:2";
  assert_int_equal(make(machine, options, &plan), 0);
  size_t alone = 0;
  for (size_t i = 0; i < plan.cell_count; i++) {
    const struct bench_set *set = plan.cells[i].set;
    alone += set->count == 1;
    assert_true(set->count == 1 || !strcmp(set->level, "package") ||
                !strcmp(set->level, "cross"));
  }
  assert_int_equal(alone, 1);
  bench_plan_free(&plan);
  options.level = "cross:21";
  assert_int_equal(make(machine, options, &plan), -EINVAL);
  assert_non_null(strstr(why, "smt l3 package cross"));
  options.level = "l2";
  assert_int_equal(make(machine, options, &plan), -EINVAL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_home_may_be_a_role),
      cmocka_unit_test(levels_are_an_axis),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
