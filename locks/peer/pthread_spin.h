/* The C library's spin lock (pthread_spin_lock). */
#ifndef LOCKS_PEER_PTHREAD_SPIN_H
#define LOCKS_PEER_PTHREAD_SPIN_H

#include <pthread.h>
#include <stdbool.h>

#include "locks/contract.h"

typedef pthread_spinlock_t peer_pthread_spin_lock;

LOCK_INLINE void peer_pthread_spin_init(peer_pthread_spin_lock *lock) {
  (void)pthread_spin_init(lock, PTHREAD_PROCESS_PRIVATE); /* cannot fail */
}

LOCK_INLINE void peer_pthread_spin_acquire(peer_pthread_spin_lock *lock) {
  (void)pthread_spin_lock(lock);
}

LOCK_INLINE bool peer_pthread_spin_try_acquire(peer_pthread_spin_lock *lock) {
  return pthread_spin_trylock(lock) == 0;
}

LOCK_INLINE void peer_pthread_spin_release(peer_pthread_spin_lock *lock) {
  (void)pthread_spin_unlock(lock);
}

#define PEER_PTHREAD_SPIN_TRAITS (LOCK_EXCLUSIVE | LOCK_TRY)
#define PEER_PTHREAD_SPIN_PROPERTIES                                           \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 4 B",         \
    .rmw_alone = "1", .rmw_busy = ">= 2", .transfers = "O(N) (2)",             \
    .source = "the C library",                                                 \
  }

#endif
