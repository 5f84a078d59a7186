/* Where threads go: policies that choose CPUs on a machine.
 *
 * Pure: the answer depends on the machine and the words alone. Thread i of an
 * answer belongs on CPU cpus_os[i]. No CPU is ever given twice, so more threads
 * than a policy has CPUs to offer is an error.
 *
 * Every policy but `list` works on the same picture: each allowed CPU sits at a
 * path package, node, L3, L2, core, thread; a policy keeps some CPUs and says
 * which part of the path varies slowest.
 *
 * Kinds of core are never mixed unless that is asked for by name (`mixed`,
 * `list`): the others keep to the fastest, `kind:K` to another. */
#ifndef TOPOLOGY_PLACE_H
#define TOPOLOGY_PLACE_H

#include "topology/machine.h"

#define TOPOLOGY_EVERY_KIND UINT_MAX

/* What a policy works on: the machine, the text after the colon, and room for
 * the answer. */
struct topology_offer {
  const struct topology_machine *machine;
  const char *argument; /* null unless the policy takes one */
  unsigned kind;        /* of core that is offered; TOPOLOGY_EVERY_KIND */
  unsigned *cpus_os;    /* room for topology_cpu_count(machine) */
  size_t count;         /* how many the policy offers */
  char *why;            /* one line when it fails */
  size_t why_size;
};

struct topology_policy {
  const char *name;
  const char *argument; /* what follows the colon, as help shows it, or null */
  const char *help;     /* one line */
  /* Fills cpus_os and count, first choice first.
   * @return 0; -EINVAL with `why`; -ENOMEM */
  int (*offer)(struct topology_offer *);
};

/* The table, ended by a null name, in the order that help prints it. */
extern const struct topology_policy topology_policies[];

/* Chooses a CPU for each thread.
 *
 * @param policy   a name from the table, with its argument: `scatter`,
 *   `list:0,4-7`
 * @param threads  at least 1
 * @param cpus_os  receives `threads` OS indices
 * @param why      receives one line on -EINVAL: what is wrong and what would
 *   be right; untouched otherwise
 * @return 0; -EINVAL: no such policy, a bad list, more threads than the policy
 *   offers here; -ENOMEM */
int topology_place(const struct topology_machine *, const char *policy,
                   size_t threads, unsigned *cpus_os, char *why,
                   size_t why_size);

/* Counts the threads that a policy can place on a machine.
 *
 * @param out  receives the count; 0 is possible (`smt` where nothing is SMT)
 * @return 0; -EINVAL with `why`: no such policy or a bad list; -ENOMEM */
int topology_place_limit(const struct topology_machine *, const char *policy,
                         size_t *out, char *why, size_t why_size);

#endif
