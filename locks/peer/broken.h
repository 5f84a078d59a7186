/* Not a lock: readers walk in on a writer. It is known to the tests only, which
 * must find it out. */
#ifndef LOCKS_PEER_BROKEN_H
#define LOCKS_PEER_BROKEN_H

#include "locks/peer/pthread_rwlock.h"

typedef peer_pthread_rwlock_lock peer_broken_lock;
#define peer_broken_init peer_pthread_rwlock_init
#define peer_broken_acquire_exclusive peer_pthread_rwlock_acquire_exclusive
#define peer_broken_release_exclusive peer_pthread_rwlock_release_exclusive

LOCK_INLINE void peer_broken_acquire_shared(peer_broken_lock *lock) {
  (void)lock;
}

LOCK_INLINE void peer_broken_release_shared(peer_broken_lock *lock) {
  (void)lock;
}

#define PEER_BROKEN_TRAITS PEER_PTHREAD_RWLOCK_TRAITS
#define PEER_BROKEN_PROPERTIES PEER_PTHREAD_RWLOCK_PROPERTIES

#endif
