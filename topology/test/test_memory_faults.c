/* Memory that does not lie where it was asked for, and kernels that refuse.
 * This program replaces the call that binds and the call that tells. */
#include "topology/test/check.h"

#include <errno.h>
#include <numaif.h>
#include <unistd.h>

#include "topology/machine_private.h"
#include "topology/memory.h"

static struct topology_machine *here;
static hwloc_membind_policy_t bound_policy;
static unsigned long bound_nodes; /* a bit each */
static int bind_errno;            /* what binding fails with; 0: it succeeds */
static int ask_errno;             /* what asking fails with; 0: it succeeds */
static int (*lie)(size_t i);      /* where page i is said to lie */

int hwloc_set_area_membind(hwloc_topology_t topology, const void *address,
                           size_t bytes, hwloc_const_bitmap_t set,
                           hwloc_membind_policy_t policy, int flags) {
  (void)topology;
  (void)address;
  (void)bytes;
  assert_int_equal(flags, HWLOC_MEMBIND_STRICT | HWLOC_MEMBIND_BYNODESET);
  bound_policy = policy;
  bound_nodes = hwloc_bitmap_to_ulong(set);
  errno = bind_errno;
  return bind_errno ? -1 : 0;
}

long move_pages(int process, unsigned long count, void **addresses,
                const int *nodes, int *status, int flags) {
  (void)process;
  (void)addresses;
  (void)flags;
  assert_null(nodes); /* asks, moves nothing */
  for (size_t i = 0; i < count && !ask_errno; i++)
    status[i] = lie(i);
  errno = ask_errno;
  return ask_errno ? -1 : 0;
}

/* Node 2 is home to most of these tests. */
enum { HOME = 2 };

static size_t pages; /* of a block */

static int at_home(size_t i) {
  (void)i;
  return HOME;
}

static int one_elsewhere(size_t i) {
  return i == 5 ? HOME + 1 : HOME;
}

static int one_on_no_node(size_t i) {
  return i == 5 ? 77 : HOME;
}

static int one_not_there(size_t i) {
  return i == 5 ? -ENOENT : HOME;
}

static int in_turn(size_t i) {
  return (int)(i + 3) % 4;
}

static int never_on_3(size_t i) {
  return (int)i % 3;
}

static int in_turn_but_one(size_t i) {
  return i == 5 ? in_turn(4) : in_turn(i);
}

static int alloc(int where) {
  void *block = NULL;
  size_t bytes = pages * (size_t)sysconf(_SC_PAGESIZE);
  int error = topology_memory_alloc(here, bytes, where, &block);
  assert_int_equal(!block, !!error);
  topology_memory_free(block, bytes);
  return error;
}

/* Opens a machine from a file and has it taken for this one: what the kernel
 * would have to say about it is said above. */
static void pretend(const char *xml) {
  here = must_open(NULL, xml);
  here->is_this = true;
}

static int set_up(void **state) {
  (void)state;
  bind_errno = ask_errno = 0;
  lie = at_home;
  pages = 11;
  pretend(MACHINES "/ring.xml");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  topology_machine_close(here);
  return 0;
}

static void pages_at_home_are_accepted(void **state) {
  (void)state;
  assert_int_equal(alloc(HOME), 0);
  assert_int_equal(bound_policy, HWLOC_MEMBIND_BIND);
  assert_int_equal(bound_nodes, 1 << HOME);
  lie = in_turn;
  assert_int_equal(alloc(TOPOLOGY_HOME_INTERLEAVE), 0);
  assert_int_equal(bound_policy, HWLOC_MEMBIND_INTERLEAVE);
  assert_int_equal(bound_nodes, 0xf);
}

static void pages_elsewhere_are_an_error(void **state) {
  (void)state;
  assert_int_equal(alloc(HOME + 1), -EXDEV);
  assert_int_equal(alloc(TOPOLOGY_HOME_INTERLEAVE), -EXDEV);
  lie = one_elsewhere;
  assert_int_equal(alloc(HOME), -EXDEV);
  lie = one_on_no_node;
  assert_int_equal(alloc(HOME), -EXDEV);
  lie = one_not_there;
  assert_int_equal(alloc(HOME), -ENOENT);
  lie = in_turn_but_one; /* 2 3 2 4 pages */
  assert_int_equal(alloc(TOPOLOGY_HOME_INTERLEAVE), -EXDEV);
  lie = never_on_3; /* 3 3 3 0 pages */
  pages = 9;
  assert_int_equal(alloc(TOPOLOGY_HOME_INTERLEAVE), -EXDEV);
}

static void first_is_not_verified(void **state) {
  (void)state;
  bind_errno = ask_errno = EPERM;
  assert_int_equal(alloc(TOPOLOGY_HOME_FIRST), 0);
  assert_int_equal(topology_memory_node(&here), -EPERM);
}

static void a_kernel_that_refuses_is_an_error(void **state) {
  (void)state;
  static const struct {
    int bind, ask, error;
  } refusals[] = {{EPERM, 0, -EPERM},   {0, EPERM, -EPERM},
                  {ENOSYS, 0, -ENOSYS}, {0, ENOSYS, -ENOSYS},
                  {EINVAL, 0, -ENODEV}, {ENOMEM, 0, -ENOMEM}};
  for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
    bind_errno = refusals[i].bind, ask_errno = refusals[i].ask;
    assert_int_equal(alloc(HOME), refusals[i].error);
  }
}

static void one_node_needs_no_kernel(void **state) {
  (void)state;
  topology_machine_close(here);
  pretend(MACHINES "/guest.xml");
  bind_errno = ask_errno = EPERM;
  assert_int_equal(alloc(0), 0);
  assert_int_equal(alloc(TOPOLOGY_HOME_INTERLEAVE), 0);
  bind_errno = ENOMEM;
  assert_int_equal(alloc(0), -ENOMEM);
  bind_errno = ask_errno = 0;
  assert_int_equal(alloc(0), -EXDEV); /* told that it lies on node 2 */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(pages_at_home_are_accepted), TEST(pages_elsewhere_are_an_error),
      TEST(first_is_not_verified), TEST(a_kernel_that_refuses_is_an_error),
      TEST(one_node_needs_no_kernel)};
  return cmocka_run_group_tests_name("memory faults", tests, NULL, NULL);
}
