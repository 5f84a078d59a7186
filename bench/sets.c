/* The sets of CPUs of a plan: pairs by distance, placements by policy. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/choice.h"
#include "bench/list.h"
#include "bench/plan.h"
#include "bench/sample.h"
#include "bench/sets.h"
#include "topology/place.h"

static int out_of_memory(struct bench_sets_maker *maker) {
  snprintf(maker->why, maker->why_size, "out of memory");
  return -ENOMEM;
}

enum { MATRIX_SAMPLE = 16 };

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

/* Threads that spin while the control group has stopped their peers measure
 * the group's period. */
static bool granted(const struct bench_sets_maker *maker, size_t count) {
  return !maker->quota_cpus || (double)count <= maker->quota_cpus;
}

static int refuse(struct bench_sets_maker *maker, size_t count) {
  snprintf(maker->why, maker->why_size,
           "%zu threads at once: the control group grants %.1f CPUs; it should "
           "be fewer threads, or the group have a larger quota",
           count, maker->quota_cpus);
  return -EINVAL;
}

enum kind { TEAM, PAIR, MATRIX };

static void mark(struct bench_set *set, enum kind kind) {
  set->team |= kind == TEAM;
  set->pair |= kind == PAIR;
  set->matrix |= kind == MATRIX;
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

static int add(struct bench_sets_maker *maker, const unsigned *cpus,
               size_t count, enum kind kind) {
  struct bench_plan *plan = maker->plan;
  if (!granted(maker, count))
    return refuse(maker, count);
  struct bench_set *there = find(maker, cpus, count);
  if (there) {
    mark(there, kind);
    return 0;
  }
  if (reserve(plan))
    return out_of_memory(maker);
  struct bench_set set = {.count = count, .number = plan->set_count};
  mark(&set, kind);
  set.cpus = malloc(count * sizeof *set.cpus);
  set.text = cpus_text(cpus, count);
  if (set.cpus)
    memcpy(set.cpus, cpus, count * sizeof *cpus);
  if (!set.cpus || !set.text || farthest(maker->machine, &set)) {
    free(set.cpus);
    free(set.text);
    return out_of_memory(maker);
  }
  plan->sets[plan->set_count++] = set;
  return 0;
}

static const struct topology_cpu *
first_of_fastest(const struct topology_machine *machine) {
  size_t i = 0;
  while (topology_cpu_at(machine, i)->kind != 0)
    i++;
  return topology_cpu_at(machine, i);
}

/* One pair, the first in logical order, for every level that occurs between
 * the first CPU and another one of the same kind. */
static int add_levels(struct bench_sets_maker *maker) {
  const struct topology_machine *machine = maker->machine;
  char seen[32][TOPOLOGY_LEVEL_NAME_SIZE];
  size_t levels = 0, count = topology_cpu_count(machine);
  const struct topology_cpu *first = first_of_fastest(machine);
  for (size_t i = first->logical + 1; i < count && granted(maker, 2); i++) {
    char level[TOPOLOGY_LEVEL_NAME_SIZE];
    unsigned pair[2] = {first->os, topology_cpu_at(machine, i)->os};
    bool found = topology_cpu_at(machine, i)->kind != first->kind;
    topology_level_name(machine, pair[0], pair[1], level, sizeof level);
    for (size_t j = 0; j < levels; j++)
      found |= !strcmp(seen[j], level);
    if (found || levels == sizeof seen / sizeof *seen)
      continue;
    memcpy(seen[levels++], level, sizeof level);
    int error = add(maker, pair, 2, PAIR);
    if (error)
      return error;
  }
  return 0;
}

static int add_all_pairs(struct bench_sets_maker *maker) {
  size_t count = topology_cpu_count(maker->machine);
  int error = 0;
  maker->by_rule = true;
  maker->others = maker->plan->set_count;
  for (size_t i = 0; i < count && !error; i++)
    for (size_t j = i + 1; j < count && !error; j++) {
      unsigned pair[2] = {topology_cpu_at(maker->machine, i)->os,
                          topology_cpu_at(maker->machine, j)->os};
      error = add(maker, pair, 2, PAIR);
    }
  maker->by_rule = false;
  return error;
}

/* Up to so many pairs of every distance, as a matrix wants them. */
static int add_sample(struct bench_sets_maker *maker, size_t wanted,
                      uint64_t seed, enum kind kind) {
  struct bench_sample sample;
  if (bench_sample_pairs(maker->machine, wanted, seed, &sample))
    return out_of_memory(maker);
  int error = 0;
  for (size_t i = 0; i < sample.count && !error; i++)
    error = add(maker, sample.pairs[i], 2, kind);
  free(sample.pairs);
  return error;
}

static int bad_pair(struct bench_sets_maker *maker, const char *text) {
  snprintf(maker->why, maker->why_size,
           "--pairs: '%s' is no pair of two different CPUs out of %s (like "
           "0-1), nor 'levels' or 'all'",
           text, topology_cpus_allowed(maker->machine));
  return -EINVAL;
}

static int add_named_pair(struct bench_sets_maker *maker, const char *text) {
  unsigned a, b;
  int length = 0;
  if (sscanf(text, "%u-%u%n", &a, &b, &length) != 2 || text[length] || a == b ||
      !topology_cpu_find(maker->machine, a) ||
      !topology_cpu_find(maker->machine, b))
    return bad_pair(maker, text);
  return add(maker, (unsigned[]){a, b}, 2, PAIR);
}

static int add_pairs(struct bench_sets_maker *maker, const char *text) {
  if (!text || !strcmp(text, "levels"))
    return add_levels(maker);
  if (!strcmp(text, "all"))
    return add_all_pairs(maker);
  struct bench_list list;
  int error = bench_list_split(text, ',', &list);
  if (error)
    return out_of_memory(maker);
  for (size_t i = 0; i < list.count && !error; i++)
    error = add_named_pair(maker, list.items[i]);
  bench_list_free(&list);
  return error;
}

static int add_placement(struct bench_sets_maker *maker, const char *policy,
                         size_t threads) {
  size_t cpus_count = topology_cpu_count(maker->machine);
  size_t room = threads < cpus_count ? cpus_count : threads;
  unsigned *cpus = malloc(room * sizeof *cpus);
  if (!cpus)
    return out_of_memory(maker);
  int error = topology_place(maker->machine, policy, threads, cpus, maker->why,
                             maker->why_size);
  if (!error)
    error = add(maker, cpus, threads, TEAM);
  free(cpus);
  return error;
}

/* Leaves the system a CPU where there are four or more, and the other CPUs of
 * a control group theirs. */
static size_t default_most(const struct bench_sets_maker *maker, size_t limit) {
  if (limit >= 4 && limit == topology_cpu_count(maker->machine))
    limit--;
  return granted(maker, limit) ? limit : (size_t)maker->quota_cpus;
}

/* 1, 2, 4, … and as many as the policy offers. */
static int add_default_counts(struct bench_sets_maker *maker,
                              const char *policy) {
  size_t limit;
  int error = topology_place_limit(maker->machine, policy, &limit, maker->why,
                                   maker->why_size);
  if (error)
    return error;
  limit = default_most(maker, limit);
  for (size_t n = 1; n < limit && !error; n *= 2)
    error = add_placement(maker, policy, n);
  return error ? error : add_placement(maker, policy, limit);
}

static int add_named_counts(struct bench_sets_maker *maker, const char *policy,
                            const char *text) {
  struct bench_list list;
  int error = bench_list_split(text, ',', &list);
  if (error)
    return out_of_memory(maker);
  for (size_t i = 0; i < list.count && !error; i++) {
    long long threads;
    if (bench_number(list.items[i], 1, 65535, &threads)) {
      error = add_placement(maker, policy, (size_t)threads);
    } else {
      snprintf(maker->why, maker->why_size,
               "--threads: '%s' is no number of threads from 1 to %zu",
               list.items[i], topology_cpu_count(maker->machine));
      error = -EINVAL;
    }
  }
  bench_list_free(&list);
  return error;
}

static int add_placements(struct bench_sets_maker *maker, const char *policies,
                          const char *threads) {
  struct bench_list list;
  int error = bench_list_split(policies ? policies : "compact", ';', &list);
  if (error)
    return out_of_memory(maker);
  for (size_t i = 0; i < list.count && !error; i++)
    error = threads ? add_named_counts(maker, list.items[i], threads)
                    : add_default_counts(maker, list.items[i]);
  bench_list_free(&list);
  return error;
}

int bench_sets_make(struct bench_sets_maker *maker,
                    const struct bench_options *options) {
  int error = add_placements(maker, options->place, options->threads);
  bool named = options->pairs || options->sample;
  bool matrix =
      options->workloads && bench_list_has(options->workloads, "matrix");
  if (!error && (options->pairs || !options->sample))
    error = add_pairs(maker, options->pairs);
  if (!error && options->sample)
    error = add_sample(maker, options->sample, options->seed, PAIR);
  if (!error && matrix && !named)
    error = add_sample(maker, MATRIX_SAMPLE, options->seed, MATRIX);
  for (size_t i = 0; named && i < maker->plan->set_count; i++)
    maker->plan->sets[i].matrix = maker->plan->sets[i].pair;
  return error;
}
