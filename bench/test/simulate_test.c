/* The simulation against cases that can be computed by hand. */
#include "bench/predict/simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { NEAR, FAR };

static const uint8_t near[4] = {0};
static const uint8_t all_near[9] = {0};

static double op_ns(struct bench_simulation simulation) {
  struct bench_simulated out;
  simulation.grants = simulation.grants ? simulation.grants : 10000;
  assert_int_equal(bench_simulate(&simulation, &out), 0);
  return out.op_ns;
}

static void assert_near(double is, double should) {
  if (fabs(is - should) > 1e-3 * should)
    fail_msg("is %g, should be %g", is, should);
}

static void one_thread_never_waits(void **state) {
  (void)state;
  const struct bench_simulation alone = {.threads = 1,
                                         .distance = near,
                                         .think_ns = 50,
                                         .section_ns = 100,
                                         .own_ns = 7,
                                         .leave_ns = 3,
                                         .retire_ns = 1000};
  assert_near(op_ns(alone), 160);
  assert_near(bench_simulation_bounds(&alone).work_ns, 160);
  assert_true(bench_simulation_bounds(&alone).lock_ns <= 0);
}

/* Somebody always waits: a section and a hand-over, and nothing else. */
static void a_pair_that_never_thinks_alternates(void **state) {
  (void)state;
  const struct bench_distance_costs costs[] = {{.pass_ns = 50, .take_ns = 40}};
  const struct bench_simulation pair = {.threads = 2,
                                        .distance = near,
                                        .costs = costs,
                                        .section_ns = 100,
                                        .retire_ns = 10};
  struct bench_simulated out;
  struct bench_simulation run = pair;
  run.grants = 1000;
  assert_near(op_ns(pair), 150);
  assert_near(bench_simulation_bounds(&pair).lock_ns, 150);
  assert_int_equal(bench_simulate(&run, &out), 0);
  assert_near(out.handover_share, 1);
  assert_near(out.waited_share, 1);
}

/* They meet once and then miss each other: each turn is think 1000, take 40,
 * section 100, leave 5, and two threads take turns at the same time. */
static void a_pair_that_thinks_long_does_not_wait(void **state) {
  (void)state;
  const struct bench_distance_costs costs[] = {{.pass_ns = 60, .take_ns = 40}};
  const struct bench_simulation pair = {.threads = 2,
                                        .distance = near,
                                        .costs = costs,
                                        .think_ns = 1000,
                                        .section_ns = 100,
                                        .own_ns = 10,
                                        .leave_ns = 5,
                                        .retire_ns = 5};
  assert_near(op_ns(pair), 1145 / 2.0);
  assert_near(bench_simulation_bounds(&pair).work_ns, 1115 / 2.0);
}

/* Who is late in asking again is handed the lock late: R[n+1] is the later of
 * R[n] + 10 and R[n-1] + 100, which is 50 a turn. */
static void asking_again_may_take_longer_than_the_hand_over(void **state) {
  (void)state;
  const struct bench_distance_costs costs[] = {{.pass_ns = 10, .take_ns = 100}};
  assert_near(op_ns((struct bench_simulation){
                  .threads = 2, .distance = near, .costs = costs}),
              50);
}

static void a_crowd_prolongs_the_hand_over(void **state) {
  (void)state;
  const struct bench_distance_costs costs[] = {{.pass_ns = 50, .take_ns = 10}};
  assert_near(op_ns((struct bench_simulation){.threads = 3,
                                              .distance = all_near,
                                              .costs = costs,
                                              .section_ns = 100,
                                              .crowd_ns = 7}),
              157);
}

/* Fetched before the section, claimed beside it. */
static void data_comes_along(void **state) {
  (void)state;
  const struct bench_distance_costs costs[] = {
      {.pass_ns = 50, .take_ns = 10, .fetch_ns = 20, .claim_ns = 30}};
  struct bench_simulation pair = {
      .threads = 2, .distance = near, .costs = costs};
  assert_near(op_ns(pair), 70);
  pair.drain_ns = 15; /* asked for together: what it takes longer */
  assert_near(op_ns(pair), 55);
  pair.section_ns = 100;
  assert_near(op_ns(pair), 170);
  assert_near(bench_simulation_bounds(&pair).lock_ns, 170);
}

/* FIFO goes round as the threads came: two near, two far hand-overs. */
static void distance_counts_by_pair(void **state) {
  (void)state;
  const struct bench_distance_costs costs[] = {
      [NEAR] = {.pass_ns = 10}, [FAR] = {.pass_ns = 100}};
  static const uint8_t nodes[16] = {NEAR, NEAR, FAR,  FAR, NEAR, NEAR,
                                    FAR,  FAR,  FAR,  FAR, NEAR, NEAR,
                                    FAR,  FAR,  NEAR, NEAR};
  const struct bench_simulation team = {.threads = 4,
                                        .distance = nodes,
                                        .costs = costs,
                                        .section_ns = 100,
                                        .grants = 40000};
  assert_near(op_ns(team), 155);
  /* Of twelve ordered pairs four are near. */
  assert_near(bench_simulation_bounds(&team).lock_ns, 170);
}

static void a_seed_gives_one_answer(void **state) {
  (void)state;
  const struct bench_distance_costs costs[] = {{.pass_ns = 60, .take_ns = 40}};
  struct bench_simulation pair = {.threads = 2,
                                  .distance = near,
                                  .costs = costs,
                                  .think_ns = 200,
                                  .section_ns = 100,
                                  .jitter = 0.3,
                                  .seed = 5};
  double first = op_ns(pair);
  assert_near(op_ns(pair), first);
  pair.seed = 6;
  assert_true(fabs(op_ns(pair) - first) > 0);
  assert_true(fabs(op_ns(pair) / first - 1) < 0.05);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_thread_never_waits),
      cmocka_unit_test(a_pair_that_never_thinks_alternates),
      cmocka_unit_test(a_pair_that_thinks_long_does_not_wait),
      cmocka_unit_test(asking_again_may_take_longer_than_the_hand_over),
      cmocka_unit_test(a_crowd_prolongs_the_hand_over),
      cmocka_unit_test(data_comes_along),
      cmocka_unit_test(distance_counts_by_pair),
      cmocka_unit_test(a_seed_gives_one_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
