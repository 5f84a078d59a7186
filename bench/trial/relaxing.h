/* How waiters relax (locks/relax.h) as a part of what a run is: the policy is
 * the build's, and two runs under different policies share no cell. */
#ifndef BENCH_RELAXING_H
#define BENCH_RELAXING_H

#include <jansson.h>
#include <stddef.h>

#include "bench/plan/plan.h"

/* Measures the spin hint, so that delays in ns are true.
 * @return 0; -ENOTSUP with `why` when the processor lacks what the policy
 *         needs: no lock may be waited for */
int bench_relaxing_prepare(char *why, size_t why_size);

/* A variant as it is under another policy than the usual one. */
struct bench_relaxed {
  struct bench_relaxed *next;
  const struct bench_variant *plain;
  const char *policy;
  struct bench_variant variant;
};

/* Puts a policy that is not `pause` into the variant of every cell.
 * @param policy  of the kernels that have none of their own
 * @return 0 or -ENOMEM */
int bench_relaxing_cells(struct bench_plan *, const char *policy);

void bench_relaxing_free(struct bench_plan *);

/* @return {policy, hint_ns}, for run.json */
json_t *bench_relaxing_json(void);

#endif
