/* A plan counted, with the time it takes, as people and programs read it. */
#ifndef BENCH_PLAN_REPORT_H
#define BENCH_PLAN_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "bench/plan/effort.h"

/* Cells of one workload. */
struct bench_forecast_workload {
  const struct bench_workload *workload;
  size_t cells;
  double round_s;
};

/* Sets of CPUs of one kind: pairs or placements of one size, at one level. */
struct bench_forecast_sets {
  size_t threads, count;
  const char *level; /* the plan's */
};

struct bench_forecast {
  struct bench_forecast_workload *workloads;
  size_t workload_count;
  struct bench_forecast_sets *sets;
  size_t set_count;
  double round_s, total_s;
  unsigned rounds;
  struct bench_effort effort;
};

/* @param why  one line on error
 * @return 0; -EINVAL for options that contradict each other; -ENOMEM */
int bench_forecast_make(const struct bench_plan *, const struct bench_options *,
                        struct bench_forecast *out, char *why, size_t why_size);
void bench_forecast_free(struct bench_forecast *);

void bench_forecast_print(FILE *, const struct topology_machine *,
                          const struct bench_plan *,
                          const struct bench_forecast *);

/* @return an object of the caller's, or NULL without memory */
json_t *bench_forecast_json(const struct topology_machine *,
                            const struct bench_plan *,
                            const struct bench_forecast *);

#endif
