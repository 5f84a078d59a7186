/* Trials with something planted in them (see seeding.h). */
#include "bench/test/seeding.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

enum { TRIALS = 40 };

struct seeding seeding;

int seeding_set_up(void **state) {
  char why[2560];
  (void)state;
  int error = topology_machine_open(NULL, NULL, &seeding.machine);
  if (error || topology_cpu_count(seeding.machine) < 2)
    return error;
  bench_clock_init(&seeding.trusted);
  struct bench_options options = {.locks = "executive/ticket",
                                  .workloads = "throughput",
                                  .routines = "dpc",
                                  .threads = "2"};
  struct bench_ground ground = {
      .machine = seeding.machine, .stamps = true, .transfer_ns = (double)NAN};
  return bench_plan_make(&options, &ground, &seeding.plan, why, sizeof why);
}

int seeding_tear_down(void **state) {
  (void)state;
  bench_plan_free(&seeding.plan);
  topology_machine_close(seeding.machine);
  return 0;
}

/* What was not measured is not less than anything. */
static bool found(const struct results_trial *trial,
                  const struct seeding_goal *goal) {
  return !(trial->segments_gap < goal->gap ||
           trial->segments_preempted < goal->preempted ||
           trial->segments_migrated < goal->migrated);
}

static bool is_called(const struct results_trial *trial, const char *verdict) {
  return !strcmp(trial->verdict, verdict);
}

/* Others may have disturbed it more, but it cannot be clean. */
static bool is_denied(const struct results_trial *trial,
                      const struct seeding_goal *goal) {
  return goal->gap + goal->preempted + goal->migrated > 0 &&
         is_called(trial, "clean");
}

static struct bench_attempt attempt; /* large: a histogram */

const struct bench_attempt *seeding_try(const struct bench_workload *workload,
                                        const struct bench_kernel *kernel,
                                        size_t sequence) {
  if (!seeding.plan.cell_count)
    skip(); /* one CPU */
  const struct bench_setting setting = {
      .machine = seeding.machine, .clock = &seeding.clock, .window_ns = 10e6};
  struct bench_cell cell = seeding.plan.cells[0];
  cell.workload = workload;
  if (kernel)
    cell.kernel = kernel;
  seeding.cpus[0] = cell.set->cpus[0], seeding.cpus[1] = cell.set->cpus[1];
  seeding.clock = seeding.trusted;
  attempt = (struct bench_attempt){
      .setting = &setting, .cell = &cell, .sequence = sequence};
  bench_trial_attempt(&attempt, 1);
  attempt.setting = NULL, attempt.cell = NULL;
  return &attempt;
}

const struct results_trial *seeding_seek(struct seeding_goal goal,
                                         const struct bench_workload *workload,
                                         const struct bench_kernel *kernel) {
  for (size_t i = 0; i < TRIALS; i++) {
    if (seeding_try(workload, kernel, i)->error)
      fail_msg("%s", attempt.why);
    if (!found(&attempt.result, &goal))
      continue;
    if (is_called(&attempt.result, goal.verdict))
      return &attempt.result;
    if (is_denied(&attempt.result, &goal))
      break;
  }
  fail_msg(
      "the last trial is %s, not %s, its segments disturbed by %g gaps, %g "
      "preemptions, %g migrations",
      attempt.result.verdict, goal.verdict, attempt.result.segments_gap,
      attempt.result.segments_preempted, attempt.result.segments_migrated);
  return NULL;
}

void *seeding_hog(void *context) {
  const _Atomic int *stop = context;
  while (!atomic_load(stop))
    ;
  return NULL;
}

void seeding_await_robbery(void) {
  struct rusage usage;
  getrusage(RUSAGE_THREAD, &usage);
  for (long before = usage.ru_nivcsw; usage.ru_nivcsw == before;)
    getrusage(RUSAGE_THREAD, &usage);
}
