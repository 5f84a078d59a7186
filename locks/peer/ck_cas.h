/* Concurrency Kit's compare-and-swap lock that polls by reading (libck-dev). */
#ifndef LOCKS_PEER_CK_CAS_H
#define LOCKS_PEER_CK_CAS_H

#include <stdbool.h>

#include "locks/contract.h"
#include "locks/peer/ck.h"

typedef ck_spinlock_cas_t peer_ck_cas_lock;

LOCK_INLINE void peer_ck_cas_init(peer_ck_cas_lock *lock) {
  ck_spinlock_cas_init(lock);
}

LOCK_INLINE void peer_ck_cas_acquire(peer_ck_cas_lock *lock) {
  ck_spinlock_cas_lock(lock);
}

LOCK_INLINE bool peer_ck_cas_try_acquire(peer_ck_cas_lock *lock) {
  return ck_spinlock_cas_trylock(lock);
}

LOCK_INLINE void peer_ck_cas_release(peer_ck_cas_lock *lock) {
  ck_spinlock_cas_unlock(lock);
}

#define PEER_CK_CAS_TRAITS (LOCK_EXCLUSIVE | LOCK_TRY)
#define PEER_CK_CAS_PROPERTIES                                                 \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 4 B",         \
    .rmw_alone = "1", .rmw_busy = ">= 2", .transfers = "O(N) (2)",             \
    .source = "Concurrency Kit"                                                \
  }

#endif
