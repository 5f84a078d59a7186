/* A disturbance that is brought about in some segments of a real trial is found
 * there and left out: the trial is clean, and tells what it was. In too many,
 * or where no segment can know, the trial is what it was. */
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/test/seeding.h"
#include "topology/pin.h"

/* Segments from the first that are disturbed, of 16. */
static size_t planted;

static const struct bench_kernel *real(void) {
  return seeding.plan.cells[0].kernel;
}

/* As the real one with a loop of its own; skips where nothing can be run. */
static struct bench_kernel kernel_of(size_t segments) {
  if (!seeding.plan.cell_count || !bench_clock_stamps(&seeding.trusted))
    skip();
  planted = segments;
  return *real();
}

static uint64_t ticks_of(double ns) {
  return (uint64_t)(ns / seeding.trusted.ns_per_tick);
}

static void idle(double ns) {
  const uint64_t until = bench_clock_now() + ticks_of(ns);
  while ((int64_t)(bench_clock_now() - until) < 0)
    ;
}

/* Calls of a thread, which belongs to one trial. */
static bool is_planted(void) {
  static _Thread_local size_t calls;
  return calls++ < planted;
}

/* Between one holder and the next 100 us are lost, once a segment. */
static void jump(struct bench_site *site, uint64_t links,
                 struct bench_stamp *log, size_t n) {
  real()->stamped(site, links, log, n);
  if (is_planted())
    log[n / 2].out -= ticks_of(100e3);
}

static void a_gap_in_some_handoffs_is_left_out(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(3);
  kernel.stamped = jump;
  const struct results_trial *trial = seeding_seek(
      (struct seeding_goal){"clean", .gap = 3}, &bench_handoff, &kernel);
  assert_true(trial->segments == 48);
  assert_true(trial->gaps >= 3 && trial->largest_gap_ns > 90e3);
}

static void a_gap_in_most_handoffs_is_a_gap(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(16);
  kernel.stamped = jump;
  seeding_seek((struct seeding_goal){"gap", .gap = 14}, &bench_handoff,
               &kernel);
}

/* Threads are still coming then. */
static void jump_early(struct bench_site *site, uint64_t links,
                       struct bench_stamp *log, size_t n) {
  real()->stamped(site, links, log, n);
  for (size_t i = 0; i < n / 25; i++)
    log[i].out -= ticks_of(100e3);
}

static void the_ends_of_a_segment_do_not_count(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(0);
  kernel.stamped = jump_early;
  const struct results_trial *trial = seeding_seek(
      (struct seeding_goal){"clean", 0, 0, 0}, &bench_handoff, &kernel);
  assert_true(trial->timestamp_ns < 2000);
}

/* Cycles of each of two that count, of a plain segment. */
enum { COUNTED = 192 };

/* Time stands still for a while in a segment without stamps. */
static void linger(struct bench_site *site, uint64_t links, uint64_t n) {
  if (n == COUNTED && is_planted())
    idle(100e3);
  real()->alternate(site, links, n);
}

static void a_gap_in_some_cycles_is_left_out(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(3);
  kernel.alternate = linger;
  seeding_seek((struct seeding_goal){"clean", .gap = 3}, &bench_handoff,
               &kernel);
}

static void linger_alone(struct bench_site *site, uint64_t n) {
  static unsigned calls; /* 16 a trial, and one to warm up */
  real()->pairs(site, n);
  if (calls++ % 17 % 5 == 4)
    idle(500e3);
}

static void a_gap_in_some_pairs_is_left_out(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(0);
  kernel.pairs = linger_alone;
  const struct results_trial *trial = seeding_seek(
      (struct seeding_goal){"clean", .gap = 3}, &bench_uncontended, &kernel);
  assert_true(trial->segments == 64);
  assert_true(trial->pair_ns < 500e3 / (BENCH_BATCH / 16));
}

static void linger_with_splits(struct bench_site *site,
                               struct bench_split *splits, size_t rounds) {
  real()->events(site, splits, rounds);
  if (is_planted())
    splits[rounds / 2].release += (uint32_t)ticks_of(100e3);
}

static void a_gap_in_some_events_is_left_out(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(4); /* the first of them warms up */
  kernel.events = linger_with_splits;
  seeding_seek((struct seeding_goal){"clean", .gap = 3}, &bench_uncontended,
               &kernel);
}

static void release_late(struct bench_site *site,
                         const struct bench_release *run) {
  real()->release(site, run);
  if (is_planted())
    run->rounds[run->round_count / 2].stop += ticks_of(100e3);
}

static void a_gap_in_some_releases_is_left_out(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(3); /* of each half */
  kernel.release = release_late;
  const struct results_trial *trial = seeding_seek(
      (struct seeding_goal){"clean", .gap = 6}, &bench_release, &kernel);
  assert_true(trial->segments == 24);
}

/* Runs a thief of the caller's CPU for as long as it takes. */
static void be_robbed(void) {
  _Atomic int stop = 0;
  pthread_t thief;
  const unsigned cpu = (unsigned)sched_getcpu();
  if (topology_thread_create(seeding.machine, cpu, NULL, 0, &thief, seeding_hog,
                             &stop))
    return;
  seeding_await_robbery();
  atomic_store(&stop, 1);
  pthread_join(thief, NULL);
}

static void robbed(struct bench_site *site, uint64_t links,
                   struct bench_stamp *log, size_t n) {
  real()->stamped(site, links, log, n);
  if (is_planted())
    be_robbed();
}

static void a_robbery_in_some_segments_is_left_out(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(2);
  kernel.stamped = robbed;
  const struct results_trial *trial = seeding_seek(
      (struct seeding_goal){"clean", .preempted = 2}, &bench_handoff, &kernel);
  assert_true(trial->switches_involuntary >= 2);
}

static void robbed_of_cycles(struct bench_site *site, uint64_t links,
                             uint64_t n) {
  real()->alternate(site, links, n);
  if (n == COUNTED && is_planted())
    be_robbed();
}

/* Cycles and sections are a pair: the sections were clean. */
static void a_robbery_in_most_cycles_is_preempted(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(14);
  kernel.alternate = robbed_of_cycles;
  seeding_seek((struct seeding_goal){"preempted", .preempted = 14},
               &bench_handoff, &kernel);
}

static void go_to(unsigned cpu) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(cpu, &one);
  sched_setaffinity(0, sizeof one, &one);
}

/* In one segment it is away, in the next it is back. */
static void wander(struct bench_site *site, uint64_t links,
                   struct bench_stamp *log, size_t n) {
  static _Thread_local unsigned home = UINT32_MAX;
  if (home != UINT32_MAX)
    go_to(home);
  else
    home = (unsigned)sched_getcpu();
  real()->stamped(site, links, log, n);
  if (is_planted())
    go_to(home == seeding.cpus[0] ? seeding.cpus[1] : seeding.cpus[0]);
}

static void a_migration_is_told_though_it_came_back(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(1);
  kernel.stamped = wander;
  seeding_seek((struct seeding_goal){"migrated", .migrated = 1}, &bench_handoff,
               &kernel);
}

/* For one of five windows, and the probe after it, a transfer takes twice as
 * long. */
static void move_and_return(struct bench_site *site,
                            struct bench_window *window) {
  static _Thread_local unsigned windows;
  real()->observe(site, window);
  if (window->member)
    return;
  windows++;
  if (windows == 2)
    seeding.clock.ns_per_tick *= 2;
  if (windows == 3)
    seeding.clock.ns_per_tick /= 2;
}

static void a_link_that_moved_and_came_back_has_moved(void **state) {
  (void)state;
  struct bench_kernel kernel = kernel_of(0);
  kernel.observe = move_and_return;
  const struct results_trial *trial = seeding_seek(
      (struct seeding_goal){"moved", 0, 0, 0}, &bench_oversubscribed, &kernel);
  assert_true(trial->segments == 5);
  assert_true(trial->probe_between_ns > 1.5 * trial->probe_before_ns);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_gap_in_some_handoffs_is_left_out),
      cmocka_unit_test(a_gap_in_most_handoffs_is_a_gap),
      cmocka_unit_test(the_ends_of_a_segment_do_not_count),
      cmocka_unit_test(a_gap_in_some_cycles_is_left_out),
      cmocka_unit_test(a_gap_in_some_pairs_is_left_out),
      cmocka_unit_test(a_gap_in_some_events_is_left_out),
      cmocka_unit_test(a_gap_in_some_releases_is_left_out),
      cmocka_unit_test(a_robbery_in_some_segments_is_left_out),
      cmocka_unit_test(a_robbery_in_most_cycles_is_preempted),
      cmocka_unit_test(a_migration_is_told_though_it_came_back),
      cmocka_unit_test(a_link_that_moved_and_came_back_has_moved),
  };
  return cmocka_run_group_tests(tests, seeding_set_up, seeding_tear_down);
}
