/* Which CPUs count as near each other for locks that prefer near waiters (CNA):
 * those of a NUMA node where the CPUs have several, else those of an L3. */
#ifndef BENCH_DOMAIN_H
#define BENCH_DOMAIN_H

#include "topology/machine.h"

/* @return the number of the CPU's domain, for lock_thread_set_domain() */
unsigned bench_domain_of(const struct topology_machine *, unsigned cpu_os);

/* @return "node" or "l3" */
const char *bench_domain_kind(const struct topology_machine *);

#endif
