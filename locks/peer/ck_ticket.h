/* Concurrency Kit's ticket lock (libck-dev). On x86 its release is a locked
 * increment of half the word; elsewhere it has no try. */
#ifndef LOCKS_PEER_CK_TICKET_H
#define LOCKS_PEER_CK_TICKET_H

#include "locks/peer/ck.h"

PEER_CK_LOCK(ticket)
#ifdef CK_F_SPINLOCK_TICKET_TRYLOCK
#define PEER_CK_TICKET_TRY LOCK_TRY
PEER_CK_TRY(ticket)
#else
#define PEER_CK_TICKET_TRY 0u
#endif

#define PEER_CK_TICKET_TRAITS (LOCK_EXCLUSIVE | LOCK_FIFO | PEER_CK_TICKET_TRY)
#define PEER_CK_TICKET_PROPERTIES                                              \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "its own 4 or 8 B",                 \
    .rmw_alone = "1-2", .rmw_busy = "1-2", .transfers = "O(N) (2)",            \
    .source = "Concurrency Kit"                                                \
  }

#endif
