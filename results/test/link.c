/* Trials are told apart by the line transfer that they met. */
#include "results/link.h"
#include "results/test/test.h"

static void name(struct results_trial *trials, const double *probes,
                 size_t count, struct results_arena *arena) {
  for (size_t i = 0; i < count; i++) {
    results_trial_clear(&trials[i]);
    trials[i].cpus = "0 1";
    trials[i].probe_ns = probes[i];
  }
  assert_int_equal(results_links_name(trials, count, arena), 0);
}

static void a_jump_begins_a_class(void **state) {
  static const double probes[] = {66, 19, 64, 235, 20, 18, 18, 240};
  static const char *const links[] = {"66ns", "19ns", "66ns", "240ns",
                                      "19ns", "19ns", "19ns", "240ns"};
  struct results_arena *arena = results_arena_new();
  struct results_trial trials[8];
  (void)state;
  name(trials, probes, 8, arena);
  for (size_t i = 0; i < 8; i++) {
    assert_string_equal(trials[i].link, links[i]);
    assert_int_equal(trials[i].link_main, probes[i] < 30);
  }
  results_arena_free(arena);
}

static void a_move_belongs_to_where_it_began(void **state) {
  static const double probes[] = {20, 42, 65};
  struct results_arena *arena = results_arena_new();
  struct results_trial trials[3];
  (void)state;
  name(trials, probes, 3, arena);
  trials[1].verdict = "moved";
  trials[1].probe_before_ns = 19;
  assert_int_equal(results_links_name(trials, 3, arena), 0);
  assert_string_equal(trials[1].link, trials[0].link);
  assert_string_equal(trials[2].link, "65ns");
  results_arena_free(arena);
}

static void noise_is_one_class(void **state) {
  static const double probes[] = {50, 60, 55, 70, 65};
  struct results_arena *arena = results_arena_new();
  struct results_trial trials[5];
  (void)state;
  name(trials, probes, 5, arena);
  for (size_t i = 0; i < 5; i++)
    assert_string_equal(trials[i].link, "60ns");
  results_arena_free(arena);
}

static void other_cpus_are_other_classes(void **state) {
  static const double probes[] = {60, 70};
  struct results_arena *arena = results_arena_new();
  struct results_trial trials[2];
  (void)state;
  name(trials, probes, 2, arena);
  trials[1].cpus = "0 2";
  assert_int_equal(results_links_name(trials, 2, arena), 0);
  assert_string_equal(trials[0].link, "60ns");
  assert_string_equal(trials[1].link, "70ns");
  results_arena_free(arena);
}

static void nothing_probed_has_no_class(void **state) {
  static const double probes[] = {(double)NAN, 60};
  struct results_arena *arena = results_arena_new();
  struct results_trial trials[2];
  (void)state;
  name(trials, probes, 2, arena);
  assert_string_equal(trials[0].link, "");
  assert_string_equal(trials[1].link, "60ns");
  assert_int_equal(results_links_name(trials, 0, arena), 0);
  results_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_jump_begins_a_class),
      cmocka_unit_test(a_move_belongs_to_where_it_began),
      cmocka_unit_test(noise_is_one_class),
      cmocka_unit_test(other_cpus_are_other_classes),
      cmocka_unit_test(nothing_probed_has_no_class),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
