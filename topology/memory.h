/* Memory with a home: the only calls of the project that place memory.
 *
 * A block is mapped, bound to its home, written, and only then are the kernel's
 * page tables asked (move_pages) where each page lies. hwloc binds, libnuma
 * checks. A page elsewhere is an error, and so is a kernel that refuses to bind
 * or to tell, as containers do (Docker's default seccomp filter): nothing falls
 * back. The exception is a machine with one node, where a page can lie nowhere
 * else and a refusal proves nothing.
 *
 * Transparent huge pages are off for a block, so that a page is what it says.
 * Needs no privilege. Limits: `first` leaves the block to automatic NUMA
 * balancing, which may move it later. */
#ifndef TOPOLOGY_MEMORY_H
#define TOPOLOGY_MEMORY_H

#include "topology/machine.h"

/* A home is the OS index of a node, or one of these. -1 is neither, so that a
 * TOPOLOGY_NO_NODE that is taken for a home is refused. */
enum topology_home {
  TOPOLOGY_HOME_FIRST = -2,      /* the node of the thread that allocates */
  TOPOLOGY_HOME_INTERLEAVE = -3, /* page by page over all nodes with memory */
};

/* Allocates a page-aligned block of zeros that lies at its home.
 *
 * @param bytes  1 to PTRDIFF_MAX; rounded up to whole pages
 * @param home   a node that topology_node_find() knows, or an enumerator
 * @param out    receives the block; topology_memory_free() frees it
 * @return 0; -ENOTSUP: not this machine; -ENODEV: no such node, or not
 *   allowed, or without memory; -EPERM, -ENOSYS: the kernel or the container
 *   refuses to bind or to tell; -EXDEV: a page lies elsewhere; -EINVAL: bytes
 *   out of range; -ENOMEM. For `first` neither binding nor telling is needed,
 * so only -ENOTSUP, -EINVAL and -ENOMEM are possible, and
 * topology_memory_node() says where the block is, or why that cannot be known
 */
int topology_memory_alloc(const struct topology_machine *, size_t bytes,
                          int home, void **out);

/* Frees a block.
 * @param bytes  as given to topology_memory_alloc() */
void topology_memory_free(void *block, size_t bytes);

/* The same in one huge page of 2 MiB, which takes translation out of what is
 * measured, where the administrator has reserved one on that node
 * (/proc/sys/vm/nr_hugepages); else in small pages.
 *
 * @param home  a node; for any other home pages are small
 * @param huge  receives which it was; topology_memory_free_huge() wants it
 * @return as topology_memory_alloc() */
int topology_memory_alloc_huge(const struct topology_machine *, size_t bytes,
                               int home, void **out, bool *huge);

void topology_memory_free_huge(void *block, size_t bytes, bool huge);

/* Asks the kernel on which node the page of an address lies.
 * @return its OS index; -ENOENT, -EFAULT: no page there; -EPERM, -ENOSYS: the
 *   kernel or the container does not tell */
int topology_memory_node(const void *address);

/* Says in one line why topology_memory_alloc() failed for a home. */
void topology_memory_why(int error, int home, char *why, size_t why_size);

/* Homes that depend on the CPUs of a team: which node each is says
 * topology_home_resolve(). No block can be allocated on one of these. */
enum topology_home_role {
  TOPOLOGY_HOME_REMOTE = -4, /* of the member farthest from the first one */
  TOPOLOGY_HOME_THIRD = -5,  /* the nearest on which no member runs */
};

/* Finds the node that a home means for a team of CPUs.
 *
 * @param home     as topology_home_parse() gives it
 * @param cpus_os  allowed CPUs, at least one; the first is the first thread's
 * @param out      receives a node; a home that is no role stays as it is
 * @return 0; -ENODEV: there is no such node: all members run on one, or they
 *   run on every node with memory */
int topology_home_resolve(const struct topology_machine *, int home,
                          const unsigned *cpus_os, size_t count, int *out);

/* Reads a home as a user writes it: `0`, `first` (or `local`), `interleave`,
 * `remote`, `third`.
 *
 * @param out  receives the home
 * @param why  receives one line on error: what is wrong, what would be right
 * @return 0; -EINVAL: neither a node of the machine nor one of the words */
int topology_home_parse(const struct topology_machine *, const char *text,
                        int *out, char *why, size_t why_size);

/* Enough for every name that topology_home_name() writes. */
#define TOPOLOGY_HOME_NAME_SIZE 16

/* Writes a home as topology_home_parse() reads it.
 * @param size  TOPOLOGY_HOME_NAME_SIZE is always enough */
void topology_home_name(int home, char *text, size_t size);

#endif
