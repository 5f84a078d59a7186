/* From hwloc's objects to the tables of a machine: CPUs, nodes, distances. */
#include <errno.h>
#include <stdlib.h>

#include "topology/machine_private.h"

/* Numbers the object of a type that a CPU belongs to. A CPU without one gets
 * `otherwise`, counted on behind the objects that exist. */
static unsigned domain(hwloc_topology_t hwloc, hwloc_obj_t pu,
                       hwloc_obj_type_t type, unsigned otherwise) {
  hwloc_obj_t object = hwloc_get_ancestor_obj_by_type(hwloc, type, pu);
  if (object)
    return object->logical_index;
  return (unsigned)hwloc_get_nbobjs_by_type(hwloc, type) + otherwise;
}

/* Finds the node of a CPU: the first that hwloc attaches around it, from the
 * inside out, maybe behind a memory-side cache. Of several with the same CPUs
 * (DRAM and HBM) hwloc lists first the lowest, which is the kernel's. */
static unsigned nearest_node(hwloc_obj_t pu) {
  hwloc_obj_t at = pu;
  while (at && !at->memory_first_child)
    at = at->parent;
  while (at && at->type != HWLOC_OBJ_NUMANODE)
    at = at->memory_first_child;
  return at ? at->os_index : TOPOLOGY_NO_NODE;
}

static void fill_cpu(struct topology_machine *m, hwloc_obj_t pu,
                     struct topology_cpu *cpu) {
  cpu->os = pu->os_index;
  cpu->logical = pu->logical_index;
  cpu->core = domain(m->hwloc, pu, HWLOC_OBJ_CORE, pu->logical_index);
  cpu->package = domain(m->hwloc, pu, HWLOC_OBJ_PACKAGE, 0);
  cpu->l2 = domain(m->hwloc, pu, HWLOC_OBJ_L2CACHE, cpu->core);
  cpu->l3 = domain(m->hwloc, pu, HWLOC_OBJ_L3CACHE, cpu->package);
  cpu->node = nearest_node(pu);
  bool sibling = cpu->logical && cpu[-1].core == cpu->core;
  cpu->thread = sibling ? cpu[-1].thread + 1 : 0;
}

static int cpus_by_os_index(const void *a, const void *b) {
  const struct topology_cpu *const *left = a, *const *right = b;
  return ((*left)->os > (*right)->os) - ((*left)->os < (*right)->os);
}

static int collect_cpus(struct topology_machine *m) {
  int count = hwloc_get_nbobjs_by_type(m->hwloc, HWLOC_OBJ_PU);
  if (count <= 0)
    return -ENODEV;
  m->cpu_count = (size_t)count;
  if (hwloc_bitmap_list_asprintf(
          &m->allowed, hwloc_topology_get_topology_cpuset(m->hwloc)) < 0)
    return -ENOMEM;
  m->cpus = calloc(m->cpu_count, sizeof *m->cpus);
  m->by_os = calloc(m->cpu_count, sizeof *m->by_os);
  if (!m->cpus || !m->by_os)
    return -ENOMEM;
  m->l3_caches =
      (unsigned)hwloc_get_nbobjs_by_type(m->hwloc, HWLOC_OBJ_L3CACHE);
  hwloc_obj_t pu = NULL;
  while ((pu = hwloc_get_next_obj_by_type(m->hwloc, HWLOC_OBJ_PU, pu))) {
    fill_cpu(m, pu, &m->cpus[pu->logical_index]);
    m->by_os[pu->logical_index] = &m->cpus[pu->logical_index];
  }
  qsort(m->by_os, m->cpu_count, sizeof *m->by_os, cpus_by_os_index);
  return 0;
}

/* Gives the CPUs of a set that have no kind yet the next one, if there are. */
static void mark_kind(struct topology_machine *m, hwloc_const_cpuset_t cpus) {
  bool found = false;
  for (size_t i = 0; i < m->cpu_count; i++)
    if (m->cpus[i].kind == UINT_MAX &&
        hwloc_bitmap_isset(cpus, m->cpus[i].os)) {
      m->cpus[i].kind = m->kinds;
      found = true;
    }
  m->kinds += found;
}

/* hwloc ranks the slowest kind first, and leaves out what it does not know. */
static int collect_kinds(struct topology_machine *m) {
  hwloc_bitmap_t cpus = hwloc_bitmap_alloc();
  if (!cpus)
    return -ENOMEM;
  for (size_t i = 0; i < m->cpu_count; i++)
    m->cpus[i].kind = UINT_MAX;
  for (int kind = hwloc_cpukinds_get_nr(m->hwloc, 0); kind-- > 0;)
    if (!hwloc_cpukinds_get_info(m->hwloc, (unsigned)kind, cpus, NULL, NULL,
                                 NULL, 0))
      mark_kind(m, cpus);
  hwloc_bitmap_fill(cpus);
  mark_kind(m, cpus);
  hwloc_bitmap_free(cpus);
  return 0;
}

static unsigned count_cpus_of(const struct topology_machine *m, unsigned node) {
  unsigned count = 0;
  for (size_t i = 0; i < m->cpu_count; i++)
    count += m->cpus[i].node == node;
  return count;
}

static int nodes_by_os_index(const void *a, const void *b) {
  const struct topology_node *left = a, *right = b;
  return (left->os > right->os) - (left->os < right->os);
}

static int collect_nodes(struct topology_machine *m) {
  int count = hwloc_get_nbobjs_by_type(m->hwloc, HWLOC_OBJ_NUMANODE);
  m->node_count = count > 0 ? (size_t)count : 0;
  m->nodes = calloc(m->node_count + 1, sizeof *m->nodes);
  if (!m->nodes)
    return -ENOMEM;
  hwloc_obj_t node = NULL;
  while (
      (node = hwloc_get_next_obj_by_type(m->hwloc, HWLOC_OBJ_NUMANODE, node))) {
    struct topology_node *out = &m->nodes[node->logical_index];
    *out = (struct topology_node){.os = node->os_index,
                                  .cpus = count_cpus_of(m, node->os_index),
                                  .bytes = node->attr->numanode.local_memory};
    topology_node_attributes(m->hwloc, node, out);
  }
  qsort(m->nodes, m->node_count, sizeof *m->nodes, nodes_by_os_index);
  return 0;
}

static unsigned *distance_between(const struct topology_machine *m,
                                  hwloc_obj_t from, hwloc_obj_t to) {
  size_t row = (size_t)(topology_node_find(m, from->os_index) - m->nodes);
  size_t column = (size_t)(topology_node_find(m, to->os_index) - m->nodes);
  return &m->distances[row * m->node_count + column];
}

/* hwloc takes nodes that are not allowed out of the matrix. */
static void copy_matrix(const struct topology_machine *m,
                        const struct hwloc_distances_s *matrix) {
  const hwloc_uint64_t *value = matrix->values;
  for (unsigned from = 0; from < matrix->nbobjs; from++)
    for (unsigned to = 0; to < matrix->nbobjs; to++, value++)
      *distance_between(m, matrix->objs[from], matrix->objs[to]) =
          (unsigned)*value;
}

/* Takes the first latency matrix between nodes: the kernel's, if it has one. */
static int collect_distances(struct topology_machine *m) {
  struct hwloc_distances_s *matrix;
  unsigned count = 1;
  if (hwloc_distances_get_by_type(m->hwloc, HWLOC_OBJ_NUMANODE, &count, &matrix,
                                  HWLOC_DISTANCES_KIND_MEANS_LATENCY, 0) ||
      !count)
    return 0;
  m->distances = calloc(m->node_count * m->node_count, sizeof *m->distances);
  if (m->distances)
    copy_matrix(m, matrix);
  hwloc_distances_release(m->hwloc, matrix);
  return m->distances ? 0 : -ENOMEM;
}

int topology_machine_collect(struct topology_machine *m) {
  int error = collect_cpus(m);
  if (!error)
    error = collect_kinds(m);
  if (!error)
    error = collect_nodes(m);
  if (!error)
    error = collect_distances(m);
  return error;
}
