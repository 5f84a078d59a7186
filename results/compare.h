/* Is the second faster, slower or the same as the first? Pure.
 *
 * A comparison is decided by the interval of a ratio and by a size that matters
 * together: `faster` or `slower` only when the whole interval lies beyond the
 * threshold and beyond what the same thing differs from itself by, `same` only
 * when it lies within the threshold, else `undecided`. A difference too small
 * to matter is never announced, and lack of data is never taken for sameness.
 *
 * Pairs are the design that drift cannot fool: both were measured in the same
 * round, and only their ratio counts. Samples of different runs have no such
 * protection, so what is said of them is `indicative` at most.
 *
 * The test and the effect size are for the reader; they decide nothing. */
#ifndef RESULTS_COMPARE_H
#define RESULTS_COMPARE_H

#include "results/bootstrap.h"

#include <stdbool.h>

enum results_answer {
  RESULTS_SAME,
  RESULTS_FASTER,
  RESULTS_SLOWER,
  RESULTS_UNDECIDED,
};

/* "same", "faster", "slower", "undecided" */
const char *results_answer_name(enum results_answer answer);

/* Fewer values than this decide nothing: five pairs point one way all together
 * by chance once in sixteen times, six once in thirty-two. */
#define RESULTS_COMPARE_LEAST 6

/* From this many pairs on the interval is BCa, below it percentile. */
#define RESULTS_COMPARE_BCA 20

/* The most further runs that are ever asked for. */
#define RESULTS_COMPARE_MOST 1000

struct results_compare_options {
  double threshold; /* the ratio's distance from 1 that matters: 0.03 */
  double band; /* what differs by less may be one and the same; 0: not known */
  struct results_bootstrap bootstrap;
};

/* 3 %, 95 %, 4000 resamples. */
extern const struct results_compare_options results_compare_defaults;

struct results_comparison {
  enum results_answer answer;
  bool indicative;      /* the samples were not paired */
  double ratio;         /* second over first: above 1 is slower */
  double low, high;     /* its interval; NAN below 2 values */
  double delta;         /* Cliff's: above 0, the second is slower */
  double p;             /* Mann and Whitney's, of this comparison alone */
  size_t first, second; /* values that it rests on */
  /* When undecided: about so many more runs would decide, RESULTS_COMPARE_MOST
   * standing for "or more"; else 0. */
  size_t more;
};

/* Compares values of which smaller is better and which were measured in pairs:
 * the ratio is the median of second[i] / first[i].
 * @param first,second  above 0
 * @return 0; -EDOM for a value that is not above 0; -ENOMEM */
int results_compare_pairs(const double *first, const double *second,
                          size_t count,
                          const struct results_compare_options *options,
                          struct results_comparison *out);

/* Compares values of different runs: the ratio is that of the medians, and the
 * answer is indicative.
 * @return as results_compare_pairs() */
int results_compare_samples(const double *first, size_t first_count,
                            const double *second, size_t second_count,
                            const struct results_compare_options *options,
                            struct results_comparison *out);

#endif
