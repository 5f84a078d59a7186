/* Homes by the part that a node plays for a team: remote, third. */
#include <errno.h>

#include "topology/memory.h"

static unsigned node_of(const struct topology_machine *m, unsigned cpu_os) {
  return topology_cpu_find(m, cpu_os)->node;
}

/* Where distances are not known, every other node is as far. */
static unsigned distance(const struct topology_machine *m, unsigned from,
                         unsigned to) {
  unsigned known = topology_distance(m, from, to);
  return known ? known : from == to ? 10 : 20;
}

static bool has_memory(const struct topology_node *node) {
  return node && node->bytes > 0;
}

static int find_remote(const struct topology_machine *m, const unsigned *cpus,
                       size_t count, int *out) {
  const unsigned first = node_of(m, cpus[0]);
  unsigned farthest = 0;
  int found = -ENODEV;
  for (size_t i = 1; i < count; i++) {
    unsigned node = node_of(m, cpus[i]);
    if (node == first || !has_memory(topology_node_find(m, node)) ||
        distance(m, first, node) <= farthest)
      continue;
    farthest = distance(m, first, node);
    *out = (int)node;
    found = 0;
  }
  return found;
}

static bool is_used(const struct topology_machine *m, const unsigned *cpus,
                    size_t count, unsigned node) {
  for (size_t i = 0; i < count; i++)
    if (node_of(m, cpus[i]) == node)
      return true;
  return false;
}

static int find_third(const struct topology_machine *m, const unsigned *cpus,
                      size_t count, int *out) {
  const unsigned first = node_of(m, cpus[0]);
  unsigned nearest = 0;
  int found = -ENODEV;
  for (size_t i = 0; i < topology_node_count(m); i++) {
    const struct topology_node *node = topology_node_at(m, i);
    if (!has_memory(node) || is_used(m, cpus, count, node->os) ||
        (!found && distance(m, first, node->os) >= nearest))
      continue;
    nearest = distance(m, first, node->os);
    *out = (int)node->os;
    found = 0;
  }
  return found;
}

int topology_home_resolve(const struct topology_machine *m, int home,
                          const unsigned *cpus_os, size_t count, int *out) {
  if (home == TOPOLOGY_HOME_REMOTE)
    return find_remote(m, cpus_os, count, out);
  if (home == TOPOLOGY_HOME_THIRD)
    return find_third(m, cpus_os, count, out);
  *out = home;
  return 0;
}
