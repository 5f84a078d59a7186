/* Reciprocating in the caller's handle: arrivals push themselves onto a stack
 * in the word; the holder takes the whole stack at once, and it is served from
 * the top down while the next one grows.
 *
 * The doorway is a compare-exchange where the paper has an exchange. So the
 * one that finds the lock free never lies in the stack, no address has to be
 * known for the end of a segment, and what release needs fits the handle: who
 * is below. The price is a doorway that can be made to try again.
 *
 * Order    last come, first served within a segment, segments in order: one
 *          that comes later passes a waiter at most once.
 * Word     0 free, 1 held and nobody has come since, else the newest arrival's
 *          handle.
 * Node     Next: 0 in a waiter, 1 granted; in the holder, who is below it, or
 *          0. Lock: the lock's address, for release. Nobody touches the node
 *          once its owner was granted the lock.
 * Cost     2 RMWs uncontended, else 2, the tries in vain, and 2 for each
 *          segment; 3 transfers (and one a segment), 2 in a row: a release
 *          within a segment does not touch the word.
 * Limits   none on threads or nesting; a handle's address is above 1.
 * Source   D. Dice and A. Kogan, "Reciprocating Locks", PPoPP 2025; the
 *          doorway and the layout are adaptations of ours */
#ifndef LOCKS_QUEUED_RECIPROCATING_CAS_H
#define LOCKS_QUEUED_RECIPROCATING_CAS_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

/* The word of a held lock since whose last grant nobody came, and the grant. */
enum { QUEUED_RECIPROCATING_CAS_HELD = 1 };

/* Pushes `self`, or takes the lock if it is free.
 * @return the word before */
LOCK_INLINE uint64_t queued_reciprocating_cas_push(union lock_word *word,
                                                   struct lock_queue *self) {
  uint64_t before = 0;
  for (;;) {
    if (before == 0) {
      /* A1 pairs with R2. Without it the critical section may read what was
       * there before the last holder wrote. relaxed on failure, here and
       * below: the next try has the order that it needs. */
      if (atomic_compare_exchange_strong_explicit(
              &word->whole, &before, QUEUED_RECIPROCATING_CAS_HELD,
              memory_order_acquire, memory_order_relaxed))
        return 0;
    } else {
      /* R1 pairs with A2 of the holder that takes the stack. Without it the
       * grant may come before our `next = 0`, and be lost. */
      if (atomic_compare_exchange_strong_explicit(
              &word->whole, &before, (uintptr_t)self, memory_order_release,
              memory_order_relaxed))
        return before;
    }
  }
}

LOCK_INLINE void queued_reciprocating_cas_acquire(KSPIN_LOCK *lock,
                                                  KSPIN_LOCK_QUEUE *handle) {
  struct lock_queue *self = lock_queue(handle);
  handle->Lock = lock;
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&self->next, 0, memory_order_relaxed);
  uint64_t below = queued_reciprocating_cas_push(lock_word(lock), self);
  if (below == 0)
    return;
  /* A3 pairs with R3, as A1 does with R2. */
  await_not_equal_ptr(&self->next, 0, memory_order_acquire);
  if (below == QUEUED_RECIPROCATING_CAS_HELD)
    below = 0;
  /* relaxed: the node's own copy; the grant ended A3. */
  atomic_store_explicit(&self->next, below, memory_order_relaxed);
}

LOCK_INLINE void queued_reciprocating_cas_release(KSPIN_LOCK_QUEUE *handle) {
  /* relaxed: as it was left. */
  uintptr_t heir =
      atomic_load_explicit(&lock_queue(handle)->next, memory_order_relaxed);
  if (heir == 0) {
    union lock_word *word = lock_word(handle->Lock);
    uint64_t nobody = QUEUED_RECIPROCATING_CAS_HELD;
    /* R2 pairs with A1. Without it the next holder may enter before it can see
     * what this one wrote. relaxed on failure: A2 follows. */
    if (atomic_compare_exchange_strong_explicit(&word->whole, &nobody, 0,
                                                memory_order_release,
                                                memory_order_relaxed))
      return;
    /* A2 pairs with R1 of every handle in the stack. No release is needed: R3
     * hands on what this holder wrote. */
    heir = atomic_exchange_explicit(&word->whole, QUEUED_RECIPROCATING_CAS_HELD,
                                    memory_order_acquire);
  }
  /* R3 pairs with A3, as R2 does with A1. */
  atomic_store_explicit(&lock_queue_at(heir)->next,
                        QUEUED_RECIPROCATING_CAS_HELD, memory_order_release);
}

LOCK_INLINE bool queued_reciprocating_cas_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define QUEUED_RECIPROCATING_CAS_TRAITS                                        \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_TEST)
#define QUEUED_RECIPROCATING_CAS_PROPERTIES                                    \
  {                                                                            \
    .order = "segments", .bypass = 1, .space = "0", .rmw_alone = "2",          \
    .rmw_busy = ">= 2", .transfers = "3 (2)",                                  \
    .source = "ours, of Dice & Kogan, PPoPP 2025",                             \
  }

#endif
