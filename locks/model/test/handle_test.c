/* Memory that lives and dies: a handle on a stack that others are told of. The
 * programs here are lock code: compiled with the shim headers. */
#include "locks/test/unit.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "locks/await.h"
#include "locks/model/model.h"

static struct { _Atomic uintptr_t flag; } handle;
static _Atomic uintptr_t shared;

typedef void body(void *context, unsigned number);

static struct model_result explore(body *thread) {
  struct model_program program = {.threads = 2, .thread = thread};
  struct model_result result = {0};
  assert_int_equal(model_explore(&program, NULL, &result), 0);
  free(result.trace);
  return result;
}

static void assert_violation(body *thread, const char *what) {
  struct model_result result = explore(thread);
  assert_int_equal(result.verdict, MODEL_VIOLATED);
  if (!strstr(result.what, what))
    print_message("%s\n", result.what);
  assert_non_null(strstr(result.what, what));
}

static void assert_verified(body *thread) {
  struct model_result result = explore(thread);
  assert_string_equal(result.what, "");
  assert_int_equal(result.verdict, MODEL_VERIFIED);
}

/* T0 lends its handle to T1, and waits for its word before it dies. */
static void lend(unsigned number, memory_order lent, memory_order returned,
                 memory_order seen) {
  if (number == 0) {
    model_birth(&handle, sizeof handle);
    atomic_store_explicit(&handle.flag, 1, memory_order_relaxed);
    atomic_store_explicit(&shared, 1, lent);
    await_equal_ptr(&shared, 2, seen);
    model_death(&handle);
  } else {
    await_equal_ptr(&shared, 1, memory_order_acquire);
    model_claim(atomic_load_explicit(&handle.flag, memory_order_relaxed) == 1,
                "reads its flag");
    atomic_store_explicit(&shared, 2, returned);
  }
}

static void well(void *context, unsigned number) {
  (void)context;
  lend(number, memory_order_release, memory_order_release,
       memory_order_acquire);
}

static void lent_relaxed(void *context, unsigned number) {
  (void)context;
  lend(number, memory_order_relaxed, memory_order_release,
       memory_order_acquire);
}

static void returned_relaxed(void *context, unsigned number) {
  (void)context;
  lend(number, memory_order_release, memory_order_relaxed,
       memory_order_acquire);
}

static void seen_relaxed(void *context, unsigned number) {
  (void)context;
  lend(number, memory_order_release, memory_order_release,
       memory_order_relaxed);
}

static void uses_are_ordered(void **state) {
  (void)state;
  assert_verified(well);
  assert_violation(lent_relaxed, "unordered with its birth");
  assert_violation(returned_relaxed, "dies while T1's access");
  assert_violation(seen_relaxed, "dies while T1's access");
}

/* T1 holds on to the handle. */
static void held_on(void *context, unsigned number) {
  well(context, number);
  if (number == 1)
    atomic_store_explicit(&handle.flag, 2, memory_order_relaxed);
}

static void after_its_own_death(void *context, unsigned number) {
  (void)context;
  if (number == 1)
    return;
  model_birth(&handle, sizeof handle);
  model_death(&handle);
  atomic_store_explicit(&handle.flag, 2, memory_order_relaxed);
}

static void ends_with_the_death(void **state) {
  (void)state;
  assert_violation(held_on, "T1's access");
  assert_violation(after_its_own_death, "which is dead");
}

static void never_written(void *context, unsigned number) {
  (void)context;
  if (number == 1)
    return;
  model_birth(&handle, sizeof handle);
  (void)atomic_load_explicit(&handle.flag, memory_order_relaxed);
}

/* What one life left is not there in the next. */
static void of_another_life(void *context, unsigned number) {
  (void)context;
  if (number == 1)
    return;
  model_birth(&handle, sizeof handle);
  atomic_store_explicit(&handle.flag, 1, memory_order_relaxed);
  model_death(&handle);
  model_birth(&handle, sizeof handle);
  (void)atomic_load_explicit(&handle.flag, memory_order_relaxed);
}

static void begins_with_no_value(void **state) {
  (void)state;
  assert_violation(never_written, "nobody has written since its birth");
  assert_violation(of_another_life, "nobody has written since its birth");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(uses_are_ordered),
      cmocka_unit_test(ends_with_the_death),
      cmocka_unit_test(begins_with_no_value),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
