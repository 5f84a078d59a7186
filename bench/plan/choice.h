/* What the options of a plan choose: kernels, workloads, sections, home. */
#ifndef BENCH_CHOICE_H
#define BENCH_CHOICE_H

#include "bench/plan/plan.h"

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
  int64_t thinks[32]; /* --think-ns; at least one */
  size_t think_count;
  int64_t lines[32]; /* --cs-lines; at least one */
  size_t line_count;
  int homes[32]; /* --home; at least one */
  size_t home_count;
  char *why;
  size_t why_size;
};

/* Resolves the names in choice->options.
 * @param choice  options, ground, kernels (room for all), why are set
 * @return 0; -EINVAL with `why`; -ENOMEM */
int bench_choose(struct bench_choice *choice);

/* Makes the plan's homes.
 * @return 0 or -ENOMEM */
int bench_choice_homes(struct bench_choice *choice);

/* Makes the plan's loads: every think time with every number of lines.
 * @return 0 or -ENOMEM */
int bench_choice_loads(struct bench_choice *choice);

/* @return true when the kernel is of a lock that a list names */
bool bench_list_names(const char *list, const struct bench_kernel *);

/* @return true when a comma-separated list has that item */
bool bench_list_has(const char *list, const char *item);

#endif
