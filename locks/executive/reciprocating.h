/* Reciprocating, with its node among the locks that a thread holds: the lock of
 * locks/queued/reciprocating.h, and a try.
 *
 * Order    neither FIFO nor unfair: within a segment the last is served first,
 *          segments in turn. A later arrival passes a waiter once at most; in
 *          the long run no thread gets more than twice what another does.
 * Word     0 free; 1 held, nobody has arrived; else the node of the last
 *          arrival (while nobody waits, that of the holder who found it free).
 * Cost     as there, and the search for the node.
 * Limits   the limits of locks/record.h; the acquirer must release.
 * Source   D. Dice and A. Kogan, "Reciprocating locks", PPoPP 2025,
 *          arXiv:2501.02380 */
#ifndef LOCKS_EXECUTIVE_RECIPROCATING_H
#define LOCKS_EXECUTIVE_RECIPROCATING_H

#include <stdbool.h>

#include "locks/held.h"
#include "locks/queued/reciprocating.h"

LOCK_INLINE void executive_reciprocating_acquire(KSPIN_LOCK *lock) {
  struct lock_slot *slot = lock_held_push(lock_thread_self(), lock);
  queued_reciprocating_enter(lock, slot->node);
}

LOCK_INLINE bool executive_reciprocating_try_acquire(KSPIN_LOCK *lock) {
  struct lock_thread *self = lock_thread_self();
  uintptr_t free = 0;
  /* relaxed: saves the exchange on a held lock. */
  if (atomic_load_explicit(&lock_word(lock)->whole, memory_order_relaxed) != 0)
    return false;
  struct lock_node *node = lock_held_push(self, lock)->node;
  /* A4 pairs with R2, as A1. Nothing is released: nobody grants the lock to who
   * found it free. relaxed on failure: nothing acquired. */
  if (!atomic_compare_exchange_strong_explicit(
          &lock_word(lock)->whole, &free, (uintptr_t)node, memory_order_acquire,
          memory_order_relaxed)) {
    lock_held_drop(self);
    return false;
  }
  queued_reciprocating_keep(node, 0, (uintptr_t)node);
  return true;
}

LOCK_INLINE void executive_reciprocating_release(KSPIN_LOCK *lock) {
  struct lock_slot *slot = lock_held_pop(lock_thread_self(), lock);
  queued_reciprocating_leave(lock, slot->node);
}

LOCK_INLINE bool executive_reciprocating_is_held(const KSPIN_LOCK *lock) {
  return queued_reciprocating_is_held(lock);
}

#define EXECUTIVE_RECIPROCATING_TRAITS (QUEUED_RECIPROCATING_TRAITS | LOCK_TRY)
#define EXECUTIVE_RECIPROCATING_PROPERTIES QUEUED_RECIPROCATING_PROPERTIES

#endif
