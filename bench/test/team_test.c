/* Members run where they were told to, together, and a wrong pin is seen. */
#include "bench/trial/team.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "topology/memory.h"
#include "topology/pin.h"

static struct topology_machine *machine;
static char why[512];

static int open_machine(void **state) {
  (void)state;
  return topology_machine_open(NULL, NULL, &machine);
}

static int close_machine(void **state) {
  (void)state;
  topology_machine_close(machine);
  return 0;
}

struct visit {
  _Atomic int here;
  int cpus[64], pinned[64], room_node[64], all_here[64];
};

static void look_around(struct bench_member *member, void *context) {
  struct visit *visit = context;
  visit->cpus[member->index] = sched_getcpu();
  visit->pinned[member->index] = topology_pin_check(member->cpu);
  visit->room_node[member->index] = topology_memory_node(member->room);
  atomic_fetch_add(&visit->here, 1);
  bench_team_meet(member);
  visit->all_here[member->index] = atomic_load(&visit->here);
}

static void members_run_on_their_cpus(void **state) {
  (void)state;
  unsigned cpus[64];
  size_t count = topology_cpu_count(machine);
  count = count < 64 ? count : 64;
  for (size_t i = 0; i < count; i++)
    cpus[i] = topology_cpu_at(machine, i)->os;
  struct bench_team *team;
  assert_int_equal(
      bench_team_start(machine, cpus, count, &team, why, sizeof why), 0);
  for (int run = 0; run < 20; run++) {
    struct visit visit = {0};
    struct bench_witness seen = {0};
    bench_team_run(team, count, look_around, &visit, &seen);
    for (size_t i = 0; i < count; i++) {
      assert_int_equal(visit.cpus[i], (int)cpus[i]);
      assert_int_equal(visit.pinned[i], 0);
      assert_int_equal(visit.all_here[i], (int)count);
      const struct topology_cpu *cpu = topology_cpu_at(machine, i);
      if (cpu->node != TOPOLOGY_NO_NODE && visit.room_node[i] >= 0)
        assert_int_equal(visit.room_node[i], (int)cpu->node);
    }
    assert_int_equal(seen.migrations, 0);
  }
  bench_team_stop(team);
}

static void a_run_may_leave_members_out(void **state) {
  (void)state;
  if (topology_cpu_count(machine) < 2)
    skip();
  unsigned cpus[2] = {topology_cpu_at(machine, 0)->os,
                      topology_cpu_at(machine, 1)->os};
  struct bench_team *team;
  assert_int_equal(bench_team_start(machine, cpus, 2, &team, why, sizeof why),
                   0);
  for (size_t count = 1; count <= 2; count++) {
    struct visit visit = {0};
    bench_team_run(team, count, look_around, &visit, NULL);
    assert_int_equal(visit.here, (int)count);
  }
  bench_team_stop(team);
}

static void wander(struct bench_member *member, void *context) {
  const struct topology_cpu *other = context;
  struct topology_mask before;
  (void)member;
  assert_int_equal(topology_pin_self(machine, other->os, &before), 0);
}

static void a_thread_that_left_its_cpu_is_witnessed(void **state) {
  (void)state;
  if (topology_cpu_count(machine) < 2)
    skip();
  unsigned cpu = topology_cpu_at(machine, 0)->os;
  struct bench_team *team;
  struct bench_witness seen = {0};
  assert_int_equal(bench_team_start(machine, &cpu, 1, &team, why, sizeof why),
                   0);
  bench_team_run(team, 1, wander,
                 (void *)(uintptr_t)topology_cpu_at(machine, 1), &seen);
  bench_team_stop(team);
  assert_int_equal(seen.migrations, 1);
}

static void a_cpu_that_is_not_there_is_an_error(void **state) {
  (void)state;
  unsigned cpu = 8000;
  struct bench_team *team;
  assert_true(bench_team_start(machine, &cpu, 1, &team, why, sizeof why) < 0);
  assert_true(why[0] != '\0');
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(members_run_on_their_cpus),
      cmocka_unit_test(a_run_may_leave_members_out),
      cmocka_unit_test(a_thread_that_left_its_cpu_is_witnessed),
      cmocka_unit_test(a_cpu_that_is_not_there_is_an_error),
  };
  return cmocka_run_group_tests(tests, open_machine, close_machine);
}
