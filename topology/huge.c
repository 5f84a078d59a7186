/* Blocks in one huge page, where such a page is to be had (see memory.h). */
#include <errno.h>
#include <sys/mman.h>

#include "topology/machine_private.h"
#include "topology/memory.h"

#ifndef MAP_HUGE_SHIFT
#define MAP_HUGE_SHIFT 26
#endif

enum { HUGE_BITS = 21, HUGE_BYTES = 1 << HUGE_BITS };

/* @return null when the kernel has no such page reserved, or none at home */
static void *map_huge(const struct topology_machine *m, int home) {
  void *block = mmap(NULL, HUGE_BYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB |
                         HUGE_BITS << MAP_HUGE_SHIFT,
                     -1, 0);
  if (block == MAP_FAILED)
    return NULL;
  if (!topology_memory_settle(m, block, HUGE_BYTES, home, true))
    return block;
  munmap(block, HUGE_BYTES);
  return NULL;
}

int topology_memory_alloc_huge(const struct topology_machine *m, size_t bytes,
                               int home, void **out, bool *huge) {
  bool fits = bytes && bytes <= HUGE_BYTES && topology_machine_is_this(m) &&
              home >= 0 && topology_node_find(m, (unsigned)home);
  void *block = fits ? map_huge(m, home) : NULL;
  *huge = block;
  if (!block)
    return topology_memory_alloc(m, bytes, home, out);
  *out = block;
  return 0;
}

void topology_memory_free_huge(void *block, size_t bytes, bool huge) {
  if (huge)
    munmap(block, HUGE_BYTES);
  else
    topology_memory_free(block, bytes);
}
