/* The machine as hwloc sees it: CPUs, caches, packages, NUMA nodes, distances.
 *
 * A machine is read once, when it is opened, and never changes afterwards, so
 * any number of threads may ask it. It comes from one of three sources: this
 * machine (reduced to the cpuset and the affinity mask that the calling thread
 * has inherited), an hwloc synthetic description, or an hwloc XML file. Only a
 * machine of the first kind can be pinned on (pin.h) or placed on (memory.h).
 *
 * A CPU is one hardware thread (hwloc's PU). It is named by its OS index, as
 * taskset and /proc do; a node likewise. All other numbers count from 0 in
 * hwloc's logical order, in which neighbours in the hardware are neighbours.
 *
 * Limits: levels say what the firmware told the kernel; in a guest that may be
 * fiction. No cache is invented: where hwloc reports no L3, two CPUs of a
 * package are at level `package`, never `l3`. */
#ifndef TOPOLOGY_MACHINE_H
#define TOPOLOGY_MACHINE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct topology_machine;

/* The node of a CPU whose local memory is unknown or not allowed. */
#define TOPOLOGY_NO_NODE UINT_MAX

struct topology_cpu {
  unsigned os; /* what the kernel calls it */
  unsigned
      logical; /* its place in logical order: topology_cpu_at(m, logical) */
  unsigned core;
  unsigned thread;  /* its index among the allowed CPUs of the core */
  unsigned l2;      /* L2 domain: the core where hwloc reports no L2 */
  unsigned l3;      /* L3 domain: the package where hwloc reports no L3 */
  unsigned package; /* 0 where hwloc reports no package */
  unsigned node;    /* OS index of the nearest node, or TOPOLOGY_NO_NODE */
  unsigned kind;    /* kind of core: 0 is the fastest that is allowed */
};

struct topology_node {
  unsigned os;    /* what the kernel calls it */
  unsigned cpus;  /* allowed CPUs whose nearest node it is; 0: CPU-less */
  uint64_t bytes; /* its memory; 0 when it has none or hwloc does not know */
  /* From the CPUs that are best at it, as the firmware states it (HMAT); 0 when
   * it does not. */
  uint64_t latency_ns, bandwidth_mib_per_s;
};

/* How far apart two CPUs are, nearest first. */
enum topology_level {
  TOPOLOGY_SAME,    /* one CPU */
  TOPOLOGY_SMT,     /* one core */
  TOPOLOGY_L2,      /* one L2, other core */
  TOPOLOGY_L3,      /* one L3, other L2 */
  TOPOLOGY_PACKAGE, /* one package and node, no cache in common */
  TOPOLOGY_NODE,    /* one package, other node, no cache in common */
  TOPOLOGY_CROSS,   /* other package */
};

/* Enough for every name that topology_level_name() writes. */
#define TOPOLOGY_LEVEL_NAME_SIZE 24

/* Opens this machine (both sources null), a synthetic one or one from a file.
 *
 * This machine is refused while the environment would replace it behind our
 * back (HWLOC_SYNTHETIC, HWLOC_XMLFILE, HWLOC_FSROOT, HWLOC_CPUID_PATH,
 * HWLOC_THISSYSTEM): numbers must not be filed under a machine that does not
 * exist. To look at such a machine give it as a source.
 *
 * @param synthetic  hwloc synthetic description, or null
 * @param xml        path of an hwloc XML file, or null
 * @param out        receives the machine; topology_machine_close() frees it
 * @return 0; -EINVAL: both sources given, or hwloc cannot read the one given;
 *   -E2BIG: a synthetic machine of more than 8192 CPUs;
 *   -EPERM: the environment replaces this machine; -ENODEV: no CPU is allowed;
 *   -ENOENT, -EACCES, …: the file cannot be opened; -ENOMEM.
 *   topology_machine_why() puts each in words */
int topology_machine_open(const char *synthetic, const char *xml,
                          struct topology_machine **out);

/* Says in one line why topology_machine_open() failed: what was wrong, where,
 * and what it should be. Takes what the call was given and what it returned. */
void topology_machine_why(int error, const char *synthetic, const char *xml,
                          char *why, size_t why_size);

/* Frees a machine; null is allowed. */
void topology_machine_close(struct topology_machine *);

/* Tells whether this is the machine that the program runs on. */
bool topology_machine_is_this(const struct topology_machine *);

/* Names the source in words that last as long as the machine, for instance
 * `this machine` or `synthetic package:2 core:4 pu:2`. */
const char *topology_machine_source(const struct topology_machine *);

/* Counts the CPUs that may be used: at least one. */
size_t topology_cpu_count(const struct topology_machine *);

/* Gives the allowed CPU at a place in logical order.
 * @param i  less than topology_cpu_count() */
const struct topology_cpu *topology_cpu_at(const struct topology_machine *,
                                           size_t i);

/* Finds an allowed CPU by its OS index, in logarithmic time.
 * @return null if the machine has no such CPU or it is not allowed */
const struct topology_cpu *topology_cpu_find(const struct topology_machine *,
                                             unsigned os);

/* Tells whether the machine has this CPU, allowed or not. */
bool topology_cpu_exists(const struct topology_machine *, unsigned os);

/* Lists the allowed CPUs as ranges, for instance `0-3,8`, in words that last
 * as long as the machine. */
const char *topology_cpus_allowed(const struct topology_machine *);

/* Counts the L3 caches that hwloc reports. They are the L3 domains below this
 * number; from it on, a domain stands for a package without an L3. */
unsigned topology_l3_count(const struct topology_machine *);

/* Counts the kinds of core among the allowed CPUs: 1 unless the machine is a
 * hybrid. Kinds differ in how fast they compute, so that a figure measured
 * over two of them belongs to neither. */
unsigned topology_kind_count(const struct topology_machine *);

/* Counts the nodes whose memory may be used: CPU-less ones too. */
size_t topology_node_count(const struct topology_machine *);

/* Gives a node, in ascending order of OS index.
 * @param i  less than topology_node_count() */
const struct topology_node *topology_node_at(const struct topology_machine *,
                                             size_t i);

/* Finds a node by its OS index. @return null if it is unknown or not allowed */
const struct topology_node *topology_node_find(const struct topology_machine *,
                                               unsigned os);

/* Gives the distance from one node to another as the firmware states it: 10 is
 * local, 20 is twice that. It need not be the same both ways.
 * @param from, to  OS indices
 * @return 0 when it is not known */
unsigned topology_distance(const struct topology_machine *, unsigned from,
                           unsigned to);

/* Tells how far apart two CPUs are.
 * @param cpu_a, cpu_b  OS indices of allowed CPUs */
enum topology_level topology_level_between(const struct topology_machine *,
                                           unsigned cpu_a, unsigned cpu_b);

/* Names the level between two CPUs: `same` `smt` `l2` `l3` `package` `node:16`
 * `cross:21`. The number is the distance from the node of `cpu_a` to that of
 * `cpu_b` and is left out, with its colon, when it is not known.
 * @param cpu_a, cpu_b  OS indices of allowed CPUs
 * @param size  TOPOLOGY_LEVEL_NAME_SIZE is always enough
 * @return 0; -ENOSPC: the name does not fit */
int topology_level_name(const struct topology_machine *, unsigned cpu_a,
                        unsigned cpu_b, char *text, size_t size);

/* The rules behind the two, for CPUs that a record describes.
 * @param l3_caches  as topology_l3_count()
 * @param distance   between their nodes; 0: not known */
enum topology_level topology_cpus_level(const struct topology_cpu *,
                                        const struct topology_cpu *,
                                        unsigned l3_caches);
int topology_level_text(enum topology_level, unsigned distance, char *text,
                        size_t size);

#endif
