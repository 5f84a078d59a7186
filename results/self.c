/* The rate of false differences, with its interval (see self.h). */
#include "results/self.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "results/bootstrap.h"
#include "results/stats.h"

static size_t count_cells(const struct results_contests *contests) {
  size_t cells = 0;
  for (size_t i = 0; i < contests->count; i++) /* those of one stand together */
    cells += i == 0 || !results_cell_equal(&contests->list[i - 1].first,
                                           &contests->list[i].first);
  return cells;
}

static void wilson(double share, double n, struct results_self_rate *out) {
  const double z = results_normal_inverse(0.975), zz = z * z;
  const double middle = (share + zz / (2 * n)) / (1 + zz / n);
  const double half =
      z / (1 + zz / n) * sqrt(share * (1 - share) / n + zz / (4 * n * n));
  out->low = fmax(0, middle - half);
  out->high = fmin(1, middle + half);
}

int results_self_rate(const struct results_contests *contests,
                      struct results_self_rate *out) {
  struct results_self_rate rate = {.compared = contests->count,
                                   .cells = count_cells(contests),
                                   .rate = (double)NAN,
                                   .low = (double)NAN,
                                   .high = (double)NAN};
  double *pairs = calloc(contests->count + 1, sizeof *pairs);
  if (!pairs)
    return -ENOMEM;
  for (size_t i = 0; i < contests->count; i++) {
    const struct results_comparison *c = &contests->list[i].comparison;
    pairs[i] = (double)c->first;
    rate.differing +=
        c->answer == RESULTS_FASTER || c->answer == RESULTS_SLOWER;
  }
  if (rate.compared) {
    results_sort(pairs, rate.compared);
    rate.pairs = (size_t)results_median_sorted(pairs, rate.compared);
    rate.rate = (double)rate.differing / (double)rate.compared;
    wilson(rate.rate, (double)rate.cells, &rate);
  }
  free(pairs);
  *out = rate;
  return 0;
}
