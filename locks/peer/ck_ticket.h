/* Concurrency Kit's ticket lock (libck-dev). On x86 its release is a locked
 * increment of half the word; elsewhere it has no try. */
#ifndef LOCKS_PEER_CK_TICKET_H
#define LOCKS_PEER_CK_TICKET_H

#include <stdbool.h>

#include "locks/contract.h"
#include "locks/peer/ck.h"

typedef ck_spinlock_ticket_t peer_ck_ticket_lock;

LOCK_INLINE void peer_ck_ticket_init(peer_ck_ticket_lock *lock) {
  ck_spinlock_ticket_init(lock);
}

LOCK_INLINE void peer_ck_ticket_acquire(peer_ck_ticket_lock *lock) {
  ck_spinlock_ticket_lock(lock);
}

#ifdef CK_F_SPINLOCK_TICKET_TRYLOCK
#define PEER_CK_TICKET_TRY LOCK_TRY
LOCK_INLINE bool peer_ck_ticket_try_acquire(peer_ck_ticket_lock *lock) {
  return ck_spinlock_ticket_trylock(lock);
}
#else
#define PEER_CK_TICKET_TRY 0u
#endif

LOCK_INLINE void peer_ck_ticket_release(peer_ck_ticket_lock *lock) {
  ck_spinlock_ticket_unlock(lock);
}

#define PEER_CK_TICKET_TRAITS (LOCK_EXCLUSIVE | LOCK_FIFO | PEER_CK_TICKET_TRY)
#define PEER_CK_TICKET_PROPERTIES                                              \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "its own 4 or 8 B",                 \
    .rmw_alone = "1-2", .rmw_busy = "1-2", .transfers = "O(N) (2)",            \
    .source = "Concurrency Kit"                                                \
  }

#endif
