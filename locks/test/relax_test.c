/* What waiters do between two polls, without a clock. */
#include "locks/relax.h"

#include <pthread.h>
#include <string.h>

#include "locks/test/waiting.h" /* before any wait: it hooks them */

#include "locks/await.h"
#include "locks/test/unit.h"

_Thread_local waiting_flag *waiting_mine;

static void the_build_has_one_policy(void **state) {
  (void)state;
  static const char *const policies[] = {"pause", "yield", "none", "wfe",
                                         "umwait"};
  unsigned known = 0;
  for (size_t i = 0; i < sizeof policies / sizeof *policies; i++)
    known += strcmp(LOCK_RELAX_NAME, policies[i]) == 0;
  assert_int_equal(known, 1);
  if (strcmp(LOCK_RELAX_NAME, "umwait") != 0)
    assert_null(relax_lacks());
}

static void delays_are_in_proportion(void **state) {
  (void)state;
  relax_calibrate();
  assert_in_range(relax_pauses_per_1024_ns, 1, 1u << 16);
  assert_int_equal(relax_pauses(1024), relax_pauses_per_1024_ns);
  assert_int_equal(relax_pauses(10240), 10 * relax_pauses_per_1024_ns);
  assert_int_equal(relax_pauses(0), 0);
}

static void *one_random(void *unused) {
  (void)unused;
  return (void *)(uintptr_t)relax_next_random();
}

static void random_bits_differ(void **state) {
  (void)state;
  void *other;
  pthread_t thread;
  uint32_t mine = relax_next_random(), all = 0, none = UINT32_MAX;
  assert_int_equal(pthread_create(&thread, NULL, one_random, NULL), 0);
  pthread_join(thread, &other);
  assert_true((uintptr_t)other != mine);
  for (unsigned i = 0; i < 100; i++) {
    uint32_t bits = relax_next_random();
    all |= bits;
    none &= bits;
  }
  assert_int_equal(all, UINT32_MAX);
  assert_int_equal(none, 0);
}

static void backoff_doubles_up_to_its_bound(void **state) {
  (void)state;
  uint32_t bound_ns = 0, last = 0;
  await_backoff(&bound_ns);
  assert_int_equal(bound_ns, RELAX_BACKOFF_FIRST_NS);
  for (unsigned i = 0; i < 20; i++) {
    last = bound_ns;
    await_backoff(&bound_ns);
    assert_true(bound_ns == 2 * last || bound_ns == last);
  }
  assert_int_equal(bound_ns, RELAX_BACKOFF_LAST_NS);
}

/* Each wait ends when, and only when, its word says so. */
static struct {
  _Atomic uint32_t word;
  _Atomic uintptr_t pointer;
  waiting_flag waits;
  unsigned passed;
} shared;

static void *wait_in_turn(void *unused) {
  (void)unused;
  waiting_mine = &shared.waits;
  await_equal_32(&shared.word, 2, memory_order_acquire);
  shared.passed = 1;
  shared.passed += await_not_equal_32(&shared.word, 2, memory_order_acquire);
  await_equal_ptr(&shared.pointer, 7, memory_order_acquire);
  shared.passed +=
      (unsigned)await_not_equal_ptr(&shared.pointer, 7, memory_order_acquire);
  await_exchange_ptr(&shared.pointer, 0, 1, memory_order_acquire);
  await_swap_ptr(&shared.pointer, 3, 4, memory_order_acq_rel);
  await_turn_32(&shared.word, 9, memory_order_acquire);
  return NULL;
}

/* Lets the waiter wait, and then sees what it did so far. */
static void see_waiting(void) {
  waiting_see(&shared.waits);
  atomic_store(&shared.waits, 0);
}

static void lead_the_waiter(void) {
  see_waiting();
  shared.word = 1; /* not it */
  see_waiting();
  assert_int_equal(shared.passed, 0);
  shared.word = 2;
  see_waiting();
  assert_int_equal(shared.passed, 1);
  shared.word = 5;
  see_waiting();
  shared.pointer = 7;
  see_waiting();
  assert_int_equal(shared.passed, 6);
  shared.pointer = 1;
  see_waiting();
  shared.pointer = 0;
  see_waiting();
  assert_int_equal(shared.pointer, 1);
  shared.pointer = 3;
  see_waiting();
  assert_int_equal(shared.pointer, 4);
  shared.word = 9;
}

static void waits_end_when_they_should(void **state) {
  (void)state;
  pthread_t waiter;
  if (relax_lacks() != NULL)
    skip();
  assert_int_equal(pthread_create(&waiter, NULL, wait_in_turn, NULL), 0);
  lead_the_waiter();
  pthread_join(waiter, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_build_has_one_policy),
      cmocka_unit_test(delays_are_in_proportion),
      cmocka_unit_test(random_bits_differ),
      cmocka_unit_test(backoff_doubles_up_to_its_bound),
      cmocka_unit_test(waits_end_when_they_should),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
