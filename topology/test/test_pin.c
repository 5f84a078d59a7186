/* Pinning on the real machine. A machine that allows one CPU has no wrong CPU
 * to be on, so the tests that need one are skipped there. */
#include "topology/test/check.h"

#include <errno.h>
#include <stdlib.h>

#include "topology/memory.h"
#include "topology/pin.h"

static struct topology_machine *here;

static int open_here(void **state) {
  (void)state;
  here = must_open(NULL, NULL);
  return 0;
}

static int close_here(void **state) {
  (void)state;
  topology_machine_close(here);
  return 0;
}

/* Asks, on the thread itself, whether it is on the CPU in `arg`. */
static void *ask(void *arg) {
  unsigned cpu = *(unsigned *)arg;
  return (void *)(intptr_t)topology_pin_check(cpu);
}

static int create_and_ask(unsigned pinned_to, unsigned asked_for) {
  pthread_t thread;
  void *answer;
  assert_int_equal(topology_thread_create(here, pinned_to, NULL, 0, &thread,
                                          ask, &asked_for),
                   0);
  pthread_join(thread, &answer);
  return (int)(intptr_t)answer;
}

static void every_cpu_gets_its_thread(void **state) {
  (void)state;
  for (size_t i = 0; i < topology_cpu_count(here); i++) {
    unsigned cpu = topology_cpu_at(here, i)->os;
    assert_int_equal(create_and_ask(cpu, cpu), 0);
  }
}

static void a_thread_elsewhere_is_noticed(void **state) {
  (void)state;
  if (topology_cpu_count(here) < 2)
    skip();
  unsigned a = topology_cpu_at(here, 0)->os, b = topology_cpu_at(here, 1)->os;
  assert_int_equal(create_and_ask(a, b), -EXDEV);
  assert_int_equal(create_and_ask(b, a), -EXDEV);
}

static void a_free_thread_is_noticed(void **state) {
  (void)state;
  if (topology_cpu_count(here) < 2)
    skip();
  assert_int_equal(topology_pin_check((unsigned)sched_getcpu()), -EXDEV);
}

static void a_thread_may_bring_its_stack(void **state) {
  (void)state;
  enum { STACK = 2 << 20 }; /* ThreadSanitizer keeps much on a stack */
  unsigned cpu = topology_cpu_at(here, 0)->os;
  void *stack, *answer;
  pthread_t thread;
  assert_int_equal(
      topology_memory_alloc(here, STACK, TOPOLOGY_HOME_FIRST, &stack), 0);
  assert_int_equal(
      topology_thread_create(here, cpu, stack, STACK, &thread, ask, &cpu), 0);
  pthread_join(thread, &answer);
  assert_ptr_equal(answer, NULL);
  assert_int_equal(
      topology_thread_create(here, cpu, stack, 1, &thread, ask, &cpu), -EINVAL);
  topology_memory_free(stack, STACK);
}

static void the_caller_moves_and_comes_back(void **state) {
  (void)state;
  struct topology_mask before = {0}, previous, after = {0};
  assert_int_equal(sched_getaffinity(0, sizeof before, before.sets), 0);
  for (size_t i = 0; i < topology_cpu_count(here); i++) {
    unsigned cpu = topology_cpu_at(here, i)->os;
    assert_int_equal(topology_pin_self(here, cpu, &previous), 0);
    assert_int_equal(topology_pin_check(cpu), 0);
    assert_memory_equal(&previous, &before, sizeof before);
    assert_int_equal(topology_pin_restore(&previous), 0);
    assert_int_equal(sched_getaffinity(0, sizeof after, after.sets), 0);
    assert_memory_equal(&after, &before, sizeof before);
  }
}

static void only_cpus_that_exist_are_pinned_on(void **state) {
  (void)state;
  struct topology_mask previous;
  pthread_t thread;
  char why[256];
  assert_int_equal(
      topology_thread_create(here, 1000000, NULL, 0, &thread, ask, NULL),
      -ENODEV);
  assert_int_equal(topology_pin_self(here, 1000000, &previous), -ENODEV);
  topology_pin_why(-ENODEV, 1000000, why, sizeof why);
  assert_says(why, "CPU 1000000: it is not on this machine");
}

static void other_machines_are_not_pinned_on(void **state) {
  (void)state;
  struct topology_machine *other = must_open("core:2 pu:1", NULL);
  struct topology_mask previous;
  pthread_t thread;
  char why[256];
  setenv("HWLOC_THISSYSTEM", "1", 1); /* hwloc would then bind after all */
  assert_int_equal(
      topology_thread_create(other, 0, NULL, 0, &thread, ask, NULL), -ENOTSUP);
  assert_int_equal(topology_pin_self(other, 0, &previous), -ENOTSUP);
  unsetenv("HWLOC_THISSYSTEM");
  topology_pin_why(-ENOTSUP, 0, why, sizeof why);
  assert_says(why, "CPU 0: the machine is not this one; it should be");
  topology_machine_close(other);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_cpu_gets_its_thread),
      cmocka_unit_test(a_thread_elsewhere_is_noticed),
      cmocka_unit_test(a_free_thread_is_noticed),
      cmocka_unit_test(a_thread_may_bring_its_stack),
      cmocka_unit_test(the_caller_moves_and_comes_back),
      cmocka_unit_test(only_cpus_that_exist_are_pinned_on),
      cmocka_unit_test(other_machines_are_not_pinned_on)};
  return cmocka_run_group_tests_name("pin", tests, open_here, close_here);
}
