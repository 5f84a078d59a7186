/* Memory on the real machine, and homes in words. In a container whose kernel
 * does not say where pages lie, what needs to know is skipped. */
#include "topology/test/check.h"

#include <errno.h>
#include <unistd.h>

#include "topology/memory.h"
#include "topology/pin.h"

enum { PAGES = 1030 }; /* more than is asked about in one call */

static struct topology_machine *here;
static size_t page;
static bool told; /* whether the kernel says where pages lie */

static int open_here(void **state) {
  (void)state;
  here = must_open(NULL, NULL);
  page = (size_t)sysconf(_SC_PAGESIZE);
  told = topology_memory_node(&page) >= 0;
  return 0;
}

static int close_here(void **state) {
  (void)state;
  topology_machine_close(here);
  return 0;
}

static void assert_zero(const char *block, size_t bytes) {
  assert_int_equal((uintptr_t)block % page, 0);
  for (size_t i = 0; i < bytes; i++)
    if (block[i])
      fail_msg("byte %zu is not zero", i);
}

static void every_node_holds_what_is_its(void **state) {
  (void)state;
  if (!told)
    skip();
  for (size_t i = 0; i < topology_node_count(here); i++) {
    const struct topology_node *node = topology_node_at(here, i);
    char *block;
    if (!node->bytes && topology_node_count(here) > 1)
      continue;
    assert_int_equal(topology_memory_alloc(here, PAGES * page, (int)node->os,
                                           (void **)&block),
                     0);
    assert_zero(block, PAGES * page);
    for (size_t at = 0; at < PAGES * page; at += page / 2)
      assert_int_equal(topology_memory_node(block + at), node->os);
    topology_memory_free(block, PAGES * page);
  }
}

static void interleaved_pages_take_turns(void **state) {
  (void)state;
  if (!told)
    skip();
  size_t nodes = 0;
  char *block;
  for (size_t i = 0; i < topology_node_count(here); i++)
    nodes += topology_node_at(here, i)->bytes > 0;
  assert_int_equal(topology_memory_alloc(here, PAGES * page,
                                         TOPOLOGY_HOME_INTERLEAVE,
                                         (void **)&block),
                   0);
  assert_zero(block, PAGES * page);
  nodes += nodes == 0; /* hwloc does not know how much the one has */
  for (size_t i = nodes; i < PAGES; i++)
    assert_int_equal(topology_memory_node(block + i * page),
                     topology_memory_node(block + (i - nodes) * page));
  if (nodes > 1)
    assert_int_not_equal(topology_memory_node(block),
                         topology_memory_node(block + page));
  topology_memory_free(block, PAGES * page);
}

static void first_is_where_the_caller_runs(void **state) {
  (void)state;
  if (!told)
    skip();
  struct topology_mask previous;
  for (size_t i = 0; i < topology_cpu_count(here); i++) {
    const struct topology_cpu *cpu = topology_cpu_at(here, i);
    char *block;
    assert_int_equal(topology_pin_self(here, cpu->os, &previous), 0);
    int error =
        topology_memory_alloc(here, 1, TOPOLOGY_HOME_FIRST, (void **)&block);
    assert_int_equal(topology_pin_restore(&previous), 0);
    assert_int_equal(error, 0);
    assert_zero(block, page);
    const struct topology_node *node = topology_node_find(here, cpu->node);
    if (node && node->bytes)
      assert_int_equal(topology_memory_node(block), node->os);
    topology_memory_free(block, 1);
  }
}

static void refuses_what_cannot_be(void **state) {
  (void)state;
  struct topology_machine *other = must_open("core:2 pu:1", NULL);
  void *block = &here;
  char why[256];
  assert_int_equal(topology_memory_alloc(here, page, 4000, &block), -ENODEV);
  assert_int_equal(
      topology_memory_alloc(here, page, (int)TOPOLOGY_NO_NODE, &block),
      -ENODEV);
  assert_int_equal(topology_memory_alloc(here, 0, 0, &block), -EINVAL);
  assert_int_equal(topology_memory_alloc(here, SIZE_MAX, 0, &block), -EINVAL);
  assert_int_equal(topology_memory_alloc(other, page, 0, &block), -ENOTSUP);
  assert_int_equal(
      topology_memory_alloc(other, page, TOPOLOGY_HOME_FIRST, &block),
      -ENOTSUP);
  assert_ptr_equal(block, &here);
  topology_memory_why(-ENODEV, 4000, why, sizeof why);
  assert_says(why, "home 4000: no such node");
  topology_memory_why(-ENOTSUP, TOPOLOGY_HOME_FIRST, why, sizeof why);
  assert_says(why, "home first: the machine is not this one");
  topology_machine_close(other);
}

static void a_page_that_is_not_there_has_no_node(void **state) {
  (void)state;
  assert_in_range(-topology_memory_node((void *)(16 * page)), 1, 4095);
}

static void homes_are_read_as_written(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int home;
  } homes[] = {{"0", 0},
               {"8", 8},
               {"first", TOPOLOGY_HOME_FIRST},
               {"interleave", TOPOLOGY_HOME_INTERLEAVE},
               {"remote", TOPOLOGY_HOME_REMOTE},
               {"third", TOPOLOGY_HOME_THIRD}};
  static const char *const bad[] = {"",   "1",  "08",    "-1",
                                    "+8", "8 ", "First", "80000000000"};
  struct topology_machine *m = must_open(NULL, MACHINES "/sparse.xml");
  char why[256], name[TOPOLOGY_HOME_NAME_SIZE];
  int home = 77;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_int_equal(topology_home_parse(m, bad[i], &home, why, sizeof why),
                     -EINVAL);
    assert_says(why, "no such home; it should be one of 0 8 first interleave "
                     "remote third local");
    assert_int_equal(home, 77);
  }
  for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
    assert_int_equal(
        topology_home_parse(m, homes[i].text, &home, why, sizeof why), 0);
    assert_int_equal(home, homes[i].home);
    topology_home_name(home, name, sizeof name);
    assert_string_equal(name, homes[i].text);
  }
  assert_int_equal(topology_home_parse(m, "local", &home, why, sizeof why), 0);
  assert_int_equal(home, TOPOLOGY_HOME_FIRST);
  topology_machine_close(m);
}

/* Whether there is a huge page here is the administrator's affair: the block is
 * zero, at home and freed in either case. */
static void a_block_may_be_one_huge_page(void **state) {
  (void)state;
  const struct topology_machine *m = here;
  const int home = (int)topology_node_at(m, 0)->os;
  unsigned char *block;
  bool huge;
  int error = topology_memory_alloc_huge(m, 9000, home, (void **)&block, &huge);
  if (error == -EPERM || error == -ENOSYS)
    skip();
  assert_int_equal(error, 0);
  for (size_t i = 0; i < 9000; i++)
    assert_int_equal(block[i], 0);
  assert_true(!huge || ((uintptr_t)block & ((1 << 21) - 1)) == 0);
  block[8999] = 1;
  topology_memory_free_huge(block, 9000, huge);
  error = topology_memory_alloc_huge(m, 9000, TOPOLOGY_HOME_FIRST,
                                     (void **)&block, &huge);
  assert_int_equal(error, 0);
  assert_false(huge);
  topology_memory_free_huge(block, 9000, huge);
  assert_int_equal(
      topology_memory_alloc_huge(m, 0, home, (void **)&block, &huge), -EINVAL);
}

static int node_for(const struct topology_machine *m, int home, unsigned a,
                    unsigned b) {
  int node = 77;
  int error = topology_home_resolve(m, home, (unsigned[]){a, b}, 2, &node);
  assert_true(error ? error == -ENODEV && node == 77 : node != 77);
  return error ? error : node;
}

/* The ring has 16 to neighbours 1 and 2 of node 0, and 22 across to 3. */
static void roles_become_nodes(void **state) {
  (void)state;
  struct topology_machine *m = must_open(NULL, MACHINES "/ring.xml");
  assert_int_equal(node_for(m, TOPOLOGY_HOME_REMOTE, 0, 12), 3);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_REMOTE, 12, 0), 0);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_REMOTE, 0, 1), -ENODEV);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_THIRD, 0, 1), 1);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_THIRD, 0, 4), 2);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_THIRD, 4, 0), 3);
  assert_int_equal(node_for(m, 2, 0, 4), 2);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_FIRST, 0, 4), TOPOLOGY_HOME_FIRST);
  topology_machine_close(m);
  m = must_open("package:2 numa:1 core:2 pu:1", NULL);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_REMOTE, 0, 2), 1);
  assert_int_equal(node_for(m, TOPOLOGY_HOME_THIRD, 0, 2), -ENODEV);
  topology_machine_close(m);
  m = must_open(NULL, MACHINES "/cpuless.xml");
  assert_int_equal(node_for(m, TOPOLOGY_HOME_THIRD, 0, 2), 2);
  topology_machine_close(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_node_holds_what_is_its),
      cmocka_unit_test(interleaved_pages_take_turns),
      cmocka_unit_test(first_is_where_the_caller_runs),
      cmocka_unit_test(refuses_what_cannot_be),
      cmocka_unit_test(a_page_that_is_not_there_has_no_node),
      cmocka_unit_test(homes_are_read_as_written),
      cmocka_unit_test(roles_become_nodes),
      cmocka_unit_test(a_block_may_be_one_huge_page)};
  return cmocka_run_group_tests_name("memory", tests, open_here, close_here);
}
