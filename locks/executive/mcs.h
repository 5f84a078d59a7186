/* MCS behind a bare word: each waiter queues a node of its thread record and
 * polls it alone; the holder hands the lock to the node behind its own.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the tail node's address, 0 when free.
 * Cost     2 RMWs uncontended, 1 or 2 contended; about 1 ns more than the
 *          in-stack form, for finding the node again at release (held.h).
 *          5 to 6 transfers, 2 in a row, however many wait.
 * Limits   the limits of locks/record.h; the acquirer must release. Release
 *          may have to wait for a successor between its exchange and its link.
 * Source   J. Mellor-Crummey and M. Scott, ACM TOCS 9(1), 1991 */
#ifndef LOCKS_EXECUTIVE_MCS_H
#define LOCKS_EXECUTIVE_MCS_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/held.h"
#include "locks/word.h"

LOCK_INLINE void executive_mcs_acquire(KSPIN_LOCK *lock) {
  struct lock_node *node = lock_held_push(lock_thread_self(), lock)->node;
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&node->next, 0, memory_order_relaxed);
  /* A1 pairs with R3: without it the critical section may read what was there
   * before the last holder wrote. R1 pairs with A1 of the next arrival:
   * without it that one's link may come before our `next = 0` and be lost. */
  uintptr_t before = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)node, memory_order_acq_rel);
  if (before == 0)
    return;
  /* relaxed: R2 publishes it. */
  atomic_store_explicit(&node->wait, 1, memory_order_relaxed);
  /* R2 pairs with A3. Without it the grant may come before our `wait = 1`,
   * which then overwrites it: a lost wake-up. */
  atomic_store_explicit(&lock_node(before)->next, (uintptr_t)node,
                        memory_order_release);
  /* A2 pairs with R4, as A1 does with R3. */
  await_equal_ptr(&node->wait, 0, memory_order_acquire);
}

LOCK_INLINE bool executive_mcs_try_acquire(KSPIN_LOCK *lock) {
  struct lock_thread *self = lock_thread_self();
  uintptr_t none = 0;
  /* relaxed: saves the exchange on a held lock. */
  if (atomic_load_explicit(&lock_word(lock)->whole, memory_order_relaxed) != 0)
    return false;
  struct lock_node *node = lock_held_push(self, lock)->node;
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&node->next, 0, memory_order_relaxed);
  /* A1 and R1, as in acquire; relaxed on failure: nothing was acquired. */
  if (atomic_compare_exchange_strong_explicit(
          &lock_word(lock)->whole, &none, (uintptr_t)node, memory_order_acq_rel,
          memory_order_relaxed))
    return true;
  lock_held_drop(self);
  return false;
}

LOCK_INLINE void executive_mcs_release(KSPIN_LOCK *lock) {
  struct lock_node *node = lock_held_pop(lock_thread_self(), lock)->node;
  /* A3 pairs with R2. Without it our grant may come before the successor's
   * `wait = 1`. */
  uintptr_t next = atomic_load_explicit(&node->next, memory_order_acquire);
  if (next == 0) {
    uintptr_t tail = (uintptr_t)node;
    /* R3 pairs with A1. Without it the next holder may enter before it can
     * see what this one wrote. relaxed on failure: A3 follows. */
    if (atomic_compare_exchange_strong_explicit(&lock_word(lock)->whole, &tail,
                                                0, memory_order_release,
                                                memory_order_relaxed))
      return;
    /* A3 again: a successor is between its exchange and its link. */
    next = await_not_equal_ptr(&node->next, 0, memory_order_acquire);
  }
  /* R4 pairs with A2, as R3 does with A1. */
  atomic_store_explicit(&lock_node(next)->wait, 0, memory_order_release);
}

LOCK_INLINE bool executive_mcs_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_MCS_TRAITS                                                   \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_ZERO_WHEN_FREE | LOCK_TRY | LOCK_TEST |   \
   LOCK_SIDE_NODES)
#define EXECUTIVE_MCS_PROPERTIES                                               \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "128 B a held lock",                \
    .rmw_alone = "2", .rmw_busy = "1-2", .transfers = "5-6 (2)",               \
    .source = "Mellor-Crummey & Scott, TOCS 1991",                             \
  }

#endif
