/* The order of acquisition as a graph: an edge says that a lock was acquired
 * while another was held. A cycle is a deadlock that has not happened yet. */
#include <stdlib.h>

#include "locks/nt/checked/state.h"
#include "locks/thread.h"

static uint64_t visits;

static struct check_edge *find_edge(struct check_lock *from,
                                    const struct check_lock *to) {
  for (unsigned i = 0; i < from->edge_count; i++)
    if (from->edges[i].to == to)
      return &from->edges[i];
  return NULL;
}

static void add_edge(struct check_lock *from, struct check_lock *to,
                     struct check_site site) {
  if (from->edge_count == from->edge_room) {
    from->edge_room = from->edge_room * 2 + 4;
    from->edges = realloc(from->edges, from->edge_room * sizeof *from->edges);
    if (from->edges == NULL)
      lock_thread_fail("checked mode is out of memory");
  }
  from->edges[from->edge_count++] = (struct check_edge){to, site};
}

/* @return the first edge of a way from `from` to `to`, or null. Recursion goes
 * as deep as the longest chain of nested locks. */
static const struct check_edge *find_way(struct check_lock *from,
                                         const struct check_lock *to) {
  if (from->visit == visits)
    return NULL;
  from->visit = visits;
  for (unsigned i = 0; i < from->edge_count; i++)
    if (from->edges[i].to == to || find_way(from->edges[i].to, to) != NULL)
      return &from->edges[i];
  return NULL;
}

const struct check_edge *check_order(struct check_lock *from,
                                     struct check_lock *to,
                                     struct check_site site) {
  if (from == to || find_edge(from, to) != NULL)
    return NULL;
  visits++;
  const struct check_edge *opposite = find_way(to, from);
  add_edge(from, to, site);
  return opposite;
}
