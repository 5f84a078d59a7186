/* Trials with something planted in them, for the tests of what is made of it:
 * threads, probes, witnesses and segments are those of every run, only what is
 * done with the lock is sabotage. */
#ifndef BENCH_TEST_SEEDING_H
#define BENCH_TEST_SEEDING_H

#include "bench/trial/trial.h"
#include "bench/workload/workload.h"

/* Of a pair of CPUs; no cell in the plan where there is none. */
extern struct seeding {
  struct topology_machine *machine;
  struct bench_clock trusted, clock; /* clock: of the trial, to tamper with */
  struct bench_plan plan;            /* a cell of ticket, two threads */
  unsigned cpus[2];
} seeding;

/* For cmocka, of a group. */
int seeding_set_up(void **state);
int seeding_tear_down(void **state);

/* What a trial should be, and segments that it should have found, at least. */
struct seeding_goal {
  const char *verdict;
  double gap, preempted, migrated;
};

/* Runs trials of a sabotaged workload until one reaches the goal; fails when
 * many have not, or when one found the segments and is clean where it should
 * not be; skips on one CPU. Others may disturb a trial, too, and graver than
 * was planned.
 * @param kernel  NULL: the cell's own
 * @return that one, until the next is sought */
const struct results_trial *seeding_seek(struct seeding_goal,
                                         const struct bench_workload *,
                                         const struct bench_kernel *kernel);

/* Runs one such trial; skips on one CPU.
 * @return what came of it, until the next one; without its cell */
const struct bench_attempt *seeding_try(const struct bench_workload *,
                                        const struct bench_kernel *kernel,
                                        size_t sequence);

/* A thread that wants its CPU until *stop, an _Atomic int, is set. */
void *seeding_hog(void *stop);

/* Returns when the kernel has taken the CPU from the caller. */
void seeding_await_robbery(void);

#endif
