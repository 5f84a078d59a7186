/* A mutex on a futex, outside of the NT routines: what an ordinary program has
 * that asks the kernel itself. The lock is that of locks/executive/futex.h. */
#ifndef LOCKS_PEER_FUTEX_H
#define LOCKS_PEER_FUTEX_H

#include "locks/executive/futex.h"

typedef struct {
  KSPIN_LOCK word;
} peer_futex_lock;

LOCK_INLINE void peer_futex_init(peer_futex_lock *lock) {
  lock->word = 0;
}

LOCK_INLINE void peer_futex_acquire(peer_futex_lock *lock) {
  executive_futex_acquire(&lock->word);
}

LOCK_INLINE bool peer_futex_try_acquire(peer_futex_lock *lock) {
  return executive_futex_try_acquire(&lock->word);
}

LOCK_INLINE void peer_futex_release(peer_futex_lock *lock) {
  executive_futex_release(&lock->word);
}

#define PEER_FUTEX_TRAITS (LOCK_EXCLUSIVE | LOCK_TRY | LOCK_BLOCKS)
#define PEER_FUTEX_PROPERTIES                                                  \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "its own 8 B",         \
    .rmw_alone = "2", .rmw_busy = "system calls", .transfers = "O(1)",         \
    .source = "Drepper, Futexes are tricky, 2011",                             \
  }

#endif
