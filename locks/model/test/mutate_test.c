/* Mutation kills the orders that a lock needs and justifies the others. */
#include "locks/test/unit.h"

#include <errno.h>
#include <string.h>

#include "locks/model/mutate.h"

struct tally {
  unsigned killed, justified, unjustified;
};

static void count(void *context, const struct model_mutant *mutant) {
  struct tally *tally = context;
  tally->killed += mutant->fate == MODEL_KILLED;
  tally->justified += mutant->fate == MODEL_JUSTIFIED;
  tally->unjustified += mutant->fate == MODEL_UNJUSTIFIED;
  assert_true(mutant->executions > 0);
  assert_non_null(mutant->why);
  assert_true((mutant->fate == MODEL_KILLED) == (mutant->config != NULL));
}

static struct tally mutate(const char *family, const char *name) {
  const struct model_lock *lock = model_lock_find(family, name);
  struct tally tally = {0};
  assert_non_null(lock);
  assert_int_equal(model_mutate(lock, NULL, count, &tally), 0);
  return tally;
}

static void kills_what_is_needed(void **state) {
  (void)state;
  struct tally tally = mutate("executive", "tas");
  assert_int_equal(tally.killed, 3); /* A1, A2, R1 */
  assert_int_equal(tally.justified + tally.unjustified, 0);
  tally = mutate("queued", "mcs");
  assert_int_equal(tally.killed, 8);
  assert_int_equal(tally.justified + tally.unjustified, 0);
}

/* specimen/strong.h: a test-and-set lock with three orders too strong, of
 * which it justifies two; the fourth is needed. */
static void tells_survivors_apart(void **state) {
  (void)state;
  struct tally tally = mutate("executive", "strong");
  assert_int_equal(tally.killed, 1);
  assert_int_equal(tally.justified, 2);
  assert_int_equal(tally.unjustified, 1);
  const struct model_survivor *unused =
      model_survivor_unused(model_lock_find("executive", "strong"));
  assert_non_null(unused);
  assert_non_null(strstr(unused->why, "one word too many"));
  mutate("executive", "ticket");
  assert_null(model_survivor_unused(model_lock_find("executive", "ticket")));
}

/* The site is as it was: the lock passes again. */
static void leaves_nothing_behind(void **state) {
  (void)state;
  const struct model_lock *lock = model_lock_find("executive", "tas");
  struct model_result result;
  mutate("executive", "tas");
  assert_int_equal(model_check(lock, &model_quick_configs[0], NULL, &result),
                   0);
  assert_int_equal(result.verdict, MODEL_VERIFIED);
}

static void refuses_a_broken_lock(void **state) {
  (void)state;
  struct tally tally = {0};
  assert_int_equal(
      model_mutate(model_lock_find("executive", "broken"), NULL, count, &tally),
      -EINVAL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(kills_what_is_needed),
      cmocka_unit_test(tells_survivors_apart),
      cmocka_unit_test(leaves_nothing_behind),
      cmocka_unit_test(refuses_a_broken_lock),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
