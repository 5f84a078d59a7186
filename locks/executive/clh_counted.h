/* CLH with counted uses, node in place: the lock of
 * locks/queued/clh_counted.h, its node among the locks that a thread holds, and
 * a try.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     as there, but the whole count.
 * Cost     as there, and the search for the node.
 * Limits   the limits of locks/record.h; the acquirer must release. The count
 *          in the word keeps try from taking a tail that was queued again
 *          meanwhile (ABA).
 * Source   ours, of CLH (see clh.h) */
#ifndef LOCKS_EXECUTIVE_CLH_COUNTED_H
#define LOCKS_EXECUTIVE_CLH_COUNTED_H

#include <stdbool.h>

#include "locks/queued/clh_counted.h"

LOCK_INLINE void executive_clh_counted_acquire(KSPIN_LOCK *lock) {
  struct lock_slot *slot = lock_use_open(lock_thread_self(), lock);
  lock_use_keep(slot, queued_clh_counted_enter(lock, slot->own));
}

LOCK_INLINE bool executive_clh_counted_try_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* relaxed: as in queued_clh_counted_enter(). */
  uint64_t ahead = atomic_load_explicit(&word->whole, memory_order_relaxed);
  /* A2 pairs with R1, as A1. */
  if (atomic_load_explicit(&lock_use_node(ahead)->wait, memory_order_acquire) !=
      ahead)
    return false;
  struct lock_thread *self = lock_thread_self();
  struct lock_slot *slot = lock_use_open(self, lock);
  /* relaxed: success says that the tail is still the use that A2 saw end. */
  if (!atomic_compare_exchange_strong_explicit(&word->whole, &ahead, slot->own,
                                               memory_order_relaxed,
                                               memory_order_relaxed)) {
    lock_use_drop(self);
    return false;
  }
  lock_use_keep(slot, ahead);
  return true;
}

LOCK_INLINE void executive_clh_counted_release(KSPIN_LOCK *lock) {
  queued_clh_counted_leave(lock_held_pop(lock_thread_self(), lock)->own);
}

LOCK_INLINE bool executive_clh_counted_is_held(const KSPIN_LOCK *lock) {
  return queued_clh_counted_is_held(lock);
}

#define EXECUTIVE_CLH_COUNTED_TRAITS (QUEUED_CLH_COUNTED_TRAITS | LOCK_TRY)
#define EXECUTIVE_CLH_COUNTED_PROPERTIES QUEUED_CLH_COUNTED_PROPERTIES

#endif
