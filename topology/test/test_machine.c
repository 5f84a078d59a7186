/* Machines: sources, what is allowed, levels. */
#include "topology/test/check.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

static const struct {
  const char *synthetic, *xml;
  int error;
  const char *words;
} bad_sources[] = {
    {"foo:3", NULL, -EINVAL, "'foo:3': hwloc cannot read it; it should be"},
    {"99999999", NULL, -E2BIG, "too large; it should have at most 8192 CPUs"},
    {"numa:3 core:4096(indexes=core:2) pu:1", NULL, -E2BIG, "too large"},
    {"", NULL, -EINVAL, "hwloc cannot read it; it should be"},
    {NULL, "/no/such/file", -ENOENT, "/no/such/file: No such file"},
    {NULL, "/", -EINVAL, "/: hwloc cannot read it; it should be"},
    {NULL, "/dev/null", -EINVAL, "/dev/null: hwloc cannot read it"},
    {NULL, MACHINES "/README.md", -EINVAL, "README.md: hwloc cannot read it"},
    {"pu:2", "ring.xml", -EINVAL, "both given; it should be one of them"}};

static void refuses_bad_sources(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof bad_sources / sizeof *bad_sources; i++) {
    const char *synthetic = bad_sources[i].synthetic, *xml = bad_sources[i].xml;
    char why[256];
    struct topology_machine *untouched = (void *)&why, *m = untouched;
    int error = topology_machine_open(synthetic, xml, &m);
    assert_int_equal(error, bad_sources[i].error);
    assert_ptr_equal(m, untouched);
    topology_machine_why(error, synthetic, xml, why, sizeof why);
    assert_says(why, bad_sources[i].words);
  }
}

static void refuses_an_environment_that_lies(void **state) {
  (void)state;
  static const char *const lies[][2] = {{"HWLOC_SYNTHETIC", "core:8 pu:2"},
                                        {"HWLOC_XMLFILE", "/no/such/file"},
                                        {"HWLOC_FSROOT", "/"},
                                        {"HWLOC_CPUID_PATH", "/"},
                                        {"HWLOC_THISSYSTEM", "1"}};
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    struct topology_machine *m;
    char why[256];
    setenv(lies[i][0], lies[i][1], 1);
    int error = topology_machine_open(NULL, NULL, &m);
    assert_int_equal(error, -EPERM);
    topology_machine_why(error, NULL, NULL, why, sizeof why);
    assert_says(why, lies[i][0]);
    m = must_open("pu:3", NULL); /* a source that is named is believed */
    assert_int_equal(topology_cpu_count(m), 3);
    assert_false(topology_machine_is_this(m));
    topology_machine_close(m);
    unsetenv(lies[i][0]);
  }
}

static void lists_the_inherited_mask(void **state) {
  (void)state;
  cpu_set_t mask;
  if (sched_getaffinity(0, sizeof mask, &mask))
    skip(); /* more CPUs than a cpu_set_t holds */
  struct topology_machine *m = must_open(NULL, NULL);
  assert_true(topology_machine_is_this(m));
  assert_int_equal(topology_cpu_count(m), CPU_COUNT(&mask));
  for (unsigned os = 0; os < CPU_SETSIZE; os++) {
    const struct topology_cpu *cpu = topology_cpu_find(m, os);
    assert_int_equal(!!cpu, !!CPU_ISSET(os, &mask));
    if (cpu)
      assert_ptr_equal(topology_cpu_at(m, cpu->logical), cpu);
  }
  topology_machine_close(m);
}

static void lists_one_cpu_of_a_thread_with_one(void **state) {
  (void)state;
  cpu_set_t before, one;
  if (sched_getaffinity(0, sizeof before, &before))
    skip();
  int last = CPU_SETSIZE - 1;
  while (!CPU_ISSET(last, &before))
    last--;
  CPU_ZERO(&one);
  CPU_SET(last, &one);
  assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
  struct topology_machine *m = must_open(NULL, NULL);
  assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
  assert_int_equal(topology_cpu_count(m), 1);
  assert_int_equal(topology_cpu_at(m, 0)->os, last);
  for (unsigned os = 0; os < (unsigned)last; os++)
    if (CPU_ISSET(os, &before)) {
      assert_null(topology_cpu_find(m, os));
      assert_true(topology_cpu_exists(m, os));
    }
  assert_false(topology_cpu_exists(m, 1000000));
  topology_machine_close(m);
}

static void measures_levels_of_a_big_machine(void **state) {
  (void)state;
  unsigned counts[TOPOLOGY_CROSS + 1] = {0};
  struct topology_machine *m =
      must_open("package:8 [numa] l3:16 core:8 pu:2", NULL);
  assert_int_equal(topology_cpu_count(m), 2048);
  for (size_t a = 0; a < 2048; a += 512)
    for (size_t b = 0; b < 2048; b++) {
      unsigned cpu_a = topology_cpu_at(m, a)->os;
      unsigned cpu_b = topology_cpu_at(m, b)->os;
      enum topology_level level = topology_level_between(m, cpu_a, cpu_b);
      assert_int_equal(level, topology_level_between(m, cpu_b, cpu_a));
      counts[level]++;
    }
  assert_int_equal(counts[TOPOLOGY_SAME], 4);
  assert_int_equal(counts[TOPOLOGY_SMT], 4);
  assert_int_equal(counts[TOPOLOGY_L3], 4 * 14);
  assert_int_equal(counts[TOPOLOGY_PACKAGE], 4 * 240);
  assert_int_equal(counts[TOPOLOGY_CROSS], 4 * 1792);
  topology_machine_close(m);
}

/* What stands in brackets and parentheses counts no CPUs. */
static void counts_the_cpus_of_levels_only(void **state) {
  (void)state;
  struct topology_machine *m =
      must_open("package:2 [numa(memory=65536)] core:0x2(indexes=1:2) 3", NULL);
  assert_int_equal(topology_cpu_count(m), 12);
  topology_machine_close(m);
}

static void names_levels(void **state) {
  (void)state;
  char name[TOPOLOGY_LEVEL_NAME_SIZE], little[6] = "as is";
  struct topology_machine *m = must_open(NULL, MACHINES "/cpuless.xml");
  assert_int_equal(topology_level_name(m, 0, 2, name, sizeof name), 0);
  assert_string_equal(name, "cross:21");
  assert_int_equal(topology_level_name(m, 2, 0, name, sizeof name), 0);
  assert_string_equal(name, "cross:31");
  assert_int_equal(topology_level_name(m, 2, 0, little, sizeof little),
                   -ENOSPC);
  assert_string_equal(little, "as is");
  topology_machine_close(m);
}

static void knows_nodes_and_distances(void **state) {
  (void)state;
  struct topology_machine *m = must_open(NULL, MACHINES "/sparse.xml");
  assert_int_equal(topology_node_count(m), 2);
  assert_int_equal(topology_node_find(m, 8)->cpus, 8);
  assert_null(topology_node_find(m, 1));
  assert_int_equal(topology_distance(m, 0, 8), 40);
  assert_int_equal(topology_distance(m, 8, 8), 10);
  assert_int_equal(topology_distance(m, 0, 1), 0);
  assert_int_equal(topology_distance(m, 0, TOPOLOGY_NO_NODE), 0);
  topology_machine_close(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(refuses_bad_sources),
      cmocka_unit_test(refuses_an_environment_that_lies),
      cmocka_unit_test(lists_the_inherited_mask),
      cmocka_unit_test(lists_one_cpu_of_a_thread_with_one),
      cmocka_unit_test(measures_levels_of_a_big_machine),
      cmocka_unit_test(counts_the_cpus_of_levels_only),
      cmocka_unit_test(names_levels),
      cmocka_unit_test(knows_nodes_and_distances)};
  return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
