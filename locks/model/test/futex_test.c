/* The checker's kernel: a mutex that sleeps in it passes, and one that forgets
 * to wake, or to look again before it sleeps, does not. Lock code: compiled
 * with the shim headers. */
#include "locks/test/unit.h"

#include <linux/futex.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "locks/await.h"
#include "locks/model/model.h"
#include "locks/node.h"

static _Atomic uint32_t word; /* 0 free, 1 held, 2 held and maybe waited for */
static uint64_t data;

static struct { bool forgets, marks_late, waits_on_any; } bug;

static void prepare(void *context) {
  (void)context;
  model_futex_reset();
}

static void sleep_while(uint32_t value) {
  cpu_syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, 0);
}

static void acquire(void) {
  uint32_t seen = 0;
  if (atomic_compare_exchange_strong_explicit(
          &word, &seen, 1, memory_order_acquire, memory_order_relaxed))
    return;
  uint32_t mark = bug.marks_late ? 1 : 2;
  while (atomic_exchange_explicit(&word, mark, memory_order_acquire) != 0)
    sleep_while(bug.waits_on_any
                    ? atomic_load_explicit(&word, memory_order_relaxed)
                    : mark);
}

static void release(void) {
  uint32_t before = atomic_exchange_explicit(&word, 0, memory_order_release);
  if (before == 2 && !bug.forgets)
    cpu_syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, 0);
}

static void thread(void *context, unsigned number) {
  (void)context, (void)number;
  acquire();
  node_write(data, data + 1);
  release();
}

static struct model_result explore(unsigned threads) {
  struct model_program program = {
      .threads = threads, .prepare = prepare, .thread = thread};
  struct model_result result = {0};
  assert_int_equal(model_explore(&program, NULL, &result), 0);
  if (result.verdict == MODEL_VIOLATED)
    assert_non_null(strstr(result.what, "hang"));
  free(result.trace);
  return result;
}

static void passes_a_mutex(void **state) {
  (void)state;
  memset(&bug, 0, sizeof bug);
  assert_int_equal(explore(2).verdict, MODEL_VERIFIED);
  assert_int_equal(explore(3).verdict, MODEL_VERIFIED);
}

static void finds_lost_wake_ups(void **state) {
  (void)state;
  memset(&bug, 0, sizeof bug);
  bug.forgets = true;
  assert_int_equal(explore(2).verdict, MODEL_VIOLATED);
  bug.forgets = false;
  bug.marks_late = true;
  assert_int_equal(explore(2).verdict, MODEL_VIOLATED);
  bug.marks_late = false;
  bug.waits_on_any = true;
  assert_int_equal(explore(3).verdict, MODEL_VIOLATED);
}

static void call_another(void *context, unsigned number) {
  (void)context, (void)number;
  cpu_syscall(SYS_getpid, 0, 0, 0, 0);
}

static void knows_no_other_call(void **state) {
  struct model_program program = {.threads = 1, .thread = call_another};
  struct model_result result = {0};
  (void)state;
  assert_int_equal(model_explore(&program, NULL, &result), 0);
  assert_int_equal(result.verdict, MODEL_VIOLATED);
  assert_non_null(strstr(result.what, "system call"));
  free(result.trace);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(passes_a_mutex),
      cmocka_unit_test(finds_lost_wake_ups),
      cmocka_unit_test(knows_no_other_call),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
