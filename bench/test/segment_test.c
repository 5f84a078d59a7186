/* Disturbed segments are left out, and counted by cause, while enough clean
 * ones remain; what came between in them is forgiven then, and only then. */
#include "bench/trial/segment.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/workload/workload.h"

enum { COUNT = 6 };
#define C BENCH_CLEAN
#define G BENCH_GAP
#define P BENCH_PREEMPTED
#define M BENCH_MIGRATED

struct expectation {
  enum bench_cause causes[COUNT];
  size_t chosen[COUNT], count;
  bool clean;
};

static const struct expectation cases[] = {
    {{C, C, C, C, C, C}, {0, 1, 2, 3, 4, 5}, 6, true},
    {{P, C, C, C, C, C}, {1, 2, 3, 4, 5}, 5, true},
    {{C, G, C, C, C, C}, {0, 2, 3, 4, 5}, 5, true},
    {{C, G, C, P, C, M}, {0, 2, 4}, 3, true},
    {{C, G, C, P, M, G}, {0, 1, 2, 3, 4, 5}, 6, false},
    {{P, P, P, P, P, P}, {0, 1, 2, 3, 4, 5}, 6, false},
};

static struct bench_segments segments_of(const enum bench_cause *causes,
                                         size_t count) {
  struct bench_segments segments = {.count = count};
  bench_segments_blame_all(&segments, causes);
  return segments;
}

static void clean_ones_are_chosen_while_enough_remain(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct bench_segments segments = segments_of(cases[i].causes, COUNT);
    bench_segments_choose(&segments);
    assert_int_equal(segments.chosen_count, cases[i].count);
    assert_int_equal(segments.clean, cases[i].clean);
    assert_memory_equal(segments.chosen, cases[i].chosen,
                        cases[i].count * sizeof *segments.chosen);
  }
}

static void few_but_clean_ones_are_all_right(void **state) {
  (void)state;
  for (size_t count = 0; count < BENCH_SEGMENTS_LEAST; count++) {
    struct bench_segments segments = {.count = count};
    bench_segments_choose(&segments);
    assert_int_equal(segments.chosen_count, count);
    assert_true(segments.clean);
  }
}

static void the_gravest_cause_is_kept(void **state) {
  (void)state;
  struct bench_segments segments = {.count = 1};
  static const enum bench_cause order[] = {G, C, P, G, M, P, C};
  static const enum bench_cause kept[] = {G, G, P, P, M, M, M};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
    bench_segments_blame(&segments, 0, order[i]);
    assert_int_equal(segments.causes[0], kept[i]);
  }
}

static void each_cause_is_counted(void **state) {
  (void)state;
  static const enum bench_cause causes[] = {C, G, G, P, P, P, M, C, C};
  const struct bench_segments segments = segments_of(causes, 9);
  struct results_trial trial;
  results_trial_clear(&trial);
  assert_true(isnan(trial.segments));
  bench_segments_count(&segments, &trial);
  bench_segments_count(&segments, &trial); /* another figure's */
  assert_true(trial.segments == 18 && trial.segments_disturbed == 12);
  assert_true(trial.segments_gap == 4 && trial.segments_preempted == 6 &&
              trial.segments_migrated == 2);
}

/* A trial and six of its segments, three events each. */
struct scene {
  struct results_trial out;
  struct bench_trial trial;
  struct bench_segments segments;
  double ns[3 * COUNT];
};

static void set_scene(struct scene *scene) {
  results_trial_clear(&scene->out);
  scene->trial = (struct bench_trial){.out = &scene->out};
  scene->segments = (struct bench_segments){.count = COUNT};
  for (size_t i = 0; i < 3 * COUNT; i++)
    scene->ns[i] = 100;
}

static void find_events(struct scene *scene) {
  double scratch[3 * COUNT];
  bench_trial_slow_events(&scene->trial, &scene->segments, scene->ns, 3,
                          scratch);
  bench_trial_choose(&scene->trial, &scene->segments);
}

static void a_gap_in_a_segment_is_left_out(void **state) {
  struct scene scene;
  (void)state;
  set_scene(&scene);
  scene.ns[4] = 60000;
  scene.ns[5] = 30000; /* two gaps, one segment */
  scene.ns[9] = 19000; /* an interrupt, perhaps */
  find_events(&scene);
  assert_int_equal(scene.segments.causes[1], BENCH_GAP);
  assert_int_equal(scene.segments.chosen_count, COUNT - 1);
  assert_int_equal(scene.out.gaps, 2);
  assert_in_range(scene.out.largest_gap_ns, 59000, 60000);
  assert_true(scene.out.segments_gap == 1);
  assert_true(scene.trial.gap_ns == 0 && !scene.trial.spoiled);
}

static void a_park_in_a_segment_is_left_out(void **state) {
  struct scene scene;
  (void)state;
  set_scene(&scene);
  bench_segments_blame(&scene.segments, 2, BENCH_PREEMPTED);
  find_events(&scene);
  assert_int_equal(scene.segments.chosen_count, COUNT - 1);
  assert_true(scene.out.segments_preempted == 1 && scene.out.segments_gap == 0);
  assert_true(!scene.trial.spoiled);
}

/* While the CPU was gone, time passed: that is one thing, not two. */
static void a_park_explains_its_gap(void **state) {
  struct scene scene;
  (void)state;
  set_scene(&scene);
  bench_segments_blame(&scene.segments, 2, BENCH_PREEMPTED);
  scene.ns[7] = 3e6;
  scene.ns[0] = 40000;
  find_events(&scene);
  assert_int_equal(scene.segments.chosen_count, COUNT - 2);
  assert_true(scene.out.segments_preempted == 1 && scene.out.segments_gap == 1);
  assert_int_equal(scene.out.gaps, 1);
}

static void too_few_left_spoil_the_trial(void **state) {
  struct scene scene;
  (void)state;
  set_scene(&scene);
  bench_segments_blame(&scene.segments, 5, BENCH_PREEMPTED);
  for (size_t i = 0; i < 3; i++)
    scene.ns[3 * i] = 50000;
  find_events(&scene);
  assert_int_equal(scene.segments.chosen_count, COUNT);
  assert_true(scene.out.segments_disturbed == 4);
  assert_true(scene.trial.spoiled);
  assert_true(scene.trial.gap_ns > 140000 && scene.trial.gap_ns <= 150000);
}

/* A release that wakes a sleeper takes that long; a fast one beside the same
 * does not. */
static void what_is_usual_is_no_gap(void **state) {
  struct scene scene;
  (void)state;
  set_scene(&scene);
  for (size_t i = 0; i < 3 * COUNT; i++)
    scene.ns[i] = 10000;
  scene.ns[1] = 69000;
  find_events(&scene);
  assert_true(scene.out.segments_disturbed == 0);
  scene.ns[1] = 71000;
  find_events(&scene);
  assert_true(scene.out.segments_gap == 1);
}

static void a_segment_that_lasts_is_a_gap(void **state) {
  struct scene scene;
  static const double ns[COUNT] = {1e6,         1e6, 1e6 + 119e3,
                                   1e6 + 121e3, 1e6, 0.9e6};
  (void)state;
  set_scene(&scene);
  bench_trial_slow_segments(&scene.trial, &scene.segments, ns);
  for (size_t i = 0; i < COUNT; i++)
    assert_int_equal(scene.segments.causes[i],
                     i == 3 ? BENCH_GAP : BENCH_CLEAN);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clean_ones_are_chosen_while_enough_remain),
      cmocka_unit_test(few_but_clean_ones_are_all_right),
      cmocka_unit_test(the_gravest_cause_is_kept),
      cmocka_unit_test(each_cause_is_counted),
      cmocka_unit_test(a_gap_in_a_segment_is_left_out),
      cmocka_unit_test(a_park_in_a_segment_is_left_out),
      cmocka_unit_test(a_park_explains_its_gap),
      cmocka_unit_test(too_few_left_spoil_the_trial),
      cmocka_unit_test(what_is_usual_is_no_gap),
      cmocka_unit_test(a_segment_that_lasts_is_a_gap),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
