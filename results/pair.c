/* Choosing trials, pairing them, comparing their figures. */
#include "results/pair.h"

#include <math.h>
#include <stdlib.h>

static int by_round(const void *left, const void *right) {
  const struct results_trial *a = *(const struct results_trial *const *)left;
  const struct results_trial *b = *(const struct results_trial *const *)right;
  if (a->round != b->round)
    return a->round < b->round ? -1 : 1;
  return (a->sequence > b->sequence) - (a->sequence < b->sequence);
}

void results_side_fill(const struct results_trial *trials,
                       const struct results_trials_of_cell *cell,
                       const struct results_field *field,
                       struct results_side *side) {
  side->count = side->carrying = 0;
  for (size_t i = 0; i < cell->count; i++) {
    const struct results_trial *trial = &trials[cell->trials[i]];
    const double value = results_real(trial, field);
    side->carrying += !isnan(value);
    if (results_trial_is_clean(trial) && value > 0)
      side->usable[side->count++] = trial;
  }
  if (side->count)
    qsort(side->usable, side->count, sizeof *side->usable, by_round);
}

static size_t pair_by_round(const struct results_field *field,
                            struct results_scratch *s) {
  size_t i = 0, k = 0, pairs = 0;
  while (i < s->a.count && k < s->b.count) {
    const struct results_trial *x = s->a.usable[i], *y = s->b.usable[k];
    if (x->round == y->round) {
      s->first[pairs] = results_real(x, field);
      s->second[pairs++] = results_real(y, field);
    }
    i += x->round <= y->round;
    k += y->round <= x->round;
  }
  return pairs;
}

static size_t pair_by_turns(const struct results_side *side,
                            const struct results_field *field,
                            struct results_scratch *s) {
  const size_t pairs = side->count / 2;
  for (size_t i = 0; i < pairs; i++) {
    const size_t turn = i % 2;
    s->first[i] = results_real(side->usable[2 * i + turn], field);
    s->second[i] = results_real(side->usable[2 * i + 1 - turn], field);
  }
  return pairs;
}

int results_side_band(const struct results_side *side,
                      const struct results_field *field,
                      const struct results_compare_options *options,
                      struct results_scratch *s, double *out) {
  struct results_comparison self = {.low = 1, .high = 1};
  int error = 0;
  if (side->count / 2 >= RESULTS_BAND_PAIRS)
    error = results_compare_pairs(
        s->first, s->second, pair_by_turns(side, field, s), options, &self);
  if (!error)
    *out = fmax(self.high - 1, 1 - self.low);
  return error;
}

static bool has_probes(const struct results_side *side) {
  for (size_t i = 0; i < side->count; i++)
    if (!(side->usable[i]->probe_ns > 0))
      return false;
  return true;
}

static void take_all(const struct results_side *side,
                     const struct results_field *field, bool normalised,
                     double *values) {
  for (size_t i = 0; i < side->count; i++)
    values[i] = results_real(side->usable[i], field) /
                (normalised ? side->usable[i]->probe_ns : 1);
}

int results_sides_compare(enum results_design design,
                          const struct results_field *field,
                          const struct results_compare_options *options,
                          struct results_scratch *s,
                          struct results_contest *contest) {
  if (design != RESULTS_UNPAIRED) {
    const size_t pairs = design == RESULTS_BY_ROUND
                             ? pair_by_round(field, s)
                             : pair_by_turns(&s->a, field, s);
    return results_compare_pairs(s->first, s->second, pairs, options,
                                 &contest->comparison);
  }
  contest->normalised = has_probes(&s->a) && has_probes(&s->b);
  take_all(&s->a, field, contest->normalised, s->first);
  take_all(&s->b, field, contest->normalised, s->second);
  return results_compare_samples(s->first, s->a.count, s->second, s->b.count,
                                 options, &contest->comparison);
}
