/* How long a run measures and how often. Pure. */
#ifndef BENCH_EFFORT_H
#define BENCH_EFFORT_H

#include "bench/plan/plan.h"

struct bench_effort {
  const char *name;     /* "quick", "default", "full" */
  double budget_s;      /* for all trials, when no rounds are asked for */
  double window_ns;     /* of a competition */
  unsigned least, most; /* rounds, whatever the budget says */
  double precision;     /* half of an interval over its median that is narrow
                           enough; 0: all cells are measured equally often */
  unsigned clean;       /* clean trials that half of the cells should have, or
                           more; 0: rounds are counted */
  bool together;        /* cells are pairs: none is narrow before all are */
};

/* The named ones, ended by a null name: what --quick, nothing and --full
 * mean before other options change it. */
extern const struct bench_effort bench_efforts[];

/* @param why  one line: which option does not go with which, or is no number
 * @return 0 or -EINVAL with `why` */
int bench_effort_make(const struct bench_options *, struct bench_effort *out,
                      char *why, size_t why_size);

/* @param round_s  how long a round takes
 * @return how many fit into the budget, from `least` to `most` */
unsigned bench_effort_rounds(const struct bench_effort *, double round_s);

/* About how long a trial of a cell takes, with everything around it, on a
 * machine that nobody else uses. */
double bench_effort_trial_s(const struct bench_effort *,
                            const struct bench_cell *);

#endif
