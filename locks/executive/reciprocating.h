/* Reciprocating: arrivals push themselves on a stack; when the lock comes to
 * its end, the holder takes the whole stack as the next segment, which is then
 * served from its top, without the lock word being touched.
 *
 * Order    neither FIFO nor unfair: within a segment the last is served first,
 *          segments in turn. A later arrival passes a waiter once at most; in
 *          the long run no thread gets more than twice what another does.
 * Word     0 free; 1 held, nobody has arrived; else the node of the last
 *          arrival (while nobody waits, that of the holder who found it free).
 * Node     wait: the gate, 0 closed, then where the segment ends. That is the
 *          node of who found the lock free, and is only compared, so it may
 *          long be in other use.
 * Cost     2 RMWs uncontended; contended 1 and one a segment. 3 transfers and
 *          one a segment, 2 in a row: the fewest here, from three waiters up.
 * Limits   the limits of locks/record.h; the acquirer must release.
 * Source   D. Dice and A. Kogan, "Reciprocating locks", PPoPP 2025,
 *          arXiv:2501.02380 */
#ifndef LOCKS_EXECUTIVE_RECIPROCATING_H
#define LOCKS_EXECUTIVE_RECIPROCATING_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/held.h"
#include "locks/word.h"

#define EXECUTIVE_RECIPROCATING_HELD ((uintptr_t)1) /* nobody has arrived */

/* Keeps in the holder's node who is next, or null, and where that ends. */
LOCK_INLINE void executive_reciprocating_keep(struct lock_node *node,
                                              uintptr_t next, uintptr_t end) {
  node_write(node->before, lock_node(next));
  node_write(node->end, end);
}

/* Waits behind `pushed`, what was in the word. */
LOCK_INLINE void executive_reciprocating_wait(struct lock_node *node,
                                              uintptr_t pushed) {
  uintptr_t next = pushed & ~EXECUTIVE_RECIPROCATING_HELD;
  /* A2 pairs with R3. Without it the critical section may read what was there
   * before the last holder wrote. */
  uintptr_t end = await_not_equal_ptr(&node->wait, 0, memory_order_acquire);
  if (next == end) /* that one found the lock free, and has gone */
    executive_reciprocating_keep(node, 0, EXECUTIVE_RECIPROCATING_HELD);
  else
    executive_reciprocating_keep(node, next, end);
}

LOCK_INLINE void executive_reciprocating_acquire(KSPIN_LOCK *lock) {
  struct lock_node *node = lock_held_push(lock_thread_self(), lock)->node;
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&node->wait, 0, memory_order_relaxed);
  /* A1 pairs with R2, as A2 with R3. R1 pairs with A3: without it our gate may
   * be opened before our `wait = 0`, which then shuts it for good. */
  uintptr_t pushed = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)node, memory_order_acq_rel);
  if (pushed == 0)
    executive_reciprocating_keep(node, 0, (uintptr_t)node);
  else
    executive_reciprocating_wait(node, pushed);
}

LOCK_INLINE bool executive_reciprocating_try_acquire(KSPIN_LOCK *lock) {
  struct lock_thread *self = lock_thread_self();
  uintptr_t free = 0;
  /* relaxed: saves the exchange on a held lock. */
  if (atomic_load_explicit(&lock_word(lock)->whole, memory_order_relaxed) != 0)
    return false;
  struct lock_node *node = lock_held_push(self, lock)->node;
  /* A1, as in acquire. Nothing is released: nobody opens the gate of who found
   * the lock free. relaxed on failure: nothing acquired. */
  if (!atomic_compare_exchange_strong_explicit(
          &lock_word(lock)->whole, &free, (uintptr_t)node, memory_order_acquire,
          memory_order_relaxed)) {
    lock_held_drop(self);
    return false;
  }
  executive_reciprocating_keep(node, 0, (uintptr_t)node);
  return true;
}

/* Opens the gate of `next`. */
LOCK_INLINE void executive_reciprocating_grant(struct lock_node *next,
                                               uintptr_t end) {
  /* R3 pairs with A2. Without it the next holder may enter before it can see
   * what this one wrote. */
  atomic_store_explicit(&next->wait, end, memory_order_release);
}

LOCK_INLINE void executive_reciprocating_release(KSPIN_LOCK *lock) {
  struct lock_node *node = lock_held_pop(lock_thread_self(), lock)->node;
  struct lock_node *next = node_read(node->before);
  uintptr_t end = node_read(node->end), top = end;
  if (next != NULL) {
    executive_reciprocating_grant(next, end);
    return;
  }
  /* R2 pairs with A1, as R3 with A2. relaxed on failure: A3 follows. */
  if (atomic_compare_exchange_strong_explicit(&lock_word(lock)->whole, &top, 0,
                                              memory_order_release,
                                              memory_order_relaxed))
    return;
  /* A3 pairs with R1. Nothing is released: R3 hands the data on. */
  top = atomic_exchange_explicit(&lock_word(lock)->whole,
                                 EXECUTIVE_RECIPROCATING_HELD,
                                 memory_order_acquire);
  executive_reciprocating_grant(lock_node(top), end);
}

LOCK_INLINE bool executive_reciprocating_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_RECIPROCATING_TRAITS                                         \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_TRY | LOCK_TEST |               \
   LOCK_SIDE_NODES)
#define EXECUTIVE_RECIPROCATING_PROPERTIES                                     \
  {                                                                            \
    .order = "segments", .bypass = 1, .space = "128 B a held lock",            \
    .rmw_alone = "2", .rmw_busy = "1 (+2/run)", .transfers = "3 (2)",          \
    .source = "Dice & Kogan, PPoPP 2025",                                      \
  }

#endif
