/* Concurrency Kit's spin locks. They wait in their own way, unless the macro
 * PEER_CK_STALL names what to do between two polls: the tests, which have more
 * threads than processors, let it yield.
 *
 * PEER_CK_LOCK and PEER_CK_TRY make a peer of a lock that needs no context. */
#ifndef LOCKS_PEER_CK_H
#define LOCKS_PEER_CK_H

#include <ck_pr.h>
#include <stdbool.h>

#include "locks/contract.h"
#include "locks/cpu.h"

#ifdef PEER_CK_STALL
#define ck_pr_stall() PEER_CK_STALL()
#endif
#include <ck_spinlock.h>
#undef ck_pr_stall

#define PEER_CK_LOCK(name)                                                     \
  typedef ck_spinlock_##name##_t peer_ck_##name##_lock;                        \
  LOCK_INLINE void peer_ck_##name##_init(peer_ck_##name##_lock *lock) {        \
    ck_spinlock_##name##_init(lock);                                           \
  }                                                                            \
  LOCK_INLINE void peer_ck_##name##_acquire(peer_ck_##name##_lock *lock) {     \
    ck_spinlock_##name##_lock(lock);                                           \
  }                                                                            \
  LOCK_INLINE void peer_ck_##name##_release(peer_ck_##name##_lock *lock) {     \
    ck_spinlock_##name##_unlock(lock);                                         \
  }

#define PEER_CK_TRY(name)                                                      \
  LOCK_INLINE bool peer_ck_##name##_try_acquire(peer_ck_##name##_lock *lock) { \
    return ck_spinlock_##name##_trylock(lock);                                 \
  }

#endif
