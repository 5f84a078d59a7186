/* Concurrency Kit's reader/writer lock (libck-dev): a writer says so, then
 * waits for the readers to leave; readers wait before they come in. */
#ifndef LOCKS_PEER_CK_RWLOCK_H
#define LOCKS_PEER_CK_RWLOCK_H

#include "locks/peer/ck.h"

PEER_CK_READER_LOCK(rwlock)

#define PEER_CK_RWLOCK_TRAITS LOCK_EXCLUSIVE
#define PEER_CK_RWLOCK_PROPERTIES                                              \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 8 B",         \
    .rmw_alone = "1-2", .rmw_busy = "any", .transfers = "O(N) (2)",            \
    .source = "Concurrency Kit"                                                \
  }

#endif
