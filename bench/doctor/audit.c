/* Choosing and judging links (see audit.h). */
#include "bench/doctor/audit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 32 };

/* Pairs of one level take about the same time, whatever the mesh. */
static const double tolerated_spread = 1.5;

/* A farther level is no faster than a nearer one; a tenth is noise. */
static const double tolerated_overlap = 1.1;

/* One level that occurs, and how often. */
struct class {
  struct bench_link example;
  size_t pairs, taken;
};

static struct bench_link link_of(const struct topology_machine *machine,
                                 size_t i, size_t j) {
  const struct topology_cpu *a = topology_cpu_at(machine, i);
  const struct topology_cpu *b = topology_cpu_at(machine, j);
  struct bench_link link = {
      .a = a->os,
      .b = b->os,
      .level = topology_level_between(machine, a->os, b->os),
      .distance = topology_distance(machine, a->node, b->node)};
  topology_level_name(machine, a->os, b->os, link.name, sizeof link.name);
  return link;
}

static bool is_nearer(const struct bench_link *one,
                      const struct bench_link *other) {
  return one->level < other->level ||
         (one->level == other->level && one->distance < other->distance);
}

static bool is_alike(const struct bench_link *one,
                     const struct bench_link *other) {
  return !strcmp(one->name, other->name);
}

/* The class of a link; a new one finds its place among the nearer ones. */
static struct class *class_of(struct class *classes, size_t *count,
                              const struct bench_link *link) {
  size_t at = *count;
  for (size_t i = 0; i < *count; i++)
    if (is_alike(&classes[i].example, link))
      return &classes[i];
  if (*count == LEVELS)
    return NULL;
  while (at && is_nearer(link, &classes[at - 1].example))
    at--;
  memmove(classes + at + 1, classes + at, (*count - at) * sizeof *classes);
  ++*count;
  classes[at] = (struct class){.example = *link};
  return &classes[at];
}

static size_t count_classes(const struct topology_machine *machine,
                            struct class *classes) {
  size_t count = 0, cpus = topology_cpu_count(machine);
  for (size_t i = 0; i < cpus; i++)
    for (size_t j = i + 1; j < cpus; j++) {
      struct bench_link link = link_of(machine, i, j);
      struct class *class = class_of(classes, &count, &link);
      if (class)
        class->pairs++;
    }
  return count;
}

/* Takes `each` of a class's pairs, evenly spaced among all of them. */
static size_t take(const struct topology_machine *machine,
                   const struct class *class, size_t each,
                   struct bench_link *out) {
  size_t seen = 0, taken = 0, cpus = topology_cpu_count(machine);
  size_t wanted = class->pairs < each ? class->pairs : each;
  for (size_t i = 0; i < cpus && taken < wanted; i++)
    for (size_t j = i + 1; j < cpus && taken < wanted; j++) {
      struct bench_link link = link_of(machine, i, j);
      if (is_alike(&link, &class->example) &&
          seen++ == taken * class->pairs / wanted)
        out[taken++] = link;
    }
  return taken;
}

int bench_audit_choose(const struct topology_machine *machine, size_t each,
                       struct bench_link **out, size_t *count) {
  static struct class classes[LEVELS + 1];
  struct bench_link *links = calloc(LEVELS * each + 1, sizeof *links);
  if (!links)
    return -ENOMEM;
  size_t levels = count_classes(machine, classes);
  *count = 0;
  for (size_t i = 0; i < levels; i++)
    *count += take(machine, &classes[i], each, links + *count);
  *out = links;
  return 0;
}

/* The fastest and the slowest link of the group that begins at `first`. */
struct group {
  const struct bench_link *fastest, *slowest;
  size_t end; /* where the next group begins */
};

static struct group group_at(const struct bench_link *links, size_t count,
                             size_t first) {
  struct group group = {&links[first], &links[first], first};
  for (; group.end < count && is_alike(&links[group.end], &links[first]);
       group.end++) {
    const struct bench_link *link = &links[group.end];
    if (link->least_ns < group.fastest->least_ns)
      group.fastest = link;
    if (link->least_ns > group.slowest->least_ns)
      group.slowest = link;
  }
  return group;
}

static bool find_moving(const struct bench_link *links, size_t count,
                        char *value) {
  for (size_t i = 0; i < count; i++) {
    const struct bench_link *link = &links[i];
    if (link->most_ns <= link->least_ns * tolerated_spread)
      continue;
    snprintf(value, BENCH_FINDING_SIZE,
             "hwloc says %s for CPUs %u and %u, measurement says %.0f to %.0f "
             "ns, by the moment",
             link->name, link->a, link->b, link->least_ns, link->most_ns);
    return true;
  }
  return false;
}

static bool find_spread(const struct bench_link *links, size_t count,
                        char *value) {
  struct group group;
  for (size_t first = 0; first < count; first = group.end) {
    group = group_at(links, count, first);
    const struct bench_link *fast = group.fastest, *slow = group.slowest;
    if (slow->least_ns <= fast->least_ns * tolerated_spread)
      continue;
    snprintf(value, BENCH_FINDING_SIZE,
             "hwloc says %s for CPUs %u and %u as for %u and %u, measurement "
             "says %.0f and %.0f ns",
             fast->name, fast->a, fast->b, slow->a, slow->b, fast->least_ns,
             slow->least_ns);
    return true;
  }
  return false;
}

static bool find_overlap(const struct bench_link *links, size_t count,
                         char *value) {
  struct group near, far;
  for (size_t first = 0; first < count; first = near.end) {
    near = group_at(links, count, first);
    for (size_t next = near.end; next < count; next = far.end) {
      far = group_at(links, count, next);
      const struct bench_link *slow = near.slowest, *fast = far.fastest;
      if (slow->least_ns <= fast->least_ns * tolerated_overlap)
        continue;
      snprintf(value, BENCH_FINDING_SIZE,
               "hwloc says CPUs %u and %u (%s) are nearer than %u and %u (%s), "
               "measurement says %.0f and %.0f ns",
               slow->a, slow->b, slow->name, fast->a, fast->b, fast->name,
               slow->least_ns, fast->least_ns);
      return true;
    }
  }
  return false;
}

enum bench_answer bench_audit_judge(const struct bench_link *links,
                                    size_t count, char *value) {
  struct group group;
  size_t used = 0;
  if (find_spread(links, count, value) || find_overlap(links, count, value) ||
      find_moving(links, count, value))
    return BENCH_BAD;
  for (size_t first = 0; first < count; first = group.end) {
    group = group_at(links, count, first);
    if (used < BENCH_FINDING_SIZE - 48)
      used += (size_t)snprintf(value + used, BENCH_FINDING_SIZE - used,
                               "%s%s %.0f to %.0f ns", first ? ", " : "",
                               group.fastest->name, group.fastest->least_ns,
                               group.slowest->least_ns);
  }
  return count ? BENCH_GOOD : BENCH_UNKNOWN;
}
