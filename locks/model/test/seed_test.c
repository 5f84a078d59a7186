/* Every seeded bug is caught, and the seeds are still what they say. */
#include "locks/test/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "locks/model/seed.h"

static void catches_every_bug(void **state) {
  (void)state;
  unsigned escaped = 0;
  for (const struct model_seed *seed = model_seeds; seed->number; seed++) {
    struct model_result result = {0};
    int error = model_seed_check(seed, NULL, &result);
    bool caught = !error && result.verdict == MODEL_VIOLATED;
    print_message("%2u %s/%s: %s: %s after %llu executions: %s\n", seed->number,
                  seed->family, seed->name, seed->what,
                  caught  ? "caught"
                  : error ? strerror(-error)
                          : "escaped",
                  (unsigned long long)result.executions, result.what);
    escaped += !caught;
    free(result.trace);
  }
  assert_int_equal(escaped, 0);
}

/* The locks without the bugs pass where the bugs show. */
static void passes_the_locks_themselves(void **state) {
  (void)state;
  for (const struct model_seed *seed = model_seeds; seed->number; seed++) {
    const struct model_lock *lock = model_lock_find(seed->family, seed->name);
    struct model_result result = {0};
    assert_non_null(lock);
    assert_int_equal(model_check(lock, &seed->config, NULL, &result), 0);
    assert_int_equal(result.verdict, MODEL_VERIFIED);
  }
}

static void numbers_bugs_once(void **state) {
  (void)state;
  unsigned count = 0;
  for (const struct model_seed *seed = model_seeds; seed->number; seed++) {
    assert_ptr_equal(model_seed_find(seed->number), seed);
    count++;
  }
  assert_true(count >= 18);
}

static void says_that_a_seed_is_out_of_date(void **state) {
  (void)state;
  struct model_seed seed = *model_seed_find(1);
  struct model_result result = {0};
  seed.text = "&no->such";
  assert_int_equal(model_seed_check(&seed, NULL, &result), -ENOENT);
  seed = *model_seed_find(1);
  seed.name = "nothing";
  assert_int_equal(model_seed_check(&seed, NULL, &result), -ENOENT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(catches_every_bug),
      cmocka_unit_test(passes_the_locks_themselves),
      cmocka_unit_test(numbers_bugs_once),
      cmocka_unit_test(says_that_a_seed_is_out_of_date),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
