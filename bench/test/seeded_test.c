/* Each disturbance that is brought about in a real trial ends in its verdict
 * (see seeding.h). */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/test/seeding.h"
#include "bench/workload/contest.h"
#include "locks/executive/ticket.h"
#include "topology/pin.h"

static struct bench_workload sabotage(int (*run)(struct bench_trial *)) {
  struct bench_workload workload = bench_throughput;
  workload.run = run;
  return workload;
}

/* So much work that a trial has, with nothing done to it. */
static void work(struct bench_member *member, void *context) {
  struct bench_trial *trial = context;
  (void)member;
  trial->kernel->alternate(&trial->sites[0], 100, 2000);
}

static int run_quietly(struct bench_trial *trial) {
  bench_trial_reset(trial);
  bench_trial_run(trial, work, trial);
  return 0;
}

static void nothing_planted_is_clean(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_quietly);
  seeding_seek((struct seeding_goal){"clean", 0, 0, 0}, &workload, NULL);
}

static int run_out_of_memory(struct bench_trial *trial) {
  (void)trial;
  return -ENOMEM;
}

/* No trial is made of what could not be measured. */
static void a_workload_without_memory_fails(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_out_of_memory);
  const struct bench_attempt *attempt = seeding_try(&workload, NULL, 0);
  assert_int_equal(attempt->error, -ENOMEM);
  assert_string_equal(attempt->why, "throughput: Cannot allocate memory");
}

/* Another thread wants the CPU until the kernel has given it some. */
static void lose_the_cpu(struct bench_member *member, void *context) {
  (void)context;
  if (member->index == 0)
    seeding_await_robbery();
}

static int run_robbed(struct bench_trial *trial) {
  _Atomic int stop = 0;
  pthread_t thief;
  bench_trial_reset(trial);
  assert_int_equal(topology_thread_create(seeding.machine, seeding.cpus[0],
                                          NULL, 0, &thief, seeding_hog, &stop),
                   0);
  bench_trial_run(trial, lose_the_cpu, NULL);
  atomic_store(&stop, 1);
  pthread_join(thief, NULL);
  return 0;
}

static void a_stolen_cpu_is_preempted(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_robbed);
  seeding_seek((struct seeding_goal){"preempted", 0, 0, 0}, &workload, NULL);
}

static void move_away(struct bench_member *member, void *context) {
  cpu_set_t other;
  (void)context;
  CPU_ZERO(&other);
  CPU_SET(seeding.cpus[1], &other);
  if (!member->index)
    assert_int_equal(sched_setaffinity(0, sizeof other, &other), 0);
}

static void come_back(struct bench_member *member, void *context) {
  cpu_set_t own;
  (void)context;
  CPU_ZERO(&own);
  CPU_SET(member->cpu, &own);
  assert_int_equal(sched_setaffinity(0, sizeof own, &own), 0);
}

static int run_moved_about(struct bench_trial *trial) {
  bench_trial_reset(trial);
  bench_trial_run(trial, move_away, NULL);
  bench_team_run(trial->team, trial->threads, come_back, NULL, NULL);
  return 0;
}

static void a_migration_is_migrated(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_moved_about);
  seeding_seek((struct seeding_goal){"migrated", 0, 0, 0}, &workload, NULL);
}

/* From here on a transfer takes twice as long, as far as anybody can tell. */
static int run_on_a_moving_host(struct bench_trial *trial) {
  run_quietly(trial);
  seeding.clock.ns_per_tick *= 2;
  return 0;
}

static void a_moved_probe_is_moved(void **state) {
  (void)state;
  if (!bench_clock_stamps(&seeding.trusted))
    skip(); /* times do not come from where they are seeded */
  const struct bench_workload workload = sabotage(run_on_a_moving_host);
  seeding_seek((struct seeding_goal){"moved", 0, 0, 0}, &workload, NULL);
}

static int run_with_a_gap(struct bench_trial *trial) {
  run_quietly(trial);
  struct bench_segments all = {.count = 1};
  bench_trial_gap(trial, &all, 0, 5e6);
  bench_trial_choose(trial, &all);
  return 0;
}

static void a_jump_of_the_clock_is_a_gap(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_with_a_gap);
  seeding_seek((struct seeding_goal){"gap", 0, 0, 0}, &workload, NULL);
}

/* Links of the delay chain: about a microsecond. */
enum { SLOW_SECTION = 1000 };

/* In three of ten slices member 0 is slow, as beside a busy sibling: all get
 * less done, and no gap gives the slices away. */
static void stall(struct bench_site *site, struct bench_window *window) {
  static _Thread_local unsigned slice;
  const uint64_t section = window->section;
  slice = slice == 9 ? 0 : slice + 1;
  if (window->member == 0 && slice % 3 == 2)
    window->section = SLOW_SECTION;
  seeding.plan.cells[0].kernel->compete(site, window);
  window->section = section;
}

static void a_stalled_thread_is_stalled(void **state) {
  (void)state;
  if (!seeding.plan.cell_count)
    skip();
  struct bench_kernel kernel = *seeding.plan.cells[0].kernel;
  kernel.compete = stall;
  seeding_seek((struct seeding_goal){"stalled", 0, 0, 0}, &bench_throughput,
               &kernel);
}

/* Three slices of ten are over when member 1 begins: few enough for the rest to
 * be what is usual. */
static void come_late(struct bench_site *site, struct bench_window *window) {
  static _Thread_local unsigned slice;
  slice = slice == 9 ? 0 : slice + 1;
  if (window->member != 1 || slice > 3) {
    seeding.plan.cells[0].kernel->compete(site, window);
    return;
  }
  while ((int64_t)(bench_clock_now() - window->deadline) < 0)
    ;
  window->started = window->stopped = bench_clock_now();
  window->operations = window->handovers = window->head = window->tail = 0;
}

static void who_comes_late_does_not_overlap(void **state) {
  (void)state;
  if (!seeding.plan.cell_count)
    skip();
  struct bench_kernel kernel = *seeding.plan.cells[0].kernel;
  kernel.compete = come_late;
  seeding_seek((struct seeding_goal){"overlap", 0, 0, 0}, &bench_throughput,
               &kernel);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_planted_is_clean),
      cmocka_unit_test(a_workload_without_memory_fails),
      cmocka_unit_test(a_stolen_cpu_is_preempted),
      cmocka_unit_test(a_migration_is_migrated),
      cmocka_unit_test(a_moved_probe_is_moved),
      cmocka_unit_test(a_jump_of_the_clock_is_a_gap),
      cmocka_unit_test(a_stalled_thread_is_stalled),
      cmocka_unit_test(who_comes_late_does_not_overlap),
  };
  return cmocka_run_group_tests(tests, seeding_set_up, seeding_tear_down);
}
