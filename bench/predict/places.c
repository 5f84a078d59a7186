/* CPUs with their distances (see places.h). */
#include "bench/predict/places.h"

#include <errno.h>
#include <stdlib.h>

static int by_os(const void *left, const void *right) {
  const struct topology_cpu *a = left, *b = right;
  return (a->os > b->os) - (a->os < b->os);
}

static int allocate(struct bench_places *places, size_t cpus, size_t nodes) {
  *places = (struct bench_places){
      .cpus = calloc(cpus + 1, sizeof *places->cpus),
      .count = cpus,
      .nodes = calloc(nodes + 1, sizeof *places->nodes),
      .distances = calloc(nodes * nodes + 1, sizeof *places->distances),
      .node_count = nodes};
  if (places->cpus && places->nodes && places->distances)
    return 0;
  bench_places_free(places);
  return -ENOMEM;
}

void bench_places_free(struct bench_places *places) {
  free(places->cpus);
  free(places->nodes);
  free(places->distances);
  *places = (struct bench_places){0};
}

int bench_places_of_machine(const struct topology_machine *machine,
                            struct bench_places *out) {
  struct bench_places places;
  size_t nodes = topology_node_count(machine);
  int error = allocate(&places, topology_cpu_count(machine), nodes);
  if (error)
    return error;
  places.l3_caches = topology_l3_count(machine);
  for (size_t i = 0; i < places.count; i++)
    places.cpus[i] = *topology_cpu_at(machine, i);
  for (size_t i = 0; i < nodes; i++)
    places.nodes[i] = topology_node_at(machine, i)->os;
  for (size_t i = 0; i < nodes * nodes; i++)
    places.distances[i] = topology_distance(machine, places.nodes[i / nodes],
                                            places.nodes[i % nodes]);
  qsort(places.cpus, places.count, sizeof *places.cpus, by_os);
  *out = places;
  return 0;
}

/* A number from 0; anything else spoils the record. */
static unsigned number(const json_t *object, const char *key, bool *good) {
  json_int_t value = json_integer_value(json_object_get(object, key));
  *good &= json_is_integer(json_object_get(object, key)) && value >= 0 &&
           value < UINT_MAX;
  return (unsigned)value;
}

static struct topology_cpu read_cpu(const json_t *object, bool *good) {
  bool has_node = json_is_integer(json_object_get(object, "node"));
  return (struct topology_cpu){.os = number(object, "os", good),
                               .logical = number(object, "logical", good),
                               .core = number(object, "core", good),
                               .l2 = number(object, "l2", good),
                               .l3 = number(object, "l3", good),
                               .package = number(object, "package", good),
                               .node = has_node ? number(object, "node", good)
                                                : TOPOLOGY_NO_NODE};
}

static bool read_all(const json_t *topology, struct bench_places *places) {
  const json_t *cpus = json_object_get(topology, "cpus");
  const json_t *nodes = json_object_get(topology, "nodes");
  const json_t *rows = json_object_get(topology, "distances");
  bool good = places->count > 0;
  places->l3_caches = number(topology, "l3_caches", &good);
  for (size_t i = 0; i < places->count && good; i++)
    places->cpus[i] = read_cpu(json_array_get(cpus, i), &good);
  for (size_t i = 0; i < places->node_count && good; i++) {
    places->nodes[i] = number(json_array_get(nodes, i), "os", &good);
    const json_t *row = json_array_get(rows, i);
    for (size_t j = 0; j < places->node_count; j++)
      places->distances[i * places->node_count + j] =
          (unsigned)json_integer_value(json_array_get(row, j));
  }
  return good;
}

int bench_places_of_record(const json_t *topology, struct bench_places *out) {
  struct bench_places places;
  int error =
      allocate(&places, json_array_size(json_object_get(topology, "cpus")),
               json_array_size(json_object_get(topology, "nodes")));
  if (error)
    return error;
  if (!read_all(topology, &places)) {
    bench_places_free(&places);
    return -EBADMSG;
  }
  qsort(places.cpus, places.count, sizeof *places.cpus, by_os);
  *out = places;
  return 0;
}

const struct topology_cpu *bench_places_find(const struct bench_places *places,
                                             unsigned os) {
  const struct topology_cpu key = {.os = os};
  return bsearch(&key, places->cpus, places->count, sizeof key, by_os);
}

static unsigned distance(const struct bench_places *places, unsigned from,
                         unsigned to) {
  size_t row = 0, column = 0, count = places->node_count;
  while (row < count && places->nodes[row] != from)
    row++;
  while (column < count && places->nodes[column] != to)
    column++;
  bool known = row < count && column < count;
  return known ? places->distances[row * count + column] : 0;
}

struct bench_apart bench_places_apart(const struct bench_places *places,
                                      const struct topology_cpu *a,
                                      const struct topology_cpu *b) {
  enum topology_level level = topology_cpus_level(a, b, places->l3_caches);
  return (struct bench_apart){
      level, level < TOPOLOGY_NODE ? 0 : distance(places, a->node, b->node)};
}
