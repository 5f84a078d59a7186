/* The C library's default reader/writer lock: readers come in while others are
 * inside, whoever waits to write; waiters sleep in the kernel. */
#ifndef LOCKS_PEER_PTHREAD_RWLOCK_H
#define LOCKS_PEER_PTHREAD_RWLOCK_H

#include <pthread.h>

#include "locks/contract.h"

typedef pthread_rwlock_t peer_pthread_rwlock_lock;

LOCK_INLINE void peer_pthread_rwlock_init(peer_pthread_rwlock_lock *lock) {
  (void)pthread_rwlock_init(lock, NULL); /* cannot fail without attributes */
}

LOCK_INLINE void
peer_pthread_rwlock_acquire_exclusive(peer_pthread_rwlock_lock *lock) {
  (void)pthread_rwlock_wrlock(lock);
}

LOCK_INLINE void
peer_pthread_rwlock_release_exclusive(peer_pthread_rwlock_lock *lock) {
  (void)pthread_rwlock_unlock(lock);
}

LOCK_INLINE void
peer_pthread_rwlock_acquire_shared(peer_pthread_rwlock_lock *lock) {
  (void)pthread_rwlock_rdlock(lock);
}

LOCK_INLINE void
peer_pthread_rwlock_release_shared(peer_pthread_rwlock_lock *lock) {
  (void)pthread_rwlock_unlock(lock);
}

#define PEER_PTHREAD_RWLOCK_TRAITS (LOCK_EXCLUSIVE | LOCK_BLOCKS)
#define PEER_PTHREAD_RWLOCK_PROPERTIES                                         \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 56 B",        \
    .rmw_alone = "2-3", .rmw_busy = "system calls", .transfers = "O(N)",       \
    .source = "the C library",                                                 \
  }

#endif
