/* The sets of CPUs of a plan: pairs by distance, placements by policy. */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/list.h"
#include "bench/plan/choice.h"
#include "bench/plan/plan.h"
#include "bench/plan/sample.h"
#include "bench/plan/sets.h"
#include "topology/place.h"

enum { MATRIX_SAMPLE = 16 };

static int add_all_pairs(struct bench_sets_maker *maker) {
  size_t count = topology_cpu_count(maker->machine);
  int error = 0;
  maker->by_rule = true;
  maker->others = maker->plan->set_count;
  for (size_t i = 0; i < count && !error; i++)
    for (size_t j = i + 1; j < count && !error; j++) {
      unsigned pair[2] = {topology_cpu_at(maker->machine, i)->os,
                          topology_cpu_at(maker->machine, j)->os};
      error = bench_sets_add(maker, pair, 2, BENCH_SET_PAIR);
    }
  maker->by_rule = false;
  return error;
}

/* Up to so many pairs of every distance, as a matrix wants them. */
static int add_sample(struct bench_sets_maker *maker, size_t wanted,
                      uint64_t seed, enum bench_set_kind kind) {
  struct bench_sample sample;
  if (bench_sample_pairs(maker->machine, wanted, seed, &sample))
    return bench_sets_no_memory(maker);
  int error = 0;
  for (size_t i = 0; i < sample.count && !error; i++)
    error = bench_sets_add(maker, sample.pairs[i], 2, kind);
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
  struct bench_list ends;
  long long a = -1, b = -1;
  if (bench_list_split(text, '-', &ends))
    return bench_sets_no_memory(maker);
  bool good = ends.count == 2 && bench_number(ends.items[0], 0, UINT_MAX, &a) &&
              bench_number(ends.items[1], 0, UINT_MAX, &b) && a != b &&
              topology_cpu_find(maker->machine, (unsigned)a) &&
              topology_cpu_find(maker->machine, (unsigned)b);
  bench_list_free(&ends);
  return good ? bench_sets_add(maker, (unsigned[]){(unsigned)a, (unsigned)b}, 2,
                               BENCH_SET_PAIR)
              : bad_pair(maker, text);
}

static int add_pairs(struct bench_sets_maker *maker, const char *text) {
  if (!text || !strcmp(text, "levels"))
    return bench_sets_add_levels(maker);
  if (!strcmp(text, "all"))
    return add_all_pairs(maker);
  struct bench_list list;
  int error = bench_list_split(text, ',', &list);
  if (error)
    return bench_sets_no_memory(maker);
  for (size_t i = 0; i < list.count && !error; i++)
    error = add_named_pair(maker, list.items[i]);
  bench_list_free(&list);
  return error;
}

static int add_placement(struct bench_sets_maker *maker, const char *policy,
                         size_t threads, enum bench_set_kind kind) {
  size_t cpus_count = topology_cpu_count(maker->machine);
  size_t room = threads < cpus_count ? cpus_count : threads;
  unsigned *cpus = malloc(room * sizeof *cpus);
  if (!cpus)
    return bench_sets_no_memory(maker);
  int error = topology_place(maker->machine, policy, threads, cpus, maker->why,
                             maker->why_size);
  if (!error)
    error = bench_sets_add(maker, cpus, threads, kind);
  free(cpus);
  return error;
}

/* Leaves the system a CPU where there are four or more, and the other CPUs of
 * a control group theirs. */
static size_t default_most(const struct bench_sets_maker *maker, size_t limit) {
  if (limit >= 4 && limit == topology_cpu_count(maker->machine))
    limit--;
  return bench_sets_granted(maker, limit) ? limit : (size_t)maker->quota_cpus;
}

/* One that holds and 2, 3, 4, 6, 8, 12, … that wait: what a release costs is
 * looked at more closely where waiters are few. One waiter makes a pair. */
static int add_waiters(struct bench_sets_maker *maker, const char *policy,
                       size_t limit) {
  int error = 0;
  for (size_t n = 2; n + 1 < limit && !error; n *= 2) {
    error = add_placement(maker, policy, n + 1, BENCH_SET_WAITERS);
    if (!error && n + n / 2 + 1 < limit)
      error = add_placement(maker, policy, n + n / 2 + 1, BENCH_SET_WAITERS);
  }
  return error ? error : add_placement(maker, policy, limit, BENCH_SET_WAITERS);
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
    error = add_placement(maker, policy, n, BENCH_SET_TEAM);
  if (!error)
    error = add_placement(maker, policy, limit, BENCH_SET_TEAM);
  return error || !maker->waiters ? error : add_waiters(maker, policy, limit);
}

/* More threads than CPUs, dealt out to all of them in turn. */
static int add_crowd(struct bench_sets_maker *maker, size_t threads) {
  size_t count = topology_cpu_count(maker->machine);
  unsigned *cpus = malloc(threads * sizeof *cpus);
  if (!cpus)
    return bench_sets_no_memory(maker);
  for (size_t i = 0; i < threads; i++)
    cpus[i] = topology_cpu_at(maker->machine, i % count)->os;
  int error = bench_sets_add(maker, cpus, threads, BENCH_SET_CROWD);
  free(cpus);
  return error;
}

/* More threads than CPUs are a crowd, if the workload for that was named. */
static int add_count(struct bench_sets_maker *maker, const char *policy,
                     size_t threads) {
  if (!maker->crowded || threads <= topology_cpu_count(maker->machine))
    return add_placement(maker, policy, threads, BENCH_SET_TEAM);
  maker->crowds++;
  return add_crowd(maker, threads);
}

static int add_named_counts(struct bench_sets_maker *maker, const char *policy,
                            const char *text) {
  struct bench_list list;
  int error = bench_list_split(text, ',', &list);
  if (error)
    return bench_sets_no_memory(maker);
  for (size_t i = 0; i < list.count && !error; i++) {
    long long threads;
    if (bench_number(list.items[i], 1, 65535, &threads)) {
      error = add_count(maker, policy, (size_t)threads);
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
    return bench_sets_no_memory(maker);
  for (size_t i = 0; i < list.count && !error; i++)
    error = threads ? add_named_counts(maker, list.items[i], threads)
                    : add_default_counts(maker, list.items[i]);
  bench_list_free(&list);
  return error;
}

/* As many as are asked for; else two and four threads a CPU. */
static int add_crowds(struct bench_sets_maker *maker) {
  size_t count = topology_cpu_count(maker->machine);
  if (maker->crowds)
    return 0;
  int error = add_crowd(maker, 2 * count);
  return error ? error : add_crowd(maker, 4 * count);
}

static bool wants(const struct bench_options *options, const char *workload) {
  return options->workloads ? bench_list_has(options->workloads, workload)
                            : options->full;
}

int bench_sets_make(struct bench_sets_maker *maker,
                    const struct bench_options *options) {
  maker->levels = options->level;
  maker->crowded = wants(options, "oversubscribed");
  maker->waiters = !options->workloads || wants(options, "release");
  int error = add_placements(maker, options->place, options->threads);
  bool named = options->pairs || options->sample;
  if (!error && (options->pairs || !options->sample))
    error = add_pairs(maker, options->pairs);
  if (!error && options->sample)
    error = add_sample(maker, options->sample, options->seed, BENCH_SET_PAIR);
  if (!error && wants(options, "matrix") && !named)
    error = add_sample(maker, MATRIX_SAMPLE, options->seed, BENCH_SET_MATRIX);
  if (!error && maker->crowded)
    error = add_crowds(maker);
  if (!error && options->level)
    error = bench_sets_check_levels(maker);
  for (size_t i = 0; i < maker->plan->set_count; i++) {
    struct bench_set *set = &maker->plan->sets[i];
    set->matrix |= named && set->pair;
    set->waiters |= options->threads && set->team;
  }
  return error;
}
