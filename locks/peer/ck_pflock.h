/* Concurrency Kit's phase-fair reader/writer lock (libck-dev): the published
 * one in four counters, which locks/reader/phase_fair.h has in one word. */
#ifndef LOCKS_PEER_CK_PFLOCK_H
#define LOCKS_PEER_CK_PFLOCK_H

#include "locks/peer/ck.h"

PEER_CK_READER_LOCK(pflock)

#define PEER_CK_PFLOCK_TRAITS (LOCK_EXCLUSIVE | LOCK_PHASE_FAIR)
#define PEER_CK_PFLOCK_PROPERTIES                                              \
  {                                                                            \
    .order = "phases", .bypass = 0, .space = "its own 16 B",                   \
    .rmw_alone = "2-4", .rmw_busy = "2-4", .transfers = "O(N) (2)",            \
    .source = "Concurrency Kit"                                                \
  }

#endif
