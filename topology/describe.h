/* A machine in words: for people, and as JSON for programs. */
#ifndef TOPOLOGY_DESCRIBE_H
#define TOPOLOGY_DESCRIBE_H

#include <jansson.h>
#include <stdio.h>

#include "topology/machine.h"

/* Prints where the machine comes from, its CPUs by package, node and L3
 * domain (siblings joined by `+`), its nodes and their distances. */
void topology_describe(FILE *, const struct topology_machine *);

/* Gives the same as an object, every CPU on its own:
 * {source, this_machine, allowed, cpus: [{os, logical, core, thread, l2, l3,
 * package, node, kind}], nodes: [{os, cpus, bytes,
 * latency_ns, bandwidth_mib_per_s}], distances: [[…]]}; an
 * unknown node is null, distances are null when none is known.
 * @return a new reference, or null without memory */
json_t *topology_describe_json(const struct topology_machine *);

/* Prints the level between any two of the chosen CPUs as a matrix.
 * @param cpus_os  OS indices of allowed CPUs */
void topology_describe_levels(FILE *, const struct topology_machine *,
                              const unsigned *cpus_os, size_t count);

/* Gives the same matrix as an array of rows of names.
 * @return a new reference, or null without memory */
json_t *topology_describe_levels_json(const struct topology_machine *,
                                      const unsigned *cpus_os, size_t count);

#endif
