/* Locality and fairness of nodes, from who did how much. */
#include "bench/workload/domains.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ON(node, l3) ((uint32_t)(node) << BENCH_L3_BITS | (l3))

static void assert_near(double is, double should) {
  if (!(fabs(is - should) < 1e-9))
    fail_msg("is %g, should be %g", is, should);
}

/* Two threads a node: of three others two are elsewhere. */
static void chance_leaves_by_the_shares(void **state) {
  (void)state;
  static const uint32_t of[] = {ON(0, 0), ON(0, 0), ON(1, 1), ON(1, 1)};
  static const double even[] = {5, 5, 5, 5}, alone[] = {5, 5, 0, 0};
  assert_near(bench_domains_chance(of, even, 4, BENCH_L3_BITS), 2 / 3.0);
  assert_near(bench_domains_chance(of, alone, 4, BENCH_L3_BITS), 0);
  assert_true(isnan(bench_domains_chance(of, even, 2, BENCH_L3_BITS)));
}

/* Nodes are judged by what a thread of theirs had, however many they have. */
static void nodes_are_fair_by_thread(void **state) {
  (void)state;
  static const uint32_t of[] = {ON(0, 0), ON(2, 1), ON(0, 2), ON(2, 1)};
  static const double even[] = {5, 5, 5, 5}, half[] = {6, 0, 4, 0};
  static const uint32_t uneven[] = {ON(0, 0), ON(0, 0), ON(0, 0), ON(1, 1)};
  assert_near(bench_domains_jain(of, even, 4, BENCH_L3_BITS), 1);
  assert_near(bench_domains_jain(of, half, 4, BENCH_L3_BITS), 0.5);
  assert_near(bench_domains_jain(uneven, even, 4, BENCH_L3_BITS), 1);
  assert_true(isnan(bench_domains_jain(of, even, 1, BENCH_L3_BITS)));
  /* By L3 there are three domains: 6, 0 and 4. */
  assert_near(bench_domains_jain(of, half, 4, 0), 100.0 / (3 * 52));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(chance_leaves_by_the_shares),
      cmocka_unit_test(nodes_are_fair_by_thread),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
