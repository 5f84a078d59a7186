/* What a machine is made of, for the files of this folder only. */
#ifndef TOPOLOGY_MACHINE_PRIVATE_H
#define TOPOLOGY_MACHINE_PRIVATE_H

#include <hwloc.h>

#include "topology/machine.h"

struct topology_machine {
  hwloc_topology_t hwloc;
  hwloc_bitmap_t exists; /* all CPUs, those not allowed too */
  char *source;
  char *allowed; /* the CPUs in words */
  bool is_this;
  struct topology_cpu *cpus; /* in logical order */
  size_t cpu_count;
  const struct topology_cpu **by_os; /* the same CPUs, ascending OS index */
  unsigned l3_caches;
  unsigned kinds;              /* of core */
  struct topology_node *nodes; /* in logical order */
  size_t node_count;
  unsigned *distances; /* node_count rows of node_count, or null */
};

/* Fills the tables of a machine from its loaded hwloc topology.
 * @return 0; -ENODEV: no CPU is left; -ENOMEM */
int topology_machine_collect(struct topology_machine *);

/* Binds a fresh mapping to its home, writes it and asks where its pages lie.
 * @param populate  let the kernel say that there is no page, instead of ending
 *   the process at the first write
 * @return as topology_memory_alloc() */
int topology_memory_settle(const struct topology_machine *, void *block,
                           size_t bytes, int home, bool populate);

/* Fills what the firmware says of a node's memory. */
void topology_node_attributes(hwloc_topology_t, hwloc_obj_t,
                              struct topology_node *);

#endif
