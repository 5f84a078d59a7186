/* How far apart CPUs are: of a machine, or as a run has recorded it. */
#ifndef BENCH_PREDICT_PLACES_H
#define BENCH_PREDICT_PLACES_H

#include <jansson.h>

#include "topology/machine.h"

struct bench_places {
  struct topology_cpu *cpus; /* ascending OS index */
  size_t count;
  unsigned l3_caches;
  unsigned *nodes;     /* OS indices */
  unsigned *distances; /* node_count rows of node_count; 0: not known */
  size_t node_count;
};

/* @param out  released with bench_places_free()
 * @return 0 or -ENOMEM */
int bench_places_of_machine(const struct topology_machine *,
                            struct bench_places *out);

/* @param topology  the object `topology` of a run.json
 * @return 0; -EBADMSG: it is no such object; -ENOMEM */
int bench_places_of_record(const json_t *topology, struct bench_places *out);

void bench_places_free(struct bench_places *);

/* @return NULL when there is no such CPU */
const struct topology_cpu *bench_places_find(const struct bench_places *,
                                             unsigned os);

struct bench_apart {
  enum topology_level level;
  unsigned distance; /* of their nodes; 0: not known, or one node */
};

struct bench_apart bench_places_apart(const struct bench_places *,
                                      const struct topology_cpu *,
                                      const struct topology_cpu *);

#endif
