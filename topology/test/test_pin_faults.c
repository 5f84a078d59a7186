/* Pins that do not take. This program replaces the two calls that bind with
 * ones that claim success and do nothing; the room must notice. */
#include "topology/test/check.h"

#include <errno.h>
#include <hwloc.h>

#include "topology/pin.h"

int pthread_attr_setaffinity_np(pthread_attr_t *attributes, size_t size,
                                const cpu_set_t *set) {
  (void)attributes;
  (void)size;
  (void)set;
  return 0;
}

int hwloc_set_cpubind(hwloc_topology_t topology, hwloc_const_cpuset_t set,
                      int flags) {
  (void)topology;
  (void)set;
  (void)flags;
  return 0;
}

static void *must_not_start(void *arg) {
  *(bool *)arg = true;
  return NULL;
}

static void a_thread_that_is_not_pinned_does_not_start(void **state) {
  struct topology_machine *m = *state;
  bool started = false;
  pthread_t thread;
  char why[256];
  for (size_t i = 0; i < topology_cpu_count(m); i++) {
    unsigned cpu = topology_cpu_at(m, i)->os;
    assert_int_equal(topology_thread_create(m, cpu, NULL, 0, &thread,
                                            must_not_start, &started),
                     -EXDEV);
    assert_false(started);
  }
  topology_pin_why(-EXDEV, 3, why, sizeof why);
  assert_says(why, "CPU 3: the pin did not take");
}

static void a_caller_that_did_not_move_is_told(void **state) {
  struct topology_machine *m = *state;
  struct topology_mask before = {0}, after = {0}, untouched = {0};
  assert_int_equal(sched_getaffinity(0, sizeof before, before.sets), 0);
  assert_int_equal(topology_pin_self(m, topology_cpu_at(m, 0)->os, &untouched),
                   -EXDEV);
  assert_int_equal(CPU_COUNT_S(sizeof untouched, untouched.sets), 0);
  assert_int_equal(sched_getaffinity(0, sizeof after, after.sets), 0);
  assert_memory_equal(&after, &before, sizeof before);
}

int main(void) {
  enum { MESON_SKIP = 77 };
  struct topology_machine *m = must_open(NULL, NULL);
  if (topology_cpu_count(m) < 2) {
    topology_machine_close(m);
    return MESON_SKIP; /* every thread is where it should be */
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_prestate(a_thread_that_is_not_pinned_does_not_start, m),
      cmocka_unit_test_prestate(a_caller_that_did_not_move_is_told, m)};
  int failed = cmocka_run_group_tests_name("pin faults", tests, NULL, NULL);
  topology_machine_close(m);
  return failed;
}
