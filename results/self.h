/* How often a machine finds a difference where there is none. Pure. */
#ifndef RESULTS_SELF_H
#define RESULTS_SELF_H

#include "results/contest.h"

/* A machine's own rate of false differences: what results_contest_self() says
 * of all cells together. */
struct results_self_rate {
  size_t compared, differing; /* contests; those not `same` or `undecided` */
  size_t cells;               /* that they are of */
  size_t pairs;               /* that half of the contests had at least */
  double rate, low, high;     /* NAN when nothing was compared */
};

/* The metrics of a cell come from the same trials and differ together, so the
 * 95 % interval takes cells, not contests, for independent.
 * Source: Wilson, Journal of the American Statistical Association 22 (1927).
 * @return 0 or -ENOMEM */
int results_self_rate(const struct results_contests *contests,
                      struct results_self_rate *out);

#endif
