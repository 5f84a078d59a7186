/* What reader/writer locks are held to can fail: two that claim phases and
 * have none. (Seeds 43 to 50 are the locks of the list gone wrong.) */
#include "locks/test/unit.h"

#include <stdlib.h>
#include <string.h>

#include "locks/model/client.h"

/* Expects a violation with this text. */
static void violates(const char *name, struct model_config config,
                     const char *what) {
  struct model_result result = {0};
  const struct model_lock *lock = model_lock_find("reader", name);
  assert_non_null(lock);
  assert_int_equal(model_check(lock, &config, NULL, &result), 0);
  print_message("%s: %s\n", name, result.what);
  assert_int_equal(result.verdict, MODEL_VIOLATED);
  assert_non_null(strstr(result.what, what));
  free(result.trace);
}

static void a_reader_behind_two_writers_is_found(void **state) {
  (void)state;
  violates("task_fair", (struct model_config){MODEL_CLAIM, 3, {1, 1, 1, 0, 0}},
           "waited for more than one writer");
}

static void readers_that_do_not_share_are_found(void **state) {
  (void)state;
  violates("task_fair", (struct model_config){MODEL_READ, 2, {1, 1, 0, 0, 0}},
           "wait");
}

static void a_writer_that_passes_a_reader_is_found(void **state) {
  (void)state;
  violates("knocking", (struct model_config){MODEL_SHARE, 2, {1, 1, 0, 0, 0}},
           "a writer that came later");
}

/* Of a lock that is none of these nothing of the kind is asked. */
static void other_locks_have_no_readers(void **state) {
  (void)state;
  const struct model_config share = {MODEL_SHARE, 2, {1, 1, 0, 0, 0}};
  assert_false(model_applies(model_lock_find("executive", "tas"), &share));
  assert_true(model_applies(model_lock_find("reader", "nt"), &share));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_reader_behind_two_writers_is_found),
      cmocka_unit_test(readers_that_do_not_share_are_found),
      cmocka_unit_test(a_writer_that_passes_a_reader_is_found),
      cmocka_unit_test(other_locks_have_no_readers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
