/* The policy of waiters is a part of each cell; near is a node or an L3. */
#include "bench/trial/relaxing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bench/trial/domain.h"
#include "locks/relax.h"

static struct topology_machine *open_machine(const char *synthetic) {
  struct topology_machine *machine;
  assert_int_equal(topology_machine_open(synthetic, NULL, &machine), 0);
  return machine;
}

static void a_policy_names_every_cell(void **state) {
  (void)state;
  struct topology_machine *machine = open_machine("package:1 l3:1 core:2 pu:1");
  struct bench_ground ground = {
      .machine = machine, .stamps = true, .transfer_ns = 90};
  struct bench_options options = {.locks = "executive/ticket",
                                  .workloads = "throughput,lines",
                                  .think_ns = "0,500"};
  struct bench_plan plan;
  char why[512];
  assert_int_equal(bench_plan_make(&options, &ground, &plan, why, sizeof why),
                   0);
  uint64_t before = bench_plan_digest(&plan);
  assert_int_equal(bench_relaxing_cells(&plan, "pause"), 0);
  assert_int_equal(bench_plan_digest(&plan), before);
  assert_int_equal(bench_relaxing_cells(&plan, "yield"), 0);
  assert_true(bench_plan_digest(&plan) != before);
  size_t plain = 0, thinking = 0;
  for (size_t i = 0; i < plan.cell_count; i++) {
    const char *text = plan.cells[i].variant->text;
    assert_non_null(strstr(text, "relax:yield"));
    plain += !strcmp(text, "relax:yield");
    thinking += !strcmp(text, "think:500 relax:yield");
    assert_true(!strstr(text, "think") ||
                plan.cells[i].variant->think_ns == 500);
  }
  assert_true(plain > 0 && thinking > 0);
  bench_plan_free(&plan);
  assert_null(plan.relaxed);
  topology_machine_close(machine);
}

static void the_policy_is_recorded(void **state) {
  (void)state;
  char why[256];
  json_t *relax = bench_relaxing_json();
  assert_string_equal(json_string_value(json_object_get(relax, "policy")),
                      LOCK_RELAX_NAME);
  assert_true(json_real_value(json_object_get(relax, "hint_ns")) > 0);
  json_decref(relax);
  int error = bench_relaxing_prepare(why, sizeof why);
  assert_int_equal(error != 0, relax_lacks() != NULL);
}

static void near_is_a_node_where_there_are_several(void **state) {
  (void)state;
  struct topology_machine *machine =
      open_machine("package:1 group:2 numa:1 l3:2 core:1 pu:1");
  assert_string_equal(bench_domain_kind(machine), "node");
  assert_int_equal(bench_domain_of(machine, 0), bench_domain_of(machine, 1));
  assert_true(bench_domain_of(machine, 1) != bench_domain_of(machine, 2));
  topology_machine_close(machine);
}

static void near_is_an_l3_otherwise(void **state) {
  (void)state;
  struct topology_machine *machine =
      open_machine("package:1 numa:1 l3:2 core:2 pu:1");
  assert_string_equal(bench_domain_kind(machine), "l3");
  assert_int_equal(bench_domain_of(machine, 0), bench_domain_of(machine, 1));
  assert_true(bench_domain_of(machine, 1) != bench_domain_of(machine, 2));
  assert_int_equal(bench_domain_of(machine, 4096), 0); /* no such CPU */
  topology_machine_close(machine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_policy_names_every_cell),
      cmocka_unit_test(the_policy_is_recorded),
      cmocka_unit_test(near_is_a_node_where_there_are_several),
      cmocka_unit_test(near_is_an_l3_otherwise),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
