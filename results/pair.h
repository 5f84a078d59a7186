/* The figures of two cells set against one another. Private to results/. */
#ifndef RESULTS_PAIR_H
#define RESULTS_PAIR_H

#include "results/contest.h"

enum results_design {
  RESULTS_BY_ROUND, /* pairs of one round, of two cells of a run */
  RESULTS_BY_TURNS, /* pairs of trials that follow one another, of one cell */
  RESULTS_UNPAIRED, /* two runs */
};

/* The trials of one cell that can be compared in one metric. */
struct results_side {
  const struct results_trial **usable; /* in order of rounds */
  size_t count;
  size_t carrying; /* trials with the metric, usable or not */
};

/* The sides of a contest, and room for its figures. */
struct results_scratch {
  struct results_side a, b;
  double *first, *second;
};

/* Chooses the trials of a cell that are clean and above 0 in a metric. */
void results_side_fill(const struct results_trial *trials,
                       const struct results_trials_of_cell *cell,
                       const struct results_field *field,
                       struct results_side *side);

/* How far from 1 a side's interval reaches when it is compared with itself.
 * @param s    room for figures
 * @param out  0 when the side has not RESULTS_BAND_PAIRS pairs
 * @return 0 or -ENOMEM */
int results_side_band(const struct results_side *side,
                      const struct results_field *field,
                      const struct results_compare_options *options,
                      struct results_scratch *s, double *out);

/* Compares the two sides; of RESULTS_BY_TURNS only the first counts.
 * @param contest  its comparison and `normalised` are filled
 * @return 0 or -ENOMEM */
int results_sides_compare(enum results_design design,
                          const struct results_field *field,
                          const struct results_compare_options *options,
                          struct results_scratch *s,
                          struct results_contest *contest);

#endif
