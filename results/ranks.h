/* Two samples compared by order alone, and many comparisons at once. Pure. */
#ifndef RESULTS_RANKS_H
#define RESULTS_RANKS_H

#include <stddef.h>

/* Together this many values at most are judged exactly. */
#define RESULTS_RANKS_EXACT 50

/* Mann and Whitney's test that two samples come from one law, two-sided.
 * Up to RESULTS_RANKS_EXACT values in all the probability is counted out over
 * all ways to deal the pooled values (ties as they are); beyond, the normal
 * approximation with corrections for ties and continuity is taken.
 * Source: Mann, Whitney, Annals of Mathematical Statistics 18 (1947); Lehmann,
 * "Nonparametrics" (1975), for the conditional distribution under ties.
 * @param p  1 when a sample is empty
 * @return 0 or -ENOMEM */
int results_mann_whitney(const double *first, size_t first_count,
                         const double *second, size_t second_count, double *p);

/* Cliff's delta: the share of pairs in which the second value is the larger
 * less the share in which it is the smaller, -1 to 1; NAN when a sample is
 * empty.
 * Source: Cliff, Psychological Bulletin 114 (1993). */
double results_cliffs_delta(const double *first, size_t first_count,
                            const double *second, size_t second_count);

/* Adjusts p values of several tests so that the chance of any false alarm
 * stays below each level.
 * Source: Holm, Scandinavian Journal of Statistics 6 (1979).
 * @param p  changed in place, its order kept
 * @return 0 or -ENOMEM, p then being untouched */
int results_holm(double *p, size_t count);

#endif
