/* From options and a machine to cells (see plan.h). */
#include "bench/plan/plan.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/plan/choice.h"
#include "bench/plan/sets.h"
#include "bench/trial/relaxing.h"
#include "locks/relax.h"
#include "topology/memory.h"

static int omit(struct bench_choice *choice, const char *what,
                const char *why) {
  struct bench_plan *plan = choice->plan;
  struct bench_omission omission;
  snprintf(omission.text, sizeof omission.text, "%s: %s", what, why);
  for (size_t i = 0; i < plan->omission_count; i++)
    if (!strcmp(plan->omissions[i].text, omission.text))
      return 0;
  void *grown = realloc(plan->omissions,
                        (plan->omission_count + 1) * sizeof *plan->omissions);
  if (!grown)
    return -ENOMEM;
  plan->omissions = grown;
  plan->omissions[plan->omission_count++] = omission;
  return 0;
}

/* Some workloads choose their locks when nobody else does. */
static bool wanted_kernel(const struct bench_choice *choice,
                          const struct bench_workload *workload,
                          const struct bench_kernel *kernel) {
  if (workload->reader != (kernel->mix != NULL))
    return false;
  if (workload->word && !strcmp(kernel->family, "peer"))
    return false;
  if (kernel->relax && !workload->relaxes)
    return false;
  return !workload->locks || choice->options->locks ||
         bench_list_names(workload->locks, kernel);
}

static bool wanted_routines(const struct bench_choice *choice,
                            const struct bench_workload *workload,
                            const struct bench_kernel *kernel) {
  if (choice->options->routines)
    return bench_list_has(choice->options->routines, kernel->routines);
  return workload->all_routines || strcmp(kernel->routines, "raise") != 0;
}

static bool wanted_set(const struct bench_plan *plan,
                       const struct bench_workload *workload,
                       const struct bench_set *set) {
  const unsigned kinds = workload->sets;
  const bool many = set->count > 2;
  if (set->count < workload->least_cpus)
    return false;
  return ((kinds & BENCH_ALL_TEAMS) && set->team) ||
         ((kinds & BENCH_MATRIX) && set->matrix) ||
         ((kinds & BENCH_CROWDS) && set->crowd) ||
         ((kinds & BENCH_PAIRS) && set->pair) ||
         ((kinds & BENCH_TEAMS) && set->team && many) ||
         ((kinds & BENCH_WAITERS) && set->waiters && many) ||
         ((kinds & BENCH_PAIRS) && !plan->pairs && set->count == 1);
}

/* At least one transfer, so that the next request is in flight when the
 * section ends; in steps, so that runs of one machine share their cells. */
static int64_t default_section(const struct bench_choice *choice,
                               const struct bench_workload *workload) {
  if (!workload->section)
    return 0;
  double transfer = choice->ground->transfer_ns;
  double ns = isnan(transfer) ? 0 : ceil(1.5 * transfer / 50) * 50;
  return ns < 100 ? 100 : (int64_t)ns;
}

/* A run of more would outlast the machine. */
enum { CELLS_MOST = 8000000 };

static int add_cell(struct bench_choice *choice, struct bench_cell cell) {
  struct bench_plan *plan = choice->plan;
  if (plan->cell_count == CELLS_MOST) {
    snprintf(choice->why, choice->why_size,
             "more than %d cells: take fewer pairs (--sample), locks or "
             "workloads",
             CELLS_MOST);
    return -EINVAL;
  }
  if ((plan->cell_count & (plan->cell_count - 1)) == 0) {
    size_t room = plan->cell_count ? 2 * plan->cell_count : 1;
    void *grown = realloc(plan->cells, room * sizeof *plan->cells);
    if (!grown)
      return -ENOMEM;
    plan->cells = grown;
  }
  plan->cells[plan->cell_count++] = cell;
  return 0;
}

/* A cell with each of its variants. */
static int add_variants(struct bench_choice *choice, struct bench_cell cell) {
  static const struct bench_variant plain = {.text = ""};
  const struct bench_variant *variant = cell.workload->variants;
  int error = 0;
  cell.variant = &plain;
  if (cell.workload->loads) {
    for (size_t i = 0; i < choice->plan->load_count && !error; i++) {
      cell.variant = &choice->plan->loads[i];
      error = add_cell(choice, cell);
    }
    return error;
  }
  if (!variant)
    return add_cell(choice, cell);
  for (; *variant->text && !error; variant++) {
    cell.variant = variant;
    error = add_cell(choice, cell);
  }
  return error;
}

static int add_sections(struct bench_choice *choice, struct bench_cell cell) {
  const struct bench_workload *workload = cell.workload;
  bool several = workload->section || workload->loads;
  if (!choice->section_count || !several) {
    cell.cs_ns = default_section(choice, workload);
    return add_variants(choice, cell);
  }
  int error = 0;
  for (size_t i = 0; i < choice->section_count && !error; i++) {
    cell.cs_ns = choice->sections[i];
    error = add_variants(choice, cell);
  }
  return error;
}

static int omit_home(struct bench_choice *choice, const struct bench_set *set,
                     const struct bench_home *home) {
  char what[96];
  snprintf(what, sizeof what, "home %.15s of CPUs %.32s%s", home->text,
           set->text, strlen(set->text) > 32 ? "…" : "");
  return omit(choice, what,
              home->home == TOPOLOGY_HOME_REMOTE
                  ? "all on one node"
                  : "there is no node with memory beside theirs");
}

/* The cells of one kernel on one set, with every section, at one home. */
static int add_cells_at(struct bench_choice *choice,
                        const struct bench_workload *workload,
                        const struct bench_kernel *kernel,
                        const struct bench_set *set,
                        const struct bench_home *home) {
  struct bench_cell cell = {.workload = workload,
                            .kernel = kernel,
                            .set = set,
                            .home = home->home,
                            .home_text = home->text,
                            .threads = workload->single ? 1 : set->count};
  if (workload->contended && !kernel->exclusive && cell.threads > 1)
    return omit(choice, kernel->lock,
                "excludes nobody, so it is measured on one thread only");
  if (kernel->threads_most && cell.threads > kernel->threads_most)
    return omit(choice, kernel->lock, "has no room for so many threads");
  if (topology_home_resolve(choice->ground->machine, home->home, set->cpus,
                            set->count, &cell.home))
    return omit_home(choice, set, home);
  return add_sections(choice, cell);
}

static int add_cells(struct bench_choice *choice,
                     const struct bench_workload *workload,
                     const struct bench_kernel *kernel,
                     const struct bench_set *set) {
  const struct bench_plan *plan = choice->plan;
  int error = 0;
  for (size_t i = 0; i < plan->home_count && !error; i++)
    error = add_cells_at(choice, workload, kernel, set, &plan->homes[i]);
  return error;
}

static int add_workload(struct bench_choice *choice,
                        const struct bench_workload *workload) {
  const struct bench_plan *plan = choice->plan;
  bool any_set = false;
  int error = 0;
  if (workload->stamps && !choice->ground->stamps)
    return omit(choice, workload->name,
                "needs a clock that stamps single events");
  for (size_t s = 0; s < plan->set_count && !error; s++) {
    if (!wanted_set(plan, workload, &plan->sets[s]))
      continue;
    any_set = true;
    for (size_t k = 0; k < choice->kernel_count && !error; k++)
      if (wanted_kernel(choice, workload, choice->kernels[k]) &&
          wanted_routines(choice, workload, choice->kernels[k]))
        error = add_cells(choice, workload, choice->kernels[k], &plan->sets[s]);
  }
  if (!any_set)
    return omit(choice, workload->name, "needs two CPUs or more");
  return error;
}

static int make_cells(struct bench_choice *choice) {
  int error = bench_choice_homes(choice);
  if (!error)
    error = bench_choice_loads(choice);
  for (size_t i = 0; i < choice->workload_count && !error; i++)
    error = add_workload(choice, choice->workloads[i]);
  if (!error && !choice->plan->cell_count) {
    snprintf(choice->why, choice->why_size, "nothing to measure: %s",
             choice->plan->omission_count ? choice->plan->omissions[0].text
                                          : "no lock has these routines");
    error = -EINVAL;
  }
  return error;
}

static int omit_beyond_quota(struct bench_choice *choice) {
  const struct bench_ground *ground = choice->ground;
  char why[64];
  if (!ground->quota_cpus ||
      ground->quota_cpus >= (double)topology_cpu_count(ground->machine))
    return 0;
  snprintf(why, sizeof why, "the control group grants %.1f CPUs",
           ground->quota_cpus);
  return omit(choice, "more threads", why);
}

int bench_plan_sets(const struct bench_options *options,
                    const struct bench_ground *ground, struct bench_plan *out,
                    char *why, size_t why_size) {
  struct bench_plan plan = {0};
  struct bench_sets_maker sets = {.machine = ground->machine,
                                  .quota_cpus = ground->quota_cpus,
                                  .plan = &plan,
                                  .why = why,
                                  .why_size = why_size};
  int error = bench_sets_make(&sets, options);
  for (size_t i = 0; i < plan.set_count; i++)
    plan.pairs |= plan.sets[i].pair;
  if (error)
    bench_plan_free(&plan);
  else
    *out = plan;
  return error;
}

int bench_plan_make(const struct bench_options *options,
                    const struct bench_ground *ground, struct bench_plan *out,
                    char *why, size_t why_size) {
  size_t kernels = 0;
  while (bench_kernels[kernels])
    kernels++;
  struct bench_plan plan = {0};
  struct bench_choice choice = {.options = options,
                                .ground = ground,
                                .plan = &plan,
                                .kernels = calloc(kernels + 1, sizeof(void *)),
                                .why = why,
                                .why_size = why_size};
  snprintf(why, why_size, "out of memory");
  int error = choice.kernels ? bench_choose(&choice) : -ENOMEM;
  if (!error)
    error = bench_plan_sets(options, ground, &plan, why, why_size);
  plan.transfer_ns = ground->transfer_ns;
  plan.stamps = ground->stamps;
  if (!error)
    error = omit_beyond_quota(&choice);
  if (!error)
    error = make_cells(&choice);
  if (!error)
    error = bench_relaxing_cells(&plan, LOCK_RELAX_NAME);
  free(choice.kernels);
  if (error)
    bench_plan_free(&plan);
  else
    *out = plan;
  return error;
}

void bench_plan_free(struct bench_plan *plan) {
  for (size_t i = 0; i < plan->set_count; i++) {
    free(plan->sets[i].cpus);
    free(plan->sets[i].text);
  }
  free(plan->sets);
  free(plan->cells);
  free(plan->homes);
  free(plan->loads);
  bench_relaxing_free(plan);
  free(plan->omissions);
  *plan = (struct bench_plan){0};
}
