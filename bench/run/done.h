/* Which trials of a plan are there already. Pure. */
#ifndef BENCH_DONE_H
#define BENCH_DONE_H

#include "bench/plan/plan.h"
#include "results/trial.h"

struct bench_done {
  uint64_t *keys; /* of finished trials, ascending */
  size_t count;
};

/* Finds the cells of stored trials.
 * @param cells  out: of each trial, its cell's index in the plan; NULL: no
 * @param out    released with free(out->keys)
 * @return 0; -EINVAL when a trial is of no cell of the plan, or there twice;
 *         -ENOMEM */
int bench_done_make(const struct bench_plan *, const struct results_trial *,
                    size_t count, size_t *cells, struct bench_done *out);

/* @param cell  its index in the plan */
bool bench_done_has(const struct bench_done *, size_t cell, unsigned round);

#endif
