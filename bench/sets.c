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

/* The farthest level between any two. */
static void farthest(const struct topology_machine *machine,
                     struct bench_set *set) {
  size_t a = 0, b = 0;
  enum topology_level level = TOPOLOGY_SAME;
  unsigned distance = 0;
  for (size_t i = 0; i < set->count; i++) {
    const struct topology_cpu *from = topology_cpu_find(machine, set->cpus[i]);
    for (size_t j = i + 1; j < set->count; j++) {
      const struct topology_cpu *to = topology_cpu_find(machine, set->cpus[j]);
      enum topology_level here =
          topology_level_between(machine, set->cpus[i], set->cpus[j]);
      unsigned apart = topology_distance(machine, from->node, to->node);
      if (here > level || (here == level && apart > distance)) {
        level = here;
        distance = apart;
        a = i;
        b = j;
      }
    }
  }
  topology_level_name(machine, set->cpus[a], set->cpus[b], set->level,
                      sizeof set->level);
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

enum kind { TEAM, PAIR, MATRIX, CROWD };

static void mark(struct bench_set *set, enum kind kind) {
  set->team |= kind == TEAM;
  set->pair |= kind == PAIR;
  set->matrix |= kind == MATRIX;
  set->crowd |= kind == CROWD;
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
  if (!set.cpus || !set.text) {
    free(set.cpus);
    free(set.text);
    return out_of_memory(maker);
  }
  memcpy(set.cpus, cpus, count * sizeof *cpus);
  farthest(maker->machine, &set);
  plan->sets[plan->set_count++] = set;
  return 0;
}

/* One pair, the first in logical order, for every level that occurs between
 * the first CPU of some place and another CPU. */
static int add_levels(struct bench_sets_maker *maker) {
  const struct topology_machine *machine = maker->machine;
  char seen[32][TOPOLOGY_LEVEL_NAME_SIZE];
  size_t levels = 0, count = topology_cpu_count(machine);
  unsigned first = topology_cpu_at(machine, 0)->os;
  for (size_t i = 1; i < count; i++) {
    char level[TOPOLOGY_LEVEL_NAME_SIZE];
    unsigned pair[2] = {first, topology_cpu_at(machine, i)->os};
    bool found = false;
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

/* 1, 2, 4, … and all that the policy offers. */
static int add_default_counts(struct bench_sets_maker *maker,
                              const char *policy) {
  size_t limit;
  int error = topology_place_limit(maker->machine, policy, &limit, maker->why,
                                   maker->why_size);
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

/* All CPUs, with two and with four threads each. */
static int add_crowds(struct bench_sets_maker *maker) {
  size_t count = topology_cpu_count(maker->machine);
  unsigned *cpus = malloc(4 * count * sizeof *cpus);
  if (!cpus)
    return out_of_memory(maker);
  for (size_t i = 0; i < 4 * count; i++)
    cpus[i] = topology_cpu_at(maker->machine, i % count)->os;
  int error = add(maker, cpus, 2 * count, CROWD);
  if (!error)
    error = add(maker, cpus, 4 * count, CROWD);
  free(cpus);
  return error;
}

static bool wants(const struct bench_options *options, const char *workload) {
  return options->workloads && bench_list_has(options->workloads, workload);
}

int bench_sets_make(struct bench_sets_maker *maker,
                    const struct bench_options *options) {
  int error = add_placements(maker, options->place, options->threads);
  bool named = options->pairs || options->sample;
  if (!error && (options->pairs || !options->sample))
    error = add_pairs(maker, options->pairs);
  if (!error && options->sample)
    error = add_sample(maker, options->sample, options->seed, PAIR);
  if (!error && wants(options, "matrix") && !named)
    error = add_sample(maker, MATRIX_SAMPLE, options->seed, MATRIX);
  if (!error && wants(options, "oversubscribed"))
    error = add_crowds(maker);
  for (size_t i = 0; named && i < maker->plan->set_count; i++)
    maker->plan->sets[i].matrix = maker->plan->sets[i].pair;
  return error;
}
