/* What ends an execution as a violation, and what does not. The programs here
 * are lock code: this file is compiled with the shim headers. */
#include "locks/test/unit.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "locks/await.h"
#include "locks/model/model.h"
#include "locks/node.h"

static _Atomic uint32_t x, y;
static union {
  _Atomic uint64_t whole;
  _Atomic uint32_t half[2];
} both;
static uint64_t plain;

#define LOAD(at, order) atomic_load_explicit(&(at), memory_order_##order)
#define STORE(at, value, order)                                                \
  atomic_store_explicit(&(at), value, memory_order_##order)

typedef void body(void *context, unsigned number);

static struct model_result explore(body *thread, const struct model_search *how,
                                   int expected) {
  struct model_program program = {.threads = 2, .thread = thread};
  struct model_result result = {0};
  assert_int_equal(model_explore(&program, how, &result), expected);
  return result;
}

/* @return the trace, for a violation that says `what` */
static char *violation(body *thread, const char *what) {
  struct model_result result = explore(thread, NULL, 0);
  assert_int_equal(result.verdict, MODEL_VIOLATED);
  assert_non_null(strstr(result.what, what));
  assert_non_null(strstr(result.trace, what));
  return result.trace;
}

static void assert_violation(body *thread, const char *what) {
  free(violation(thread, what));
}

static uint64_t verified(body *thread) {
  struct model_result result = explore(thread, NULL, 0);
  if (result.trace)
    print_message("%s", result.trace);
  assert_int_equal(result.verdict, MODEL_VERIFIED);
  return result.executions;
}

static void wake(void *context, unsigned number) {
  (void)context;
  if (number == 0)
    STORE(x, 1, relaxed);
  else
    await_equal_32(&x, 1, memory_order_relaxed);
}

/* The waiter may look only when the pulse is over. */
static void pulse(void *context, unsigned number) {
  (void)context;
  wake(context, number);
  if (number == 0)
    STORE(x, 0, relaxed);
}

static void loop(void *context, unsigned number) {
  (void)context;
  if (number == 0)
    STORE(x, 1, relaxed);
  while (number == 1 && LOAD(x, relaxed) != 1)
    cpu_pause();
}

static void loop_on_two(void *context, unsigned number) {
  (void)context;
  if (number == 0) {
    STORE(x, 1, relaxed);
    STORE(y, 1, relaxed);
  }
  while (number == 1 && LOAD(x, relaxed) + LOAD(y, relaxed) != 2)
    cpu_pause();
}

static void loop_for_ever(void *context, unsigned number) {
  (void)context;
  while (number == 1 && LOAD(x, relaxed) != 1)
    cpu_pause();
}

static void spin_exchanging(void *context, unsigned number) {
  (void)context, (void)number;
  while (atomic_exchange_explicit(&x, 1, memory_order_acquire) != 0)
    cpu_pause();
  STORE(x, 0, release);
}

static void spin_without_pause(void *context, unsigned number) {
  (void)context;
  while (number == 1 && LOAD(x, relaxed) != 1)
    ;
}

static void waits_end(void **state) {
  (void)state;
  assert_int_equal(verified(wake), 1);
  assert_int_equal(verified(loop), 2); /* sees the store at once, or later */
  assert_int_equal(verified(spin_exchanging), 4);
  assert_true(verified(loop_on_two) >= 4);
  assert_violation(pulse, "hang: nobody will wake T1");
  assert_violation(loop_for_ever, "hang: nobody will wake T1");
  assert_violation(spin_without_pause, "no end after 1000 events");
}

static void mixed(void *context, unsigned number) {
  (void)context;
  if (number == 0)
    STORE(both.whole, 1, relaxed);
  else
    STORE(both.half[1], 1, relaxed);
}

static void refuses_mixed_sizes(void **state) {
  (void)state;
  assert_violation(mixed, "mixed sizes");
}

static void race(void *context, unsigned number) {
  (void)context;
  if (number == 0) {
    node_write(plain, 1);
    STORE(x, 1, relaxed);
  } else if (LOAD(x, acquire) == 1) {
    (void)node_read(plain);
  }
}

static void no_race(void *context, unsigned number) {
  (void)context;
  if (number == 0) {
    node_write(plain, 1);
    STORE(x, 1, release);
  } else if (LOAD(x, acquire) == 1) {
    (void)node_read(plain);
  }
}

static void read_then_write(void *context, unsigned number) {
  (void)context;
  if (number == 0) {
    (void)node_read(plain);
    STORE(x, 1, relaxed);
  } else {
    await_equal_32(&x, 1, memory_order_acquire);
    node_write(plain, 1);
  }
}

static void two_readers(void *context, unsigned number) {
  (void)context, (void)number;
  (void)node_read(plain);
}

static void finds_races(void **state) {
  (void)state;
  assert_violation(race, "race on plain memory: T1 reads and T0 writes");
  assert_violation(read_then_write, "race on plain memory: T1 writes and T0 r");
  assert_int_equal(verified(no_race), 2);
  assert_int_equal(verified(two_readers), 1);
}

/* Another value each time it is run. */
static void fickle(void *context, unsigned number) {
  static uint32_t runs;
  (void)context;
  if (number == 0)
    STORE(x, 1, relaxed);
  else if (runs++ % 2 == 0)
    (void)LOAD(x, relaxed);
  (void)LOAD(y, relaxed);
}

static void many_locations(void *context, unsigned number) {
  static _Atomic uint32_t many[1000];
  (void)context, (void)number;
  for (unsigned i = 0; i < 1000; i++)
    STORE(many[i], 1, relaxed);
}

static void says_what_it_cannot_check(void **state) {
  struct model_program program = {.threads = 0, .thread = wake};
  struct model_result result = {.executions = 77};
  (void)state;
  assert_int_equal(model_explore(&program, NULL, &result), -EINVAL);
  program.threads = MODEL_PROGRAM_THREADS + 1;
  assert_int_equal(model_explore(&program, NULL, &result), -EINVAL);
  assert_int_equal(result.executions, 77);
  explore(fickle, NULL, -EBADMSG);
  explore(many_locations, NULL, -EOVERFLOW);
}

/* Wrong only if the other thread comes between the two updates. */
static void lost_update(void *context, unsigned number) {
  (void)context, (void)number;
  uint32_t seen = atomic_fetch_add_explicit(&x, 0, memory_order_relaxed);
  uint32_t before =
      atomic_exchange_explicit(&x, seen + 1, memory_order_relaxed);
  model_claim(before == seen, "an update was lost");
}

static void searches_a_part(void **state) {
  struct model_search none = {.bound = 0}, one = {.bound = 1};
  struct model_search luck = {.bound = -1, .random = 1000, .seed = 1};
  struct model_search few = {.bound = -1, .limit = 1};
  struct model_result result;
  (void)state;
  assert_int_equal(explore(lost_update, &none, 0).verdict, MODEL_BOUNDED);
  result = explore(lost_update, &one, 0);
  assert_int_equal(result.verdict, MODEL_VIOLATED);
  free(result.trace);
  result = explore(lost_update, &luck, 0);
  assert_int_equal(result.verdict, MODEL_VIOLATED);
  free(result.trace);
  assert_int_equal(explore(no_race, &few, 0).verdict, MODEL_BOUNDED);
  luck.random = 10;
  result = explore(no_race, &luck, 0);
  assert_int_equal(result.verdict, MODEL_BOUNDED);
  assert_int_equal(result.executions, 10);
  assert_violation(lost_update, "an update was lost");
}

static void stale(void *context, unsigned number) {
  (void)context;
  if (number == 0) {
    STORE(x, 41, relaxed);
    STORE(x, 42, relaxed);
    STORE(y, 1, relaxed);
  } else {
    await_equal_32(&y, 1, memory_order_relaxed);
    model_claim(LOAD(x, acquire) != 41, "it is 41");
  }
}

static void explains_itself(void **state) {
  (void)state;
  char *trace = violation(stale, "it is 41");
  assert_non_null(strstr(trace, "machine_test.c:"));
  assert_non_null(strstr(trace, "store relaxed &(x) = 41"));
  assert_non_null(strstr(trace, "load acquire &(x): 41, from #"));
  assert_non_null(strstr(trace, "(stale: #"));
  free(trace);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(waits_end),
      cmocka_unit_test(refuses_mixed_sizes),
      cmocka_unit_test(finds_races),
      cmocka_unit_test(says_what_it_cannot_check),
      cmocka_unit_test(searches_a_part),
      cmocka_unit_test(explains_itself),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
