/* What a run says before it begins: what it measures with, what that costs,
 * what is left out, what disturbs. */
#ifndef BENCH_HEAD_H
#define BENCH_HEAD_H

#include <stdio.h>

#include "bench/doctor.h"
#include "bench/plan/plan.h"
#include "bench/run/costs.h"

struct bench_head {
  const struct bench_clock *clock;
  const struct bench_costs *costs;
  const struct bench_plan *plan;
  const struct bench_examination *health;
};

void bench_head_print(FILE *, const struct bench_head *);

#endif
