/* Binding blocks with hwloc, checking their pages with libnuma. */
#include "topology/memory.h"

#include <errno.h>
#include <numaif.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "topology/machine_private.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14 */
#endif

/* Pages asked about in one call. */
enum { BATCH = 512 };

static size_t page_size(void) {
  return (size_t)sysconf(_SC_PAGESIZE);
}

static size_t whole_pages(size_t bytes) {
  return (bytes + page_size() - 1) / page_size() * page_size();
}

/* Tells whether pages of a home belong on a node. The only node has memory even
 * where hwloc does not know how much. */
static bool shares(const struct topology_machine *m,
                   const struct topology_node *node, int home) {
  if (home == TOPOLOGY_HOME_INTERLEAVE)
    return node->bytes > 0 || m->node_count == 1;
  return node->os == (unsigned)home;
}

static size_t count_shares(const struct topology_machine *m, int home) {
  size_t count = 0;
  for (size_t i = 0; i < m->node_count; i++)
    count += shares(m, &m->nodes[i], home);
  return count;
}

static int bind_block(const struct topology_machine *m, void *block,
                      size_t bytes, int home) {
  hwloc_nodeset_t nodes = hwloc_bitmap_alloc();
  int failed = !nodes;
  for (size_t i = 0; i < m->node_count && !failed; i++)
    if (shares(m, &m->nodes[i], home))
      failed = hwloc_bitmap_set(nodes, m->nodes[i].os);
  int error = failed ? -ENOMEM : 0;
  if (!error && hwloc_set_area_membind(
                    m->hwloc, block, bytes, nodes,
                    home == TOPOLOGY_HOME_INTERLEAVE ? HWLOC_MEMBIND_INTERLEAVE
                                                     : HWLOC_MEMBIND_BIND,
                    HWLOC_MEMBIND_STRICT | HWLOC_MEMBIND_BYNODESET))
    error = errno == EINVAL ? -ENODEV : -errno;
  hwloc_bitmap_free(nodes);
  return error;
}

/* Asks where pages lie. @param nodes  receives a node or an error for each */
static int ask_nodes(char *block, size_t count, int *nodes) {
  void *pages[BATCH];
  for (size_t i = 0; i < count; i++)
    pages[i] = block + i * page_size();
  return move_pages(0, count, pages, NULL, nodes, 0) ? -errno : 0;
}

/* Counts the pages of a block on each node of the machine. */
static int tally(const struct topology_machine *m, char *block, size_t pages,
                 size_t *counts) {
  int nodes[BATCH];
  for (size_t done = 0, batch; done < pages; done += batch) {
    batch = pages - done < BATCH ? pages - done : BATCH;
    int error = ask_nodes(block + done * page_size(), batch, nodes);
    if (error)
      return error;
    for (size_t i = 0; i < batch; i++) {
      const struct topology_node *node =
          nodes[i] < 0 ? NULL : topology_node_find(m, (unsigned)nodes[i]);
      if (!node)
        return nodes[i] < 0 ? nodes[i] : -EXDEV;
      counts[node - m->nodes]++;
    }
  }
  return 0;
}

/* Every node of a home holds its even share of the pages, others hold none. */
static bool evenly(const struct topology_machine *m, int home, size_t pages,
                   const size_t *counts) {
  size_t nodes = count_shares(m, home);
  size_t least = pages / nodes, most = (pages + nodes - 1) / nodes;
  for (size_t i = 0; i < m->node_count; i++) {
    bool shared = shares(m, &m->nodes[i], home);
    if (shared ? counts[i] < least || counts[i] > most : counts[i] > 0)
      return false;
  }
  return true;
}

static int verify_block(const struct topology_machine *m, void *block,
                        size_t bytes, int home) {
  size_t pages = bytes / page_size();
  size_t *counts = calloc(m->node_count, sizeof *counts);
  if (!counts)
    return -ENOMEM;
  int error = tally(m, block, pages, counts);
  if (!error && !evenly(m, home, pages, counts))
    error = -EXDEV;
  free(counts);
  return error;
}

/* On a machine with one node a page can lie nowhere else, so that a kernel
 * that refuses to bind or to tell takes nothing away. */
static int needless(const struct topology_machine *m, int error) {
  bool refused = error == -EPERM || error == -ENOSYS;
  bool one_node =
      hwloc_bitmap_weight(hwloc_topology_get_complete_nodeset(m->hwloc)) == 1;
  return refused && one_node ? 0 : error;
}

/* Binds before the first write, since that is what chooses the node. */
int topology_memory_settle(const struct topology_machine *m, void *block,
                           size_t bytes, int home, bool populate) {
  if (home == TOPOLOGY_HOME_FIRST) {
    memset(block, 0, bytes);
    return 0;
  }
  int error = needless(m, bind_block(m, block, bytes, home));
  if (!error && populate && madvise(block, bytes, MADV_POPULATE_WRITE))
    error = -errno;
  if (error)
    return error;
  memset(block, 0, bytes);
  return needless(m, verify_block(m, block, bytes, home));
}

int topology_memory_alloc(const struct topology_machine *m, size_t bytes,
                          int home, void **out) {
  if (!bytes || bytes > PTRDIFF_MAX)
    return -EINVAL;
  if (!m->is_this)
    return -ENOTSUP;
  if (home != TOPOLOGY_HOME_FIRST && !count_shares(m, home))
    return -ENODEV;
  bytes = whole_pages(bytes);
  void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED)
    return -ENOMEM;
  madvise(block, bytes, MADV_NOHUGEPAGE); /* fails where there are none */
  int error = topology_memory_settle(m, block, bytes, home, false);
  if (error)
    topology_memory_free(block, bytes);
  else
    *out = block;
  return error;
}

void topology_memory_free(void *block, size_t bytes) {
  if (block)
    munmap(block, whole_pages(bytes));
}

int topology_memory_node(const void *address) {
  char *page = (char *)((uintptr_t)address / page_size() * page_size());
  int node;
  int error = ask_nodes(page, 1, &node);
  return error ? error : node;
}
