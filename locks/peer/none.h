/* No lock at all: the floor under every figure. */
#ifndef LOCKS_PEER_NONE_H
#define LOCKS_PEER_NONE_H

#include <stdbool.h>

#include "locks/cpu.h"

typedef struct {
  char unused;
} peer_none_lock;

LOCK_INLINE void peer_none_init(peer_none_lock *lock) {
  (void)lock;
}

LOCK_INLINE void peer_none_acquire(peer_none_lock *lock) {
  (void)lock;
  cpu_compiler_barrier(); /* or the compiler folds the measured loop */
}

LOCK_INLINE bool peer_none_try_acquire(peer_none_lock *lock) {
  peer_none_acquire(lock);
  return true;
}

LOCK_INLINE void peer_none_release(peer_none_lock *lock) {
  (void)lock;
  cpu_compiler_barrier();
}

#define PEER_NONE_TRAITS 0u
#define PEER_NONE_PROPERTIES                                                   \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0", .rmw_alone = "0", \
    .rmw_busy = "0", .transfers = "0", .source = "the empty floor",            \
  }

#endif
