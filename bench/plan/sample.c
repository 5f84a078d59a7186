/* Drawing pairs of CPUs (see sample.h). */
#include "bench/plan/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "results/random.h"

/* A reservoir: of `seen` pairs at one distance, `wanted` are in it. */
struct stratum {
  enum topology_level level;
  unsigned distance;
  size_t seen;
  unsigned (*pairs)[2];
};

enum { STRATA = 64 };

struct draw {
  const struct topology_machine *machine;
  size_t wanted, count; /* strata in use */
  struct stratum strata[STRATA];
  struct results_random random;
};

/* @return NULL when memory is short */
static struct stratum *stratum_of(struct draw *draw, enum topology_level level,
                                  unsigned distance) {
  for (size_t i = 0; i < draw->count; i++)
    if (draw->strata[i].level == level && draw->strata[i].distance == distance)
      return &draw->strata[i];
  if (draw->count == STRATA) /* more distances than any machine states */
    return &draw->strata[STRATA - 1];
  struct stratum *fresh = &draw->strata[draw->count];
  *fresh = (struct stratum){.level = level, .distance = distance};
  fresh->pairs = calloc(draw->wanted, sizeof *fresh->pairs);
  if (!fresh->pairs)
    return NULL;
  draw->count++;
  return fresh;
}

/* Source: Vitter, "Random sampling with a reservoir", ACM TOMS 11 (1985),
 * algorithm R. */
static int offer(struct draw *draw, const struct topology_cpu *a,
                 const struct topology_cpu *b) {
  enum topology_level level =
      topology_level_between(draw->machine, a->os, b->os);
  unsigned distance = level >= TOPOLOGY_NODE
                          ? topology_distance(draw->machine, a->node, b->node)
                          : 0;
  struct stratum *stratum = stratum_of(draw, level, distance);
  if (!stratum)
    return -ENOMEM;
  size_t place = stratum->seen++;
  if (place >= draw->wanted)
    place = results_random_below(&draw->random, (uint32_t)stratum->seen);
  if (place < draw->wanted) {
    stratum->pairs[place][0] = a->os;
    stratum->pairs[place][1] = b->os;
  }
  return 0;
}

static int by_distance(const void *left, const void *right) {
  const struct stratum *a = left, *b = right;
  if (a->level != b->level)
    return a->level < b->level ? -1 : 1;
  return (a->distance > b->distance) - (a->distance < b->distance);
}

static int gather(struct draw *draw, struct bench_sample *out) {
  qsort(draw->strata, draw->count, sizeof *draw->strata, by_distance);
  struct bench_sample sample = {
      .pairs = calloc(draw->count * draw->wanted + 1, sizeof *sample.pairs)};
  if (!sample.pairs)
    return -ENOMEM;
  for (size_t i = 0; i < draw->count; i++) {
    const struct stratum *stratum = &draw->strata[i];
    size_t held = stratum->seen < draw->wanted ? stratum->seen : draw->wanted;
    memcpy(sample.pairs + sample.count, stratum->pairs,
           held * sizeof *stratum->pairs);
    sample.count += held;
  }
  *out = sample;
  return 0;
}

int bench_sample_pairs(const struct topology_machine *machine, size_t wanted,
                       uint64_t seed, struct bench_sample *out) {
  struct draw draw = {.machine = machine,
                      .wanted = wanted,
                      .random = results_random_seed(seed)};
  size_t cpus = topology_cpu_count(machine);
  int error = 0;
  for (size_t i = 0; i < cpus && !error; i++)
    for (size_t j = i + 1; j < cpus && !error; j++)
      error = offer(&draw, topology_cpu_at(machine, i),
                    topology_cpu_at(machine, j));
  if (!error)
    error = gather(&draw, out);
  for (size_t i = 0; i < draw.count; i++)
    free(draw.strata[i].pairs);
  return error;
}
