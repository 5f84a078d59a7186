/* The sets of CPUs of a plan: pairs by distance, placements by policy. */
#ifndef BENCH_SETS_H
#define BENCH_SETS_H

#include "bench/plan/plan.h"

struct bench_sets_maker {
  const struct topology_machine *machine;
  double quota_cpus;       /* that may be busy at once; 0: all */
  struct bench_plan *plan; /* gets the sets; each occurs once */
  char *why;               /* one line on error */
  size_t why_size;
  bool crowded;       /* more threads than CPUs may be asked for */
  size_t crowds;      /* how many times they were */
  const char *levels; /* only CPUs so far apart; NULL: all */
  bool waiters;       /* a workload wants sets of waiters */
  bool by_rule;       /* its own: while pairs are made that all differ, */
  size_t others;      /* and the number of sets before them */
};

/* What a set is for. */
enum bench_set_kind {
  BENCH_SET_TEAM,    /* placements of thread counts */
  BENCH_SET_WAITERS, /* one that holds and so many that wait */
  BENCH_SET_PAIR,    /* one for each distance, or as named */
  BENCH_SET_MATRIX,  /* pairs for a matrix alone */
  BENCH_SET_CROWD,   /* several threads a CPU */
};

/* Adds a set, or what it is for to one that is there.
 * @return 0; -EINVAL with `why` beyond the quota; -ENOMEM */
int bench_sets_add(struct bench_sets_maker *, const unsigned *cpus,
                   size_t count, enum bench_set_kind);

/* Tells whether so many CPUs may be busy at once. */
bool bench_sets_granted(const struct bench_sets_maker *, size_t count);

/* Tells whether CPUs at that level are wanted: its name is in `levels`, with
 * its distance or without. */
bool bench_sets_level_wanted(const struct bench_sets_maker *,
                             const char *level);

/* Adds one pair, the first in logical order, for every level that occurs
 * between the first CPU and another one; where levels are asked for, between
 * any two of one kind.
 * @return 0; -EINVAL with `why`; -ENOMEM */
int bench_sets_add_levels(struct bench_sets_maker *);

/* @return 0; -EINVAL with `why`, which lists the machine's levels, when no CPUs
 *         are as far apart as was asked for */
int bench_sets_check_levels(struct bench_sets_maker *);

/* Says so in `why`. @return -ENOMEM */
int bench_sets_no_memory(struct bench_sets_maker *);

/* @return 0; -EINVAL with `why`; -ENOMEM */
int bench_sets_make(struct bench_sets_maker *, const struct bench_options *);

#endif
