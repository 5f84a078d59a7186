/* One set of CPUs: its texts, its level, its place in a plan (see sets.h). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/plan/choice.h"
#include "bench/plan/sets.h"

int bench_sets_no_memory(struct bench_sets_maker *maker) {
  snprintf(maker->why, maker->why_size, "out of memory");
  return -ENOMEM;
}

/* "0 1 2" */
static char *cpus_text(const unsigned *cpus, size_t count) {
  char *text = malloc(count * 11 + 1);
  size_t used = 0;
  for (size_t i = 0; text && i < count; i++)
    used += (size_t)sprintf(text + used, i ? " %u" : "%u", cpus[i]);
  return text;
}

/* Finds the first CPU of the set for each node of each package.
 * @param firsts  room for the whole set; receives places in it */
static size_t first_of_each_node(const struct topology_machine *machine,
                                 const struct bench_set *set, size_t *firsts) {
  size_t found = 0;
  for (size_t i = 0; i < set->count; i++) {
    const struct topology_cpu *cpu = topology_cpu_find(machine, set->cpus[i]);
    size_t j = 0;
    for (; j < found; j++) {
      const struct topology_cpu *other =
          topology_cpu_find(machine, set->cpus[firsts[j]]);
      if (other->node == cpu->node && other->package == cpu->package)
        break;
    }
    if (j == found)
      firsts[found++] = i;
  }
  return found;
}

static unsigned distance(const struct topology_machine *machine, unsigned from,
                         unsigned to) {
  return topology_distance(machine, topology_cpu_find(machine, from)->node,
                           topology_cpu_find(machine, to)->node);
}

/* The farthest level between any two, and of its pairs the one whose nodes are
 * farthest apart. Levels nest, so that no two are farther from each other than
 * the farthest from the first; distances do not, but have few values. They
 * need not be the same both ways: a pair is named from its first CPU on. */
static int farthest(const struct topology_machine *machine,
                    struct bench_set *set) {
  size_t *firsts = malloc(set->count * sizeof *firsts);
  if (!firsts)
    return -ENOMEM;
  const unsigned *cpus = set->cpus;
  unsigned a = cpus[0], b = cpus[0];
  enum topology_level level = TOPOLOGY_SAME;
  for (size_t i = 1; i < set->count; i++)
    if (topology_level_between(machine, a, cpus[i]) > level) {
      b = cpus[i];
      level = topology_level_between(machine, a, b);
    }
  size_t nodes = set->count > 2 ? first_of_each_node(machine, set, firsts) : 0;
  for (size_t i = 0; i < nodes; i++)
    for (size_t j = 0; j < nodes; j++) {
      unsigned from = cpus[firsts[i]], to = cpus[firsts[j]];
      if (topology_level_between(machine, from, to) == level &&
          distance(machine, from, to) > distance(machine, a, b)) {
        a = from;
        b = to;
      }
    }
  free(firsts);
  topology_level_name(machine, a, b, set->level, sizeof set->level);
  return 0;
}

/* Pairs that are made by rule differ from each other: only others are looked
 * at, or all pairs of a large machine would take a day. */
static struct bench_set *find(const struct bench_sets_maker *maker,
                              const unsigned *cpus, size_t count) {
  const struct bench_plan *plan = maker->plan;
  size_t others = maker->by_rule ? maker->others : plan->set_count;
  for (size_t i = 0; i < others; i++)
    if (plan->sets[i].count == count &&
        !memcmp(plan->sets[i].cpus, cpus, count * sizeof *cpus))
      return &plan->sets[i];
  return NULL;
}

static void mark(struct bench_set *set, enum bench_set_kind kind) {
  set->team |= kind == BENCH_SET_TEAM;
  set->waiters |= kind == BENCH_SET_WAITERS;
  set->pair |= kind == BENCH_SET_PAIR;
  set->matrix |= kind == BENCH_SET_MATRIX;
  set->crowd |= kind == BENCH_SET_CROWD;
}

/* Makes room for one more set. */
static int reserve(struct bench_plan *plan) {
  if (plan->set_count & (plan->set_count - 1))
    return 0;
  size_t room = plan->set_count ? 2 * plan->set_count : 1;
  void *grown = realloc(plan->sets, room * sizeof *plan->sets);
  if (!grown)
    return -ENOMEM;
  plan->sets = grown;
  return 0;
}

/* Threads that spin while the control group has stopped their peers measure
 * the group's period. */
bool bench_sets_granted(const struct bench_sets_maker *maker, size_t count) {
  return !maker->quota_cpus || (double)count <= maker->quota_cpus;
}

static int refuse(struct bench_sets_maker *maker, size_t count) {
  snprintf(maker->why, maker->why_size,
           "%zu threads at once: the control group grants %.1f CPUs; it should "
           "be fewer threads, or the group have a larger quota",
           count, maker->quota_cpus);
  return -EINVAL;
}

int bench_sets_add(struct bench_sets_maker *maker, const unsigned *cpus,
                   size_t count, enum bench_set_kind kind) {
  struct bench_plan *plan = maker->plan;
  size_t spinning =
      kind == BENCH_SET_CROWD ? topology_cpu_count(maker->machine) : count;
  if (!bench_sets_granted(maker, spinning))
    return refuse(maker, spinning);
  struct bench_set *there = find(maker, cpus, count);
  if (there) {
    mark(there, kind);
    return 0;
  }
  if (reserve(plan))
    return bench_sets_no_memory(maker);
  struct bench_set set = {.count = count, .number = plan->set_count};
  mark(&set, kind);
  set.cpus = malloc(count * sizeof *set.cpus);
  set.text = cpus_text(cpus, count);
  if (set.cpus)
    memcpy(set.cpus, cpus, count * sizeof *cpus);
  bool failed = !set.cpus || !set.text || farthest(maker->machine, &set);
  bool wanted = failed || count == 1 || set.crowd ||
                bench_sets_level_wanted(maker, set.level);
  if (failed || !wanted) {
    free(set.cpus);
    free(set.text);
    return failed ? bench_sets_no_memory(maker) : 0;
  }
  plan->sets[plan->set_count++] = set;
  return 0;
}

bool bench_sets_level_wanted(const struct bench_sets_maker *maker,
                             const char *level) {
  char kind[TOPOLOGY_LEVEL_NAME_SIZE];
  if (!maker->levels)
    return true;
  snprintf(kind, sizeof kind, "%.*s", (int)strcspn(level, ":"), level);
  return bench_list_has(maker->levels, level) ||
         bench_list_has(maker->levels, kind);
}
