/* Concurrency Kit's test-and-set that polls by reading (libck-dev). */
#ifndef LOCKS_PEER_CK_FAS_H
#define LOCKS_PEER_CK_FAS_H

#include "locks/peer/ck.h"

PEER_CK_LOCK(fas)
PEER_CK_TRY(fas)

#define PEER_CK_FAS_TRAITS (LOCK_EXCLUSIVE | LOCK_TRY)
#define PEER_CK_FAS_PROPERTIES                                                 \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 4 B",         \
    .rmw_alone = "1", .rmw_busy = ">= 2", .transfers = "O(N) (2)",             \
    .source = "Concurrency Kit"                                                \
  }

#endif
