/* Concurrency Kit's spin locks, and those for readers and writers. They wait in
 * their own way, unless the macro PEER_CK_STALL names what to do between two
 * polls: the tests, which have more threads than processors, let it yield.
 *
 * PEER_CK_LOCK and PEER_CK_TRY make a peer of a lock that needs no context,
 * PEER_CK_READER_LOCK one of a lock for readers and writers. */
#ifndef LOCKS_PEER_CK_H
#define LOCKS_PEER_CK_H

#include <ck_pr.h>
#include <stdbool.h>

#include "locks/contract.h"
#include "locks/cpu.h"

#ifdef PEER_CK_STALL
#define ck_pr_stall() PEER_CK_STALL()
#endif
#include <ck_pflock.h>
#include <ck_rwlock.h>
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

#define PEER_CK_READER_LOCK(name)                                              \
  typedef ck_##name##_t peer_ck_##name##_lock;                                 \
  LOCK_INLINE void peer_ck_##name##_init(peer_ck_##name##_lock *lock) {        \
    ck_##name##_init(lock);                                                    \
  }                                                                            \
  PEER_CK_READER_VERB(name, acquire_exclusive, write_lock)                     \
  PEER_CK_READER_VERB(name, release_exclusive, write_unlock)                   \
  PEER_CK_READER_VERB(name, acquire_shared, read_lock)                         \
  PEER_CK_READER_VERB(name, release_shared, read_unlock)

#define PEER_CK_READER_VERB(name, verb, theirs)                                \
  LOCK_INLINE void peer_ck_##name##_##verb(peer_ck_##name##_lock *lock) {      \
    ck_##name##_##theirs(lock);                                                \
  }

#endif
