/* CLH, node in place: the lock of locks/queued/clh.h, its node among the locks
 * that a thread holds, and a try.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     as there, but the whole count.
 * Cost     as there, and the search for the node.
 * Limits   the limits of locks/record.h; the acquirer must release. The count
 *          in the word keeps try from taking a tail that was queued again
 *          meanwhile (ABA).
 * Source   as there; the counted word is ours */
#ifndef LOCKS_EXECUTIVE_CLH_H
#define LOCKS_EXECUTIVE_CLH_H

#include <stdbool.h>

#include "locks/queued/clh.h"

LOCK_INLINE void executive_clh_acquire(KSPIN_LOCK *lock) {
  struct lock_slot *slot = lock_use_open(lock_thread_self(), lock);
  lock_use_keep(slot, queued_clh_enter(lock, slot->own));
}

LOCK_INLINE bool executive_clh_try_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* A4 pairs with R1. Without it `wait` may be read as the node's previous use
   * left it. */
  uint64_t ahead = atomic_load_explicit(&word->whole, memory_order_acquire);
  /* A5 pairs with R2, as A2. */
  if (atomic_load_explicit(&lock_use_node(ahead)->wait, memory_order_acquire) !=
      0)
    return false;
  struct lock_thread *self = lock_thread_self();
  struct lock_slot *slot = lock_use_open(self, lock);
  /* R3 pairs with A1 and A4, as R1; success says that the node ahead was not
   * queued again since A4, so what A5 saw still holds. relaxed on failure:
   * nothing acquired. */
  if (!atomic_compare_exchange_strong_explicit(
          &word->whole, &ahead, queued_clh_prepare(slot->own),
          memory_order_release, memory_order_relaxed)) {
    lock_use_drop(self);
    return false;
  }
  lock_use_keep(slot, ahead);
  return true;
}

LOCK_INLINE void executive_clh_release(KSPIN_LOCK *lock) {
  queued_clh_leave(lock_held_pop(lock_thread_self(), lock)->own);
}

LOCK_INLINE bool executive_clh_is_held(const KSPIN_LOCK *lock) {
  return queued_clh_is_held(lock);
}

#define EXECUTIVE_CLH_TRAITS (QUEUED_CLH_TRAITS | LOCK_TRY)
#define EXECUTIVE_CLH_PROPERTIES QUEUED_CLH_PROPERTIES

#endif
