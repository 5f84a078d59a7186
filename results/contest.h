/* What can be compared: two locks of one run, two runs, a run with itself.
 * Pure.
 *
 * Compared are the metrics in ns, of which smaller is better, over clean trials
 * alone; cs_measured_ns is left out, being a condition and no result. Ratios,
 * counts and rates repeat or qualify those and have no `faster`. */
#ifndef RESULTS_CONTEST_H
#define RESULTS_CONTEST_H

#include "results/cell.h"
#include "results/compare.h"

#include <jansson.h>

/* One metric of one cell, compared. */
struct results_contest {
  struct results_cell first, second; /* strings borrowed from the trials */
  const char *metric;
  bool normalised; /* each value was divided by its trial's own probe */
  struct results_comparison comparison;
  double band;         /* if above 0, a difference had to be beyond it */
  double p_adjusted;   /* by Holm over all contests of the list */
  size_t first_aside;  /* trials with the metric that are not clean, or whose */
  size_t second_aside; /* value cannot be compared, or that found no partner */
};

struct results_contests {
  struct results_contest *list;
  size_t count;
  struct results_arena *links; /* owns the names of classes found anew */
};

/* A lock as the command line names it. */
struct results_contestant {
  const char *family; /* "executive" */
  const char *lock;   /* "ticket" */
};

/* Of two locks and of two runs: a cell that was measured often enough is
 * compared with itself, too, and where its interval reaches farther from 1 than
 * the threshold, that A/A band is the least difference that is believed of it.
 * Often enough are so many pairs of its trials, which `bench --aa` collects. */
#define RESULTS_BAND_PAIRS 20

/* Compares two locks of one run wherever both were measured in cells that
 * differ in nothing else; routines are the same or native on one side. Trials
 * are paired by round, and within a round in the order of execution.
 * @param out  in the order of results_cells_group(), then of trial.def;
 *             released with results_contests_free(); borrows the strings
 * @return 0 (no common cell: an empty list) or -ENOMEM */
int results_contest_locks(const struct results_trial *trials, size_t count,
                          const struct results_contestant *first,
                          const struct results_contestant *second,
                          const struct results_compare_options *options,
                          struct results_contests *out);

/* Compares every cell that two runs have in common; indicative at most. Classes
 * of line transfer are found anew over both runs together, as a run's own names
 * for them mean nothing in another; classes are not mixed, and within one every
 * value is divided by its own trial's probe, where every trial has one.
 * @return as results_contest_locks() */
int results_contest_runs(const struct results_trial *first, size_t first_count,
                         const struct results_trial *second,
                         size_t second_count,
                         const struct results_compare_options *options,
                         struct results_contests *out);

/* Compares every cell with itself, which must give no difference: the trials in
 * order of rounds are dealt in twos, turn about, so that a steady drift favours
 * neither hand. The share of answers that are not `same` or `undecided` is the
 * machine's own rate of false differences.
 * @return as results_contest_locks() */
int results_contest_self(const struct results_trial *trials, size_t count,
                         const struct results_compare_options *options,
                         struct results_contests *out);

void results_contests_free(struct results_contests *contests);

/* The first key of the environment by which two runs come from different
 * machines: name, architecture, CPU, number of CPUs, SMT, guest.
 * @param first,second  run.json
 * @return NULL when they are of one machine */
const char *results_other_machine(const json_t *first, const json_t *second);

#endif
