/* How long a run measures and how often. Pure. */
#ifndef BENCH_EFFORT_H
#define BENCH_EFFORT_H

#include "bench/plan.h"

struct bench_effort {
  double budget_s;      /* for all trials, when no rounds are asked for */
  double window_ns;     /* of a competition */
  unsigned least, most; /* rounds, whatever the budget says */
};

struct bench_effort bench_effort_of(const struct bench_options *);

/* @param round_s  how long a round takes
 * @return how many fit into the budget, from `least` to `most` */
unsigned bench_effort_rounds(const struct bench_effort *, double round_s);

/* About how long a trial of a cell takes, with everything around it, on a
 * machine that nobody else uses. */
double bench_effort_trial_s(const struct bench_effort *,
                            const struct bench_cell *);

#endif
