/* Test-and-set behind a handle: a baseline that shows what the queue buys.
 * Order, cost, limits and source are those of locks/executive/tas.h.
 *
 * Node     Lock: the lock's address, for release. Next is not used. */
#ifndef LOCKS_QUEUED_TAS_H
#define LOCKS_QUEUED_TAS_H

#include "locks/executive/tas.h"

LOCK_INLINE void queued_tas_acquire(KSPIN_LOCK *lock, KSPIN_LOCK_QUEUE *node) {
  executive_tas_acquire(lock);
  node->Lock = lock;
}

LOCK_INLINE void queued_tas_release(KSPIN_LOCK_QUEUE *node) {
  executive_tas_release(node->Lock);
}

LOCK_INLINE bool queued_tas_is_held(const KSPIN_LOCK *lock) {
  return executive_tas_is_held(lock);
}

/* Windows keeps something else in the word of a queued lock. */
#define QUEUED_TAS_TRAITS (EXECUTIVE_TAS_TRAITS & ~(LOCK_TRY | LOCK_NT_LAYOUT))
#define QUEUED_TAS_PROPERTIES EXECUTIVE_TAS_PROPERTIES

#endif
