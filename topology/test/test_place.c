/* Placement: what is refused and in which words, and what holds for every
 * policy. What each policy answers is in machines/. */
#include "topology/test/check.h"

#include <errno.h>

#include "topology/place.h"

/* CPUs 1-2,4-6,8 are allowed; 0, 3, 7 exist. */
#define RESTRICTED MACHINES "/restricted.xml"

static const struct {
  const char *policy;
  size_t threads;
  const char *words;
} refusals[] = {
    {"foo", 1,
     "placement 'foo': no such policy; it should be one of compact scatter "
     "smt"},
    {"", 1, "placement '': no such policy"},
    {"comp", 1, "placement 'comp': no such policy"},
    {"compact:0", 1, "compact:0: it should be compact"},
    {"compact", 7, "7 threads do not fit; it should be at most 6"},
    {"compact", 0, "compact: no threads to place; it should be at least 1"},
    {"smt", 3, "3 threads do not fit; it should be at most 2"},
    {"cores", 6, "it should be at most 5"},
    {"l3", 4, "it should be at most 3"},
    {"kind", 1, "kind: it should be kind:K"},
    {"kind:1", 1, "kind:1: it should be a kind of core from 0 to 0"},
    {"kind:x", 1, "kind:x: it should be a kind of core from 0 to 0"},
    {"kind:-0", 1, "kind:-0: it should be a kind of core"},
    {"list", 1, "list: it should be list:CPUS"},
    {"list:", 1, "it should be CPUs and rising ranges"},
    {"list:x", 1, "it should be CPUs and rising ranges"},
    {"list:1,", 1, "it should be CPUs and rising ranges"},
    {"list:1 2", 1, "it should be CPUs and rising ranges"},
    {"list:+1", 1, "it should be CPUs and rising ranges"},
    {"list:6-4", 1, "it should be CPUs and rising ranges"},
    {"list:4-", 1, "it should be CPUs and rising ranges"},
    {"list:99999999999999999999", 1, "it should be CPUs and rising ranges"},
    {"list:1-3", 1, "CPU 3 is not allowed; it should be one of 1-2,4-6,8"},
    {"list:1,99", 1, "CPU 99 is not on this machine; it should be one of 1-2"},
    {"list:4294967296", 1, "CPU 4294967296 is not on this machine"},
    {"list:4-6,5", 1, "CPU 5 is named twice"},
    {"list:1,2", 3, "3 threads do not fit; it should be at most 2"}};

static void refuses_in_one_line(void **state) {
  (void)state;
  struct topology_machine *m = must_open(NULL, RESTRICTED);
  for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
    unsigned cpus[8] = {77};
    char why[256];
    assert_int_equal(topology_place(m, refusals[i].policy, refusals[i].threads,
                                    cpus, why, sizeof why),
                     -EINVAL);
    assert_says(why, refusals[i].words);
    assert_int_equal(cpus[0], 77);
  }
  topology_machine_close(m);
}

static void refuses_smt_without_smt(void **state) {
  (void)state;
  char why[256];
  unsigned cpu;
  size_t limit = 7;
  struct topology_machine *m = must_open("core:4 pu:1", NULL);
  assert_int_equal(topology_place_limit(m, "smt", &limit, why, sizeof why), 0);
  assert_int_equal(limit, 0);
  assert_int_equal(topology_place(m, "smt", 1, &cpu, why, sizeof why), -EINVAL);
  assert_says(why, "smt: no CPU of this machine qualifies; it should be");
  topology_machine_close(m);
}

static void list_keeps_the_order_named(void **state) {
  (void)state;
  char why[256];
  unsigned cpus[4];
  size_t limit;
  const unsigned expected[] = {8, 4, 5, 1};
  struct topology_machine *m = must_open(NULL, RESTRICTED);
  assert_int_equal(
      topology_place_limit(m, "list:8,4-5,1", &limit, why, sizeof why), 0);
  assert_int_equal(limit, 4);
  assert_int_equal(topology_place(m, "list:8,4-5,1", 4, cpus, why, sizeof why),
                   0);
  assert_memory_equal(cpus, expected, sizeof expected);
  topology_machine_close(m);
}

/* CPUs 0-3 are of the fast kind, 4-7 of the other. */
static void kinds_are_mixed_only_when_asked(void **state) {
  (void)state;
  char why[256];
  unsigned cpus[8];
  struct topology_machine *m = must_open(NULL, MACHINES "/hybrid.xml");
  assert_int_equal(topology_kind_count(m), 2);
  for (const struct topology_policy *p = topology_policies; p->name; p++) {
    size_t limit = 0;
    if (p->argument)
      continue;
    assert_int_equal(topology_place_limit(m, p->name, &limit, why, sizeof why),
                     0);
    assert_int_equal(topology_place(m, p->name, limit, cpus, why, sizeof why),
                     0);
    assert_int_equal(limit > 4, !strcmp(p->name, "mixed"));
    for (size_t i = 0; i < limit; i++)
      assert_int_equal(topology_cpu_find(m, cpus[i])->kind, cpus[i] > 3);
    if (limit < 8)
      assert_true(cpus[limit - 1] < 4);
  }
  assert_int_equal(topology_place(m, "kind:1", 4, cpus, why, sizeof why), 0);
  assert_int_equal(cpus[0], 4);
  assert_int_equal(topology_place(m, "kind:2", 1, cpus, why, sizeof why),
                   -EINVAL);
  assert_says(why, "kind:2: it should be a kind of core from 0 to 1");
  topology_machine_close(m);
}

/* Fewer threads get a beginning of what more threads get, all of it allowed
 * and nothing twice. */
static void check_policy(const struct topology_machine *m, const char *policy) {
  enum { MOST = 256 };
  unsigned all[MOST], some[MOST];
  bool seen[MOST] = {false};
  char why[256];
  size_t limit;
  assert_int_equal(topology_place_limit(m, policy, &limit, why, sizeof why), 0);
  assert_true(limit <= MOST);
  if (!limit)
    return;
  assert_int_equal(topology_place(m, policy, limit, all, why, sizeof why), 0);
  for (size_t i = 0; i < limit; i++) {
    const struct topology_cpu *cpu = topology_cpu_find(m, all[i]);
    assert_non_null(cpu);
    assert_false(seen[cpu->logical]);
    seen[cpu->logical] = true;
  }
  for (size_t threads = 1; threads <= limit; threads++) {
    assert_int_equal(topology_place(m, policy, threads, some, why, sizeof why),
                     0);
    assert_memory_equal(some, all, threads * sizeof *all);
  }
}

static void every_policy_is_a_choice_without_repeats(void **state) {
  (void)state;
  static const char *const machines[] = {"core:1 pu:1",
                                         "package:2 [numa] l3:3 core:5 pu:4"};
  for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
    struct topology_machine *m = must_open(machines[i], NULL);
    for (const struct topology_policy *p = topology_policies; p->name; p++)
      if (!p->argument)
        check_policy(m, p->name);
    topology_machine_close(m);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(refuses_in_one_line),
      cmocka_unit_test(refuses_smt_without_smt),
      cmocka_unit_test(list_keeps_the_order_named),
      cmocka_unit_test(kinds_are_mixed_only_when_asked),
      cmocka_unit_test(every_policy_is_a_choice_without_repeats)};
  return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
