/* What the firmware says of memory (ACPI's HMAT, through hwloc's memory
 * attributes): the best latency and bandwidth that any CPUs have to a node. */
#include "topology/machine_private.h"

/* @return 0 when it is not known */
static uint64_t best_of(hwloc_topology_t topology, hwloc_memattr_id_t attribute,
                        hwloc_obj_t node) {
  struct hwloc_location initiator; /* hwloc writes it, wanted or not */
  hwloc_uint64_t value;
  return hwloc_memattr_get_best_initiator(topology, attribute, node, 0,
                                          &initiator, &value)
             ? 0
             : value;
}

void topology_node_attributes(hwloc_topology_t topology, hwloc_obj_t object,
                              struct topology_node *node) {
  node->latency_ns =
      best_of(topology, (hwloc_memattr_id_t)HWLOC_MEMATTR_ID_LATENCY, object);
  node->bandwidth_mib_per_s =
      best_of(topology, (hwloc_memattr_id_t)HWLOC_MEMATTR_ID_BANDWIDTH, object);
}
