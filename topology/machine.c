/* Questions to a machine that has been read: look-ups and comparisons. */
#include "topology/machine.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology/machine_private.h"

void topology_machine_close(struct topology_machine *m) {
  if (!m)
    return;
  free(m->distances);
  free(m->nodes);
  free(m->by_os);
  free(m->cpus);
  free(m->allowed);
  free(m->source);
  hwloc_bitmap_free(m->exists);
  if (m->hwloc)
    hwloc_topology_destroy(m->hwloc);
  free(m);
}

bool topology_machine_is_this(const struct topology_machine *m) {
  return m->is_this;
}

const char *topology_machine_source(const struct topology_machine *m) {
  return m->source;
}

size_t topology_cpu_count(const struct topology_machine *m) {
  return m->cpu_count;
}

const struct topology_cpu *topology_cpu_at(const struct topology_machine *m,
                                           size_t i) {
  return &m->cpus[i];
}

static int compare_cpu(const void *key, const void *element) {
  const unsigned *os = key;
  const struct topology_cpu *const *cpu = element;
  return (*os > (*cpu)->os) - (*os < (*cpu)->os);
}

const struct topology_cpu *topology_cpu_find(const struct topology_machine *m,
                                             unsigned os) {
  const struct topology_cpu *const *found =
      bsearch(&os, m->by_os, m->cpu_count, sizeof *m->by_os, compare_cpu);
  return found ? *found : NULL;
}

bool topology_cpu_exists(const struct topology_machine *m, unsigned os) {
  return hwloc_bitmap_isset(m->exists, os);
}

const char *topology_cpus_allowed(const struct topology_machine *m) {
  return m->allowed;
}

unsigned topology_l3_count(const struct topology_machine *m) {
  return m->l3_caches;
}

unsigned topology_kind_count(const struct topology_machine *m) {
  return m->kinds;
}

size_t topology_node_count(const struct topology_machine *m) {
  return m->node_count;
}

const struct topology_node *topology_node_at(const struct topology_machine *m,
                                             size_t i) {
  return &m->nodes[i];
}

static int compare_node(const void *key, const void *element) {
  const unsigned *os = key;
  const struct topology_node *node = element;
  return (*os > node->os) - (*os < node->os);
}

const struct topology_node *topology_node_find(const struct topology_machine *m,
                                               unsigned os) {
  return bsearch(&os, m->nodes, m->node_count, sizeof *m->nodes, compare_node);
}

unsigned topology_distance(const struct topology_machine *m, unsigned from,
                           unsigned to) {
  const struct topology_node *a = topology_node_find(m, from);
  const struct topology_node *b = topology_node_find(m, to);
  if (!a || !b || !m->distances)
    return 0;
  size_t row = (size_t)(a - m->nodes), column = (size_t)(b - m->nodes);
  return m->distances[row * m->node_count + column];
}

enum topology_level topology_cpus_level(const struct topology_cpu *a,
                                        const struct topology_cpu *b,
                                        unsigned l3_caches) {
  if (a->os == b->os)
    return TOPOLOGY_SAME;
  if (a->core == b->core)
    return TOPOLOGY_SMT;
  if (a->l2 == b->l2)
    return TOPOLOGY_L2;
  if (a->l3 == b->l3 && a->l3 < l3_caches)
    return TOPOLOGY_L3;
  if (a->package != b->package)
    return TOPOLOGY_CROSS;
  return a->node == b->node ? TOPOLOGY_PACKAGE : TOPOLOGY_NODE;
}

enum topology_level topology_level_between(const struct topology_machine *m,
                                           unsigned cpu_a, unsigned cpu_b) {
  const struct topology_cpu *a = topology_cpu_find(m, cpu_a);
  const struct topology_cpu *b = topology_cpu_find(m, cpu_b);
  assert(a && b);
  return topology_cpus_level(a, b, m->l3_caches);
}

static const char *const level_names[] = {
    [TOPOLOGY_SAME] = "same",       [TOPOLOGY_SMT] = "smt",
    [TOPOLOGY_L2] = "l2",           [TOPOLOGY_L3] = "l3",
    [TOPOLOGY_PACKAGE] = "package", [TOPOLOGY_NODE] = "node",
    [TOPOLOGY_CROSS] = "cross"};

int topology_level_text(enum topology_level level, unsigned distance,
                        char *text, size_t size) {
  char name[TOPOLOGY_LEVEL_NAME_SIZE];
  int length =
      distance && level >= TOPOLOGY_NODE
          ? snprintf(name, sizeof name, "%s:%u", level_names[level], distance)
          : snprintf(name, sizeof name, "%s", level_names[level]);
  if ((size_t)length >= size)
    return -ENOSPC;
  memcpy(text, name, (size_t)length + 1);
  return 0;
}

int topology_level_name(const struct topology_machine *m, unsigned cpu_a,
                        unsigned cpu_b, char *text, size_t size) {
  const struct topology_cpu *a = topology_cpu_find(m, cpu_a);
  const struct topology_cpu *b = topology_cpu_find(m, cpu_b);
  assert(a && b);
  return topology_level_text(topology_cpus_level(a, b, m->l3_caches),
                             topology_distance(m, a->node, b->node), text,
                             size);
}
