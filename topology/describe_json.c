/* A machine as JSON. A null anywhere in a build-up makes the whole null, since
 * jansson's "o" and *_new calls pass a missing part on as a failure. */
#include "topology/describe.h"

static json_t *cpu_json(const struct topology_cpu *cpu) {
  json_t *node =
      cpu->node == TOPOLOGY_NO_NODE ? json_null() : json_integer(cpu->node);
  return json_pack("{si si si si si si si so si}", "os", cpu->os, "logical",
                   cpu->logical, "core", cpu->core, "thread", cpu->thread, "l2",
                   cpu->l2, "l3", cpu->l3, "package", cpu->package, "node",
                   node, "kind", cpu->kind);
}

static json_t *known(uint64_t value) {
  return value ? json_integer((json_int_t)value) : json_null();
}

static json_t *node_json(const struct topology_node *node) {
  return json_pack("{si si sI so so}", "os", node->os, "cpus", node->cpus,
                   "bytes", (json_int_t)node->bytes, "latency_ns",
                   known(node->latency_ns), "bandwidth_mib_per_s",
                   known(node->bandwidth_mib_per_s));
}

/* Appends an element and keeps the array, or gives both up for null. */
static json_t *append(json_t *array, json_t *element) {
  if (!json_array_append_new(array, element))
    return array;
  json_decref(array);
  return NULL;
}

static json_t *cpus_json(const struct topology_machine *m) {
  json_t *cpus = json_array();
  for (size_t i = 0; cpus && i < topology_cpu_count(m); i++)
    cpus = append(cpus, cpu_json(topology_cpu_at(m, i)));
  return cpus;
}

static json_t *nodes_json(const struct topology_machine *m) {
  json_t *nodes = json_array();
  for (size_t i = 0; nodes && i < topology_node_count(m); i++)
    nodes = append(nodes, node_json(topology_node_at(m, i)));
  return nodes;
}

/* @param known  set when any distance is */
static json_t *distance_row_json(const struct topology_machine *m,
                                 unsigned from, bool *known) {
  json_t *row = json_array();
  for (size_t i = 0; row && i < topology_node_count(m); i++) {
    unsigned distance = topology_distance(m, from, topology_node_at(m, i)->os);
    *known |= distance > 0;
    row = append(row, distance ? json_integer(distance) : json_null());
  }
  return row;
}

static json_t *distances_json(const struct topology_machine *m) {
  bool known = false;
  json_t *rows = json_array();
  for (size_t i = 0; rows && i < topology_node_count(m); i++)
    rows =
        append(rows, distance_row_json(m, topology_node_at(m, i)->os, &known));
  if (!rows || known)
    return rows;
  json_decref(rows);
  return json_null();
}

json_t *topology_describe_json(const struct topology_machine *m) {
  return json_pack(
      "{ss sb ss si so so so}", "source", topology_machine_source(m),
      "this_machine", topology_machine_is_this(m), "allowed",
      topology_cpus_allowed(m), "l3_caches", topology_l3_count(m), "cpus",
      cpus_json(m), "nodes", nodes_json(m), "distances", distances_json(m));
}

static json_t *level_row_json(const struct topology_machine *m, unsigned cpu,
                              const unsigned *cpus_os, size_t count) {
  char name[TOPOLOGY_LEVEL_NAME_SIZE];
  json_t *row = json_array();
  for (size_t i = 0; row && i < count; i++) {
    topology_level_name(m, cpu, cpus_os[i], name, sizeof name);
    row = append(row, json_string(name));
  }
  return row;
}

json_t *topology_describe_levels_json(const struct topology_machine *m,
                                      const unsigned *cpus_os, size_t count) {
  json_t *rows = json_array();
  for (size_t i = 0; rows && i < count; i++)
    rows = append(rows, level_row_json(m, cpus_os[i], cpus_os, count));
  return rows;
}
