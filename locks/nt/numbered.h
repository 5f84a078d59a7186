/* The numbered queued locks: MCS in the NT layout (locks/queued/mcs.h), with
 * the try that the queued contract does not have. */
#ifndef LOCKS_NT_NUMBERED_H
#define LOCKS_NT_NUMBERED_H

#include <stdbool.h>

#include "locks/queued/mcs.h"

/* Acquires if nobody holds or waits. @return whether it did */
LOCK_INLINE bool numbered_try_acquire(KSPIN_LOCK *lock,
                                      KSPIN_LOCK_QUEUE *node) {
  struct lock_queue *self = lock_queue(node);
  uintptr_t none = 0;
  /* relaxed, both: R1 publishes the first; nobody else reads the second while
   * we own the lock. */
  atomic_store_explicit(&self->next, 0, memory_order_relaxed);
  /* A1 and R1 pair with those of queued_mcs_acquire and its R3, for the same
   * reasons. relaxed on failure: nothing was acquired. */
  if (!atomic_compare_exchange_strong_explicit(
          &lock_word(lock)->whole, &none, (uintptr_t)self, memory_order_acq_rel,
          memory_order_relaxed))
    return false;
  atomic_store_explicit(&self->lock, (uintptr_t)lock | LOCK_QUEUE_OWNER,
                        memory_order_relaxed);
  return true;
}

/* The lock that a node names. */
LOCK_INLINE KSPIN_LOCK *numbered_lock_of(const KSPIN_LOCK_QUEUE *node) {
  return (KSPIN_LOCK *)((uintptr_t)node->Lock & ~(uintptr_t)LOCK_QUEUE_FLAGS);
}

#endif
