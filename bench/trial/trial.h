/* One trial: a cell's threads, memory, probe, workload and verdict. */
#ifndef BENCH_TRIAL_H
#define BENCH_TRIAL_H

#include "bench/gbench.h"
#include "bench/plan/plan.h"
#include "results/histogram.h"
#include "results/trial.h"

/* What all trials of a campaign have in common. */
struct bench_setting {
  const struct topology_machine *machine;
  const struct bench_clock *clock;
  double window_ns;  /* of a competition */
  double started_ns; /* bench_clock_batch_ns() when the campaign began */
  uint64_t seed;
};

struct bench_attempt {
  const struct bench_setting *setting;
  const struct bench_cell *cell;
  unsigned round;
  size_t sequence;
  struct results_trial result;         /* out */
  struct results_histogram acquire_ns; /* out */
  char name[BENCH_CELL_NAME_SIZE];     /* out: of the cell */
  int error;                           /* out: 0 or a negative errno */
  char why[256];                       /* out: one line when error */
};

/* Runs the cell once, through Google Benchmark.
 * @return attempt->error: -EXDEV and others when a pin or a page did not take
 *         where it was told to */
int bench_trial_attempt(struct bench_attempt *, unsigned rounds);

/* @return the slowest one-way transfer over the plan's pairs, in ns; NAN when
 *         there is none; a negative errno in *error when threads failed */
double bench_slowest_transfer(const struct bench_setting *,
                              const struct bench_plan *, int *error, char *why,
                              size_t why_size);

#endif
