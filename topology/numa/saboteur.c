/* Makes the machine misbehave under a kspin that runs beside it in one process
 * (LD_PRELOAD). KSPIN_SABOTAGE says how:
 *
 *   home      binding memory claims success and does nothing, and what is not
 *             bound comes from node KSPIN_SABOTAGE_NODE
 *   home+lie  and whoever asks where a page lies hears what was bound
 *   pin       creating a thread on a CPU claims success and does nothing
 *   pin+lie   and a thread that asks where it is hears what was wanted
 *
 * kspin must notice the first of each pair; only an onlooker that asks the
 * kernel itself can notice the second. */
#include <hwloc.h>
#include <numaif.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "topology/numa/real.h"

static int bound_node;        /* that a block was bound to last */
static cpu_set_t wanted_mask; /* that a thread was to have, last */

/* What this thread was to have; nobody creates two threads at once. */
static _Thread_local struct {
  bool known;
  cpu_set_t mask;
} mine;

static bool seeded(const char *word) {
  const char *sabotage = getenv("KSPIN_SABOTAGE");
  return sabotage && !strncmp(sabotage, word, strlen(word));
}

__attribute__((constructor)) static void choose_a_node(void) {
  const char *node = getenv("KSPIN_SABOTAGE_NODE");
  unsigned long mask = 1ul << atoi(node ? node : "0");
  if (seeded("home") &&
      syscall(SYS_set_mempolicy, MPOL_BIND, &mask, 8 * sizeof mask))
    abort();
}

int hwloc_set_area_membind(hwloc_topology_t topology, const void *block,
                           size_t bytes, hwloc_const_bitmap_t nodes,
                           hwloc_membind_policy_t policy, int flags) {
  if (!seeded("home"))
    return REAL(hwloc_set_area_membind)(topology, block, bytes, nodes, policy,
                                        flags);
  bound_node = hwloc_bitmap_first(nodes);
  return 0;
}

long move_pages(int pid, unsigned long count, void **pages, const int *nodes,
                int *status, int flags) {
  if (!seeded("home+lie"))
    return REAL(move_pages)(pid, count, pages, nodes, status, flags);
  for (unsigned long i = 0; i < count; i++)
    status[i] = bound_node;
  return 0;
}

int pthread_attr_setaffinity_np(pthread_attr_t *attributes, size_t size,
                                const cpu_set_t *mask) {
  if (!seeded("pin"))
    return REAL(pthread_attr_setaffinity_np)(attributes, size, mask);
  memcpy(&wanted_mask, mask, sizeof wanted_mask);
  return 0;
}

/* The main thread hears the truth: it was not created. */
static bool lied_to(void) {
  if (!seeded("pin+lie") || getpid() == gettid())
    return false;
  if (!mine.known)
    mine.mask = wanted_mask;
  mine.known = true;
  return true;
}

int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *mask) {
  if (!lied_to())
    return REAL(sched_getaffinity)(pid, size, mask);
  memset(mask, 0, size);
  memcpy(mask, &mine.mask, sizeof mine.mask);
  return 0;
}

int sched_getcpu(void) {
  if (!lied_to())
    return REAL(sched_getcpu)();
  int cpu = 0;
  while (!CPU_ISSET(cpu, &mine.mask))
    cpu++;
  return cpu;
}
