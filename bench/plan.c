/* From options and a machine to cells (see plan.h). */
#include "bench/plan.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/list.h"
#include "bench/sets.h"
#include "topology/memory.h"

/* A plan under construction. */
struct maker {
  const struct bench_options *options;
  const struct bench_ground *ground;
  struct bench_plan *plan;
  const struct bench_kernel **kernels; /* the chosen ones */
  size_t kernel_count;
  const struct bench_workload *workloads[16];
  size_t workload_count;
  int64_t sections[32]; /* --cs-ns; none: as the workload wants */
  size_t section_count;
  int home;
  char *why;
  size_t why_size;
};

static int refuse(struct maker *maker, const char *option, const char *item,
                  const char *what, const char *valid) {
  snprintf(maker->why, maker->why_size, "%s: unknown %s '%s'; there are %s",
           option, what, item, valid);
  return -EINVAL;
}

/* Kernels of one lock stand together. */
static bool same_lock(const struct bench_kernel *a,
                      const struct bench_kernel *b) {
  return !strcmp(a->family, b->family) && !strcmp(a->lock, b->lock);
}

void bench_kernel_names(char *text, size_t size) {
  size_t used = 0;
  text[0] = '\0';
  for (size_t i = 0; bench_kernels[i]; i++) {
    const struct bench_kernel *k = bench_kernels[i];
    if (k->hidden || (i && same_lock(k, bench_kernels[i - 1])))
      continue;
    int length = snprintf(text + used, size - used, "%s%s/%s",
                          used ? " " : "", k->family, k->lock);
    if (length < 0 || (size_t)length >= size - used)
      return;
    used += (size_t)length;
  }
}

/* "ticket" means every family's, "queued/mcs" one. */
static bool matches(const struct bench_kernel *kernel, const char *item) {
  const char *slash = strchr(item, '/');
  if (!slash)
    return !strcmp(item, kernel->lock);
  size_t family = (size_t)(slash - item);
  return !strncmp(item, kernel->family, family) && !kernel->family[family] &&
         !strcmp(slash + 1, kernel->lock);
}

static bool chosen(const struct maker *maker, const struct bench_kernel *k) {
  for (size_t i = 0; i < maker->kernel_count; i++)
    if (maker->kernels[i] == k)
      return true;
  return false;
}

static int choose_kernels(struct maker *maker, const char *item) {
  bool found = false;
  for (size_t i = 0; bench_kernels[i]; i++) {
    const struct bench_kernel *k = bench_kernels[i];
    if (item ? !matches(k, item) : k->hidden)
      continue;
    found = true;
    if (!chosen(maker, k))
      maker->kernels[maker->kernel_count++] = k;
  }
  if (found)
    return 0;
  char names[2048];
  bench_kernel_names(names, sizeof names);
  return refuse(maker, "--locks", item ? item : "", "lock", names);
}

static int choose_workload(struct maker *maker, const char *item) {
  const struct bench_workload *found = item ? bench_workload_find(item) : NULL;
  char names[256] = "";
  for (size_t i = 0; bench_workloads[i]; i++) {
    if (!item)
      maker->workloads[maker->workload_count++] = bench_workloads[i];
    strncat(names, i ? " " : "", sizeof names - strlen(names) - 1);
    strncat(names, bench_workloads[i]->name, sizeof names - strlen(names) - 1);
  }
  if (item && !found)
    return refuse(maker, "--workloads", item, "workload", names);
  for (size_t i = 0; found && i < maker->workload_count; i++)
    if (maker->workloads[i] == found)
      return 0;
  if (found)
    maker->workloads[maker->workload_count++] = found;
  return 0;
}

static int choose_section(struct maker *maker, const char *item) {
  long long ns;
  if (!item)
    return 0;
  if (!bench_number(item, 0, 1000000, &ns) || maker->section_count == 32) {
    snprintf(maker->why, maker->why_size,
             "--cs-ns: '%s' is no time from 0 to 1000000 ns", item);
    return -EINVAL;
  }
  maker->sections[maker->section_count++] = ns;
  return 0;
}

static const char *const routine_names[] = {"dpc", "raise", "native", NULL};

static int check_routines(struct maker *maker, const char *item) {
  for (size_t i = 0; item && routine_names[i]; i++)
    if (!strcmp(routine_names[i], item))
      return 0;
  if (!item)
    return 0;
  return refuse(maker, "--routines", item, "routine pair", "dpc raise native");
}

/* Calls `choose` for each item of a list; once with NULL when not given. */
static int for_each(struct maker *maker, const char *text,
                    int (*choose)(struct maker *, const char *)) {
  if (!text)
    return choose(maker, NULL);
  struct bench_list list;
  int error = bench_list_split(text, ',', &list);
  for (size_t i = 0; !error && i < list.count; i++)
    error = choose(maker, list.items[i]);
  bench_list_free(&list);
  return error;
}

static bool has_item(const char *list, const char *item) {
  size_t length = strlen(item);
  for (const char *at = list; (at = strstr(at, item)); at += length)
    if ((at == list || at[-1] == ',') && (!at[length] || at[length] == ','))
      return true;
  return false;
}

static int omit(struct maker *maker, const char *what, const char *why) {
  struct bench_plan *plan = maker->plan;
  struct bench_omission omission;
  snprintf(omission.text, sizeof omission.text, "%s: %s", what, why);
  for (size_t i = 0; i < plan->omission_count; i++)
    if (!strcmp(plan->omissions[i].text, omission.text))
      return 0;
  void *grown = realloc(plan->omissions, (plan->omission_count + 1) *
                                             sizeof *plan->omissions);
  if (!grown)
    return -ENOMEM;
  plan->omissions = grown;
  plan->omissions[plan->omission_count++] = omission;
  return 0;
}

static bool wanted_routines(const struct maker *maker,
                            const struct bench_workload *workload,
                            const struct bench_kernel *kernel) {
  if (maker->options->routines)
    return has_item(maker->options->routines, kernel->routines);
  return workload->all_routines || strcmp(kernel->routines, "raise") != 0;
}

static bool wanted_set(const struct bench_plan *plan,
                       const struct bench_workload *workload,
                       const struct bench_set *set) {
  bool pairs = false;
  for (size_t i = 0; i < plan->set_count; i++)
    pairs |= plan->sets[i].pair;
  if (set->count < workload->least_cpus)
    return false;
  if (workload->sets & BENCH_ALL_TEAMS)
    return set->team;
  if ((workload->sets & BENCH_PAIRS) && set->pair)
    return true;
  if ((workload->sets & BENCH_TEAMS) && set->team && set->count > 2)
    return true;
  return workload->least_cpus == 1 && !pairs && set->count == 1;
}

/* At least one transfer, so that the next request is in flight when the
 * section ends; in steps, so that runs of one machine share their cells. */
static int64_t default_section(const struct maker *maker,
                               const struct bench_workload *workload) {
  if (!workload->section)
    return 0;
  double transfer = maker->ground->transfer_ns;
  double ns = isnan(transfer) ? 0 : ceil(1.5 * transfer / 50) * 50;
  return ns < 100 ? 100 : (int64_t)ns;
}

static int add_cell(struct maker *maker, struct bench_cell cell) {
  struct bench_plan *plan = maker->plan;
  snprintf(cell.name, sizeof cell.name,
           "%s/%s/%s/%s/threads:%zu/level:%s/home:%s/cs:%lld/set:%zu",
           cell.workload->name, cell.kernel->family, cell.kernel->lock,
           cell.kernel->routines, cell.threads, cell.set->level,
           plan->home_text, (long long)cell.cs_ns,
           (size_t)(cell.set - plan->sets));
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

static int add_cells(struct maker *maker, const struct bench_workload *workload,
                     const struct bench_kernel *kernel,
                     const struct bench_set *set) {
  struct bench_cell cell = {.workload = workload,
                            .kernel = kernel,
                            .set = set,
                            .home = maker->home,
                            .threads = workload->single ? 1 : set->count};
  if (workload->contended && !kernel->exclusive && cell.threads > 1)
    return omit(maker, kernel->lock,
                "excludes nobody, so it is measured on one thread only");
  bool several = workload->section || workload->sets & BENCH_ALL_TEAMS;
  if (!maker->section_count || !several) {
    cell.cs_ns = default_section(maker, workload);
    return add_cell(maker, cell);
  }
  int error = 0;
  for (size_t i = 0; i < maker->section_count && !error; i++) {
    cell.cs_ns = maker->sections[i];
    error = add_cell(maker, cell);
  }
  return error;
}

static int add_workload(struct maker *maker,
                        const struct bench_workload *workload) {
  const struct bench_plan *plan = maker->plan;
  bool any_set = false;
  int error = 0;
  if (workload->stamps && !maker->ground->stamps)
    return omit(maker, workload->name,
                "needs a clock that stamps single events");
  for (size_t s = 0; s < plan->set_count && !error; s++) {
    if (!wanted_set(plan, workload, &plan->sets[s]))
      continue;
    any_set = true;
    for (size_t k = 0; k < maker->kernel_count && !error; k++)
      if (wanted_routines(maker, workload, maker->kernels[k]))
        error = add_cells(maker, workload, maker->kernels[k], &plan->sets[s]);
  }
  if (!any_set)
    return omit(maker, workload->name, "needs two CPUs or more");
  return error;
}

static int parse(struct maker *maker) {
  const struct bench_options *options = maker->options;
  int error = for_each(maker, options->locks, choose_kernels);
  if (!error)
    error = for_each(maker, options->workloads, choose_workload);
  if (!error)
    error = for_each(maker, options->cs_ns, choose_section);
  if (!error)
    error = for_each(maker, options->routines, check_routines);
  if (!error)
    error = topology_home_parse(maker->ground->machine,
                                options->home ? options->home : "first",
                                &maker->home, maker->why, maker->why_size);
  return error;
}

static int make_cells(struct maker *maker) {
  int error = 0;
  topology_home_name(maker->home, maker->plan->home_text,
                     sizeof maker->plan->home_text);
  for (size_t i = 0; i < maker->workload_count && !error; i++)
    error = add_workload(maker, maker->workloads[i]);
  if (!error && !maker->plan->cell_count) {
    snprintf(maker->why, maker->why_size,
             "nothing to measure: %s",
             maker->plan->omission_count ? maker->plan->omissions[0].text
                                         : "no lock has these routines");
    error = -EINVAL;
  }
  return error;
}

int bench_plan_sets(const struct bench_options *options,
                    const struct topology_machine *machine,
                    struct bench_plan *out, char *why, size_t why_size) {
  struct bench_plan plan = {0};
  struct bench_sets_maker sets = {
      .machine = machine, .plan = &plan, .why = why, .why_size = why_size};
  int error = bench_sets_make(&sets, options);
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
  struct maker maker = {.options = options,
                        .ground = ground,
                        .plan = &plan,
                        .kernels = calloc(kernels + 1, sizeof(void *)),
                        .why = why,
                        .why_size = why_size};
  snprintf(why, why_size, "out of memory");
  int error = maker.kernels ? parse(&maker) : -ENOMEM;
  if (!error)
    error = bench_plan_sets(options, ground->machine, &plan, why, why_size);
  if (!error)
    error = make_cells(&maker);
  free(maker.kernels);
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
  free(plan->omissions);
  *plan = (struct bench_plan){0};
}
