/* Concurrency Kit's test-and-set that polls by reading (libck-dev). */
#ifndef LOCKS_PEER_CK_FAS_H
#define LOCKS_PEER_CK_FAS_H

#include <stdbool.h>

#include "locks/contract.h"
#include "locks/peer/ck.h"

typedef ck_spinlock_fas_t peer_ck_fas_lock;

LOCK_INLINE void peer_ck_fas_init(peer_ck_fas_lock *lock) {
  ck_spinlock_fas_init(lock);
}

LOCK_INLINE void peer_ck_fas_acquire(peer_ck_fas_lock *lock) {
  ck_spinlock_fas_lock(lock);
}

LOCK_INLINE bool peer_ck_fas_try_acquire(peer_ck_fas_lock *lock) {
  return ck_spinlock_fas_trylock(lock);
}

LOCK_INLINE void peer_ck_fas_release(peer_ck_fas_lock *lock) {
  ck_spinlock_fas_unlock(lock);
}

#define PEER_CK_FAS_TRAITS (LOCK_EXCLUSIVE | LOCK_TRY)
#define PEER_CK_FAS_PROPERTIES                                                 \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 4 B",         \
    .rmw_alone = "1", .rmw_busy = ">= 2", .transfers = "O(N) (2)",             \
    .source = "Concurrency Kit"                                                \
  }

#endif
