/* What the options of a plan choose: kernels, workloads, sections, home. */
#ifndef BENCH_CHOICE_H
#define BENCH_CHOICE_H

#include "bench/plan.h"

/* Options resolved, and the plan that is made of them. */
struct bench_choice {
  const struct bench_options *options;
  const struct bench_ground *ground;
  struct bench_plan *plan;
  const struct bench_kernel **kernels; /* the chosen ones */
  size_t kernel_count;
  const struct bench_workload *workloads[16];
  size_t workload_count;
  int64_t sections[32]; /* --cs-ns; none: as the workload wants */
  size_t section_count;
  int homes[32]; /* --home; at least one */
  size_t home_count;
  char *why;
  size_t why_size;
};

/* Resolves the names in choice->options.
 * @param choice  options, ground, kernels (room for all), why are set
 * @return 0; -EINVAL with `why`; -ENOMEM */
int bench_choose(struct bench_choice *choice);

/* @return true when a comma-separated list has that item */
bool bench_list_has(const char *list, const char *item);

#endif
