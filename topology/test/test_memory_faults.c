/* Memory that does not lie where it was asked for, and kernels that refuse.
 * This program replaces the call that binds and the call that tells. */
#include "topology/test/check.h"

#include <errno.h>
#include <hwloc.h>
#include <numa.h>
#include <numaif.h>
#include <unistd.h>

#include "topology/memory.h"

static struct topology_machine *here;
static int bind_errno;       /* what binding fails with; 0: it succeeds */
static int ask_errno;        /* what asking fails with; 0: it succeeds */
static int (*lie)(size_t i); /* where page i is said to lie */

int hwloc_set_area_membind(hwloc_topology_t topology, const void *address,
                           size_t bytes, hwloc_const_bitmap_t set,
                           hwloc_membind_policy_t policy, int flags) {
  (void)topology;
  (void)address;
  (void)bytes;
  (void)set;
  (void)policy;
  (void)flags;
  errno = bind_errno;
  return bind_errno ? -1 : 0;
}

long move_pages(int process, unsigned long count, void **pages,
                const int *nodes, int *status, int flags) {
  (void)process;
  (void)pages;
  (void)flags;
  assert_null(nodes); /* asks, moves nothing */
  for (unsigned long i = 0; i < count && !ask_errno; i++)
    status[i] = lie(i);
  errno = ask_errno;
  return ask_errno ? -1 : 0;
}

static int home(void) {
  return (int)topology_node_at(here, 0)->os;
}

static int at_home(size_t i) {
  (void)i;
  return home();
}

static int all_elsewhere(size_t i) {
  (void)i;
  return home() + 1;
}

static int last_elsewhere(size_t i) {
  return i == 2 ? home() + 1 : home();
}

static int last_not_there(size_t i) {
  return i == 2 ? -ENOENT : home();
}

static int alloc(int where) {
  void *block = NULL;
  size_t bytes = 3 * (size_t)sysconf(_SC_PAGESIZE);
  int error = topology_memory_alloc(here, bytes, where, &block);
  assert_int_equal(!block, !!error);
  topology_memory_free(block, bytes);
  return error;
}

static int reset(void **state) {
  (void)state;
  bind_errno = ask_errno = 0;
  lie = at_home;
  return 0;
}

static void pages_at_home_are_accepted(void **state) {
  (void)state;
  assert_int_equal(alloc(home()), 0);
}

static void pages_elsewhere_are_an_error(void **state) {
  (void)state;
  lie = all_elsewhere;
  assert_int_equal(alloc(home()), -EXDEV);
  assert_int_equal(alloc(TOPOLOGY_HOME_INTERLEAVE), -EXDEV);
  lie = last_elsewhere;
  assert_int_equal(alloc(home()), -EXDEV);
  lie = last_not_there;
  assert_int_equal(alloc(home()), -ENOENT);
}

static void first_is_not_verified(void **state) {
  (void)state;
  bind_errno = ask_errno = EPERM;
  assert_int_equal(alloc(TOPOLOGY_HOME_FIRST), 0);
  assert_int_equal(topology_memory_node(&here), -EPERM);
}

/* Only a machine with one node can do without the kernel's word. */
static void a_kernel_that_refuses_is_an_error(void **state) {
  (void)state;
  static const int refusals[] = {EPERM, ENOSYS};
  bool one_node = numa_num_configured_nodes() == 1;
  for (size_t i = 0; i < 2; i++) {
    int expected = one_node ? 0 : -refusals[i];
    bind_errno = refusals[i], ask_errno = 0;
    assert_int_equal(alloc(home()), expected);
    bind_errno = 0, ask_errno = refusals[i];
    assert_int_equal(alloc(home()), expected);
  }
  bind_errno = EIO, ask_errno = 0;
  assert_int_equal(alloc(home()), -EIO);
  bind_errno = EINVAL;
  assert_int_equal(alloc(home()), -ENODEV);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(pages_at_home_are_accepted, reset),
      cmocka_unit_test_setup(pages_elsewhere_are_an_error, reset),
      cmocka_unit_test_setup(first_is_not_verified, reset),
      cmocka_unit_test_setup(a_kernel_that_refuses_is_an_error, reset)};
  here = must_open(NULL, NULL);
  int failed = cmocka_run_group_tests_name("memory faults", tests, NULL, NULL);
  topology_machine_close(here);
  return failed;
}
