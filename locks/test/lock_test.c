/* Runs the tests of one lock; an argument is a pattern of test names. */
#include "locks/test/lock_test.h"

#include "locks/test/unit.h"

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(free_when_initialised),
      cmocka_unit_test(init_overwrites_garbage),
      cmocka_unit_test(handle_needs_no_initialisation),
      cmocka_unit_test(try_takes_a_free_lock),
      cmocka_unit_test(try_leaves_a_held_lock_alone),
      cmocka_unit_test(test_tells_held_from_free),
      cmocka_unit_test(word_is_zero_when_free),
      cmocka_unit_test(sixty_four_held_released_in_any_order),
      cmocka_unit_test(waiters_enter_in_order),
      cmocka_unit_test(release_lets_one_waiter_in),
      cmocka_unit_test(waiters_on_several_held_locks),
      cmocka_unit_test(nothing_beside_the_lock_is_written),
      cmocka_unit_test(exclusion_under_load),
      cmocka_unit_test(exclusion_with_try),
      cmocka_unit_test(exclusion_of_churning_threads),
      cmocka_unit_test(release_makes_writes_visible),
  };
  if (argc > 1)
    cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
