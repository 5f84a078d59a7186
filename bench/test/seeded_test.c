/* Each disturbance that is brought about in a real trial ends in its verdict:
 * threads, probes, witnesses and slices are those of every run, only what is
 * done with the lock is sabotage.
 *
 * Others may disturb a trial, too, and graver than was planned: a seed has so
 * many trials to be told by its name. */
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "bench/trial/trial.h"
#include "bench/workload/contest.h"
#include "locks/executive/ticket.h"
#include "topology/pin.h"

enum { TRIALS = 40 };

static struct topology_machine *machine;
static struct bench_clock trusted, clock_under_test;
static struct bench_plan plan;
static unsigned cpus[2];

static int set_up(void **state) {
  char why[2560];
  (void)state;
  int error = topology_machine_open(NULL, NULL, &machine);
  if (error || topology_cpu_count(machine) < 2)
    return error;
  bench_clock_init(&trusted);
  struct bench_options options = {.locks = "executive/ticket",
                                  .workloads = "throughput",
                                  .routines = "dpc",
                                  .threads = "2"};
  struct bench_ground ground = {
      .machine = machine, .stamps = true, .transfer_ns = (double)NAN};
  return bench_plan_make(&options, &ground, &plan, why, sizeof why);
}

static int tear_down(void **state) {
  (void)state;
  bench_plan_free(&plan);
  topology_machine_close(machine);
  return 0;
}

/* Runs trials of a sabotaged workload until one has the verdict.
 * @return that one, or the last */
static const struct results_trial *seek(const char *verdict,
                                        const struct bench_workload *workload,
                                        const struct bench_kernel *kernel) {
  static struct bench_attempt attempt; /* large: a histogram */
  struct bench_setting setting = {
      .machine = machine, .clock = &clock_under_test, .window_ns = 10e6};
  struct bench_cell cell = plan.cells[0];
  cell.workload = workload;
  if (kernel)
    cell.kernel = kernel;
  cpus[0] = cell.set->cpus[0], cpus[1] = cell.set->cpus[1];
  for (int i = 0; i < TRIALS; i++) {
    clock_under_test = trusted;
    attempt = (struct bench_attempt){
        .setting = &setting, .cell = &cell, .sequence = (size_t)i};
    if (bench_trial_attempt(&attempt, 1))
      fail_msg("%s", attempt.why);
    if (!strcmp(attempt.result.verdict, verdict))
      break;
  }
  return &attempt.result;
}

static void found(const char *verdict, const struct bench_workload *workload,
                  const struct bench_kernel *kernel) {
  if (!plan.cell_count)
    skip(); /* one CPU */
  assert_string_equal(seek(verdict, workload, kernel)->verdict, verdict);
}

static struct bench_workload sabotage(void (*run)(struct bench_trial *)) {
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

static void run_quietly(struct bench_trial *trial) {
  bench_trial_reset(trial);
  bench_trial_run(trial, work, trial);
}

static void nothing_planted_is_clean(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_quietly);
  found("clean", &workload, NULL);
}

/* Another thread wants the CPU until the kernel has given it some. */
static void *hog(void *context) {
  const _Atomic int *stop = context;
  while (!atomic_load(stop))
    ;
  return NULL;
}

static void lose_the_cpu(struct bench_member *member, void *context) {
  struct rusage usage;
  (void)context;
  if (member->index)
    return;
  getrusage(RUSAGE_THREAD, &usage);
  for (long before = usage.ru_nivcsw; usage.ru_nivcsw == before;)
    getrusage(RUSAGE_THREAD, &usage);
}

static void run_robbed(struct bench_trial *trial) {
  _Atomic int stop = 0;
  pthread_t thief;
  bench_trial_reset(trial);
  assert_int_equal(
      topology_thread_create(machine, cpus[0], NULL, 0, &thief, hog, &stop), 0);
  bench_trial_run(trial, lose_the_cpu, NULL);
  atomic_store(&stop, 1);
  pthread_join(thief, NULL);
}

static void a_stolen_cpu_is_preempted(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_robbed);
  found("preempted", &workload, NULL);
}

static void move_away(struct bench_member *member, void *context) {
  cpu_set_t other;
  (void)context;
  CPU_ZERO(&other);
  CPU_SET(cpus[1], &other);
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

static void run_moved_about(struct bench_trial *trial) {
  bench_trial_reset(trial);
  bench_trial_run(trial, move_away, NULL);
  bench_team_run(trial->team, trial->threads, come_back, NULL, NULL);
}

static void a_migration_is_migrated(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_moved_about);
  found("migrated", &workload, NULL);
}

/* From here on a transfer takes twice as long, as far as anybody can tell. */
static void run_on_a_moving_host(struct bench_trial *trial) {
  run_quietly(trial);
  clock_under_test.ns_per_tick *= 2;
}

static void a_moved_probe_is_moved(void **state) {
  (void)state;
  if (!bench_clock_stamps(&trusted))
    skip(); /* times do not come from where they are seeded */
  const struct bench_workload workload = sabotage(run_on_a_moving_host);
  found("moved", &workload, NULL);
}

static void run_with_a_gap(struct bench_trial *trial) {
  run_quietly(trial);
  bench_trial_gap(trial, 5e6);
}

static void a_jump_of_the_clock_is_a_gap(void **state) {
  (void)state;
  const struct bench_workload workload = sabotage(run_with_a_gap);
  found("gap", &workload, NULL);
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
  plan.cells[0].kernel->compete(site, window);
  window->section = section;
}

static void a_stalled_thread_is_stalled(void **state) {
  (void)state;
  if (!plan.cell_count)
    skip();
  struct bench_kernel kernel = *plan.cells[0].kernel;
  kernel.compete = stall;
  found("stalled", &bench_throughput, &kernel);
}

/* Three slices of ten are over when member 1 begins: few enough for the rest to
 * be what is usual. */
static void come_late(struct bench_site *site, struct bench_window *window) {
  static _Thread_local unsigned slice;
  slice = slice == 9 ? 0 : slice + 1;
  if (window->member != 1 || slice > 3) {
    plan.cells[0].kernel->compete(site, window);
    return;
  }
  while ((int64_t)(bench_clock_now() - window->deadline) < 0)
    ;
  window->started = window->stopped = bench_clock_now();
  window->operations = window->handovers = window->head = window->tail = 0;
}

static void who_comes_late_does_not_overlap(void **state) {
  (void)state;
  if (!plan.cell_count)
    skip();
  struct bench_kernel kernel = *plan.cells[0].kernel;
  kernel.compete = come_late;
  found("overlap", &bench_throughput, &kernel);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_planted_is_clean),
      cmocka_unit_test(a_stolen_cpu_is_preempted),
      cmocka_unit_test(a_migration_is_migrated),
      cmocka_unit_test(a_moved_probe_is_moved),
      cmocka_unit_test(a_jump_of_the_clock_is_a_gap),
      cmocka_unit_test(a_stalled_thread_is_stalled),
      cmocka_unit_test(who_comes_late_does_not_overlap),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
