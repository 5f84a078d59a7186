/* Pairs by level: one for each distance that there is (see sets.h). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/plan/sample.h"
#include "bench/plan/sets.h"

static const struct topology_cpu *
first_of_fastest(const struct topology_machine *machine) {
  size_t i = 0;
  while (topology_cpu_at(machine, i)->kind != 0)
    i++;
  return topology_cpu_at(machine, i);
}

/* The levels that have a pair already. */
struct seen_levels {
  char names[32][TOPOLOGY_LEVEL_NAME_SIZE];
  size_t count;
};

static bool see(struct seen_levels *seen, const char *level) {
  for (size_t i = 0; i < seen->count; i++)
    if (!strcmp(seen->names[i], level))
      return false;
  if (seen->count == sizeof seen->names / sizeof *seen->names)
    return false;
  strcpy(seen->names[seen->count++], level);
  return true;
}

/* One pair for every level that was not seen yet and that occurs between a CPU
 * and a later one of the same kind. */
static int add_levels_from(struct bench_sets_maker *maker,
                           const struct topology_cpu *first,
                           struct seen_levels *seen) {
  const struct topology_machine *machine = maker->machine;
  int error = 0;
  for (size_t i = first->logical + 1; i < topology_cpu_count(machine) && !error;
       i++) {
    char level[TOPOLOGY_LEVEL_NAME_SIZE];
    unsigned pair[2] = {first->os, topology_cpu_at(machine, i)->os};
    topology_level_name(machine, pair[0], pair[1], level, sizeof level);
    if (topology_cpu_at(machine, i)->kind == first->kind && see(seen, level))
      error = bench_sets_add(maker, pair, 2, BENCH_SET_PAIR);
  }
  return error;
}

int bench_sets_add_levels(struct bench_sets_maker *maker) {
  const struct topology_machine *machine = maker->machine;
  struct seen_levels seen = {.count = 0};
  const struct topology_cpu *first = first_of_fastest(machine);
  if (!bench_sets_granted(maker, 2))
    return 0;
  int error = add_levels_from(maker, first, &seen);
  for (size_t i = 0; i < topology_cpu_count(machine) && maker->levels && !error;
       i++)
    error = add_levels_from(maker, topology_cpu_at(machine, i), &seen);
  return error;
}

/* One pair of each distance of the machine, wanted or not. */
static void list_levels(const struct topology_machine *machine, char *text,
                        size_t size) {
  struct bench_sample sample;
  size_t used = 0;
  text[0] = '\0';
  if (bench_sample_pairs(machine, 1, 1, &sample))
    return;
  for (size_t i = 0; i < sample.count && used < size; i++) {
    char level[TOPOLOGY_LEVEL_NAME_SIZE];
    topology_level_name(machine, sample.pairs[i][0], sample.pairs[i][1], level,
                        sizeof level);
    used += (size_t)snprintf(text + used, size - used, " %s", level);
  }
  free(sample.pairs);
}

/* A level at which the machine has nothing would leave an empty plan. */
int bench_sets_check_levels(struct bench_sets_maker *maker) {
  char there[256];
  const struct bench_plan *plan = maker->plan;
  for (size_t i = 0; i < plan->set_count; i++)
    if (plan->sets[i].count > 1)
      return 0;
  list_levels(maker->machine, there, sizeof there);
  snprintf(
      maker->why, maker->why_size,
      "--level: '%s': no CPUs to be measured are so far apart; there are%s",
      maker->levels, *there ? there : " no two CPUs");
  return -EINVAL;
}
