/* Concurrency Kit's compare-and-swap lock that polls by reading (libck-dev). */
#ifndef LOCKS_PEER_CK_CAS_H
#define LOCKS_PEER_CK_CAS_H

#include "locks/peer/ck.h"

PEER_CK_LOCK(cas)
PEER_CK_TRY(cas)

#define PEER_CK_CAS_TRAITS (LOCK_EXCLUSIVE | LOCK_TRY)
#define PEER_CK_CAS_PROPERTIES                                                 \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 4 B",         \
    .rmw_alone = "1", .rmw_busy = ">= 2", .transfers = "O(N) (2)",             \
    .source = "Concurrency Kit"                                                \
  }

#endif
