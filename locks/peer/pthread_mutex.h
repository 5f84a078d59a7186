/* The C library's default mutex: waiters sleep in the kernel. */
#ifndef LOCKS_PEER_PTHREAD_MUTEX_H
#define LOCKS_PEER_PTHREAD_MUTEX_H

#include <pthread.h>
#include <stdbool.h>

#include "locks/contract.h"

typedef pthread_mutex_t peer_pthread_mutex_lock;

LOCK_INLINE void peer_pthread_mutex_init(peer_pthread_mutex_lock *lock) {
  (void)pthread_mutex_init(lock, NULL); /* cannot fail without attributes */
}

LOCK_INLINE void peer_pthread_mutex_acquire(peer_pthread_mutex_lock *lock) {
  (void)pthread_mutex_lock(lock);
}

LOCK_INLINE bool peer_pthread_mutex_try_acquire(peer_pthread_mutex_lock *lock) {
  return pthread_mutex_trylock(lock) == 0;
}

LOCK_INLINE void peer_pthread_mutex_release(peer_pthread_mutex_lock *lock) {
  (void)pthread_mutex_unlock(lock);
}

#define PEER_PTHREAD_MUTEX_TRAITS (LOCK_EXCLUSIVE | LOCK_TRY | LOCK_BLOCKS)
#define PEER_PTHREAD_MUTEX_PROPERTIES                                          \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 40 B",        \
    .rmw_alone = "2", .rmw_busy = "system calls", .transfers = "O(1)",         \
    .source = "the C library",                                                 \
  }

#endif
