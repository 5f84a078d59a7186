/* The sets of CPUs of a plan: pairs by distance, placements by policy. */
#ifndef BENCH_SETS_H
#define BENCH_SETS_H

#include "bench/plan.h"

struct bench_sets_maker {
  const struct topology_machine *machine;
  double quota_cpus;       /* that may be busy at once; 0: all */
  struct bench_plan *plan; /* gets the sets; each occurs once */
  char *why;               /* one line on error */
  size_t why_size;
  bool by_rule;  /* its own: while pairs are made that all differ, */
  size_t others; /* and the number of sets before them */
};

/* @return 0; -EINVAL with `why`; -ENOMEM */
int bench_sets_make(struct bench_sets_maker *, const struct bench_options *);

#endif
