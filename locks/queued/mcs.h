/* MCS in the caller's handle, in the layout of Windows: each waiter queues the
 * handle's node and polls it alone; the holder hands the lock to the node
 * behind its own.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the tail node's address, 0 when free.
 * Node     Next: the node behind. Lock: the lock's address, plus
 *          LOCK_QUEUE_WAIT in a waiter and LOCK_QUEUE_OWNER in the holder.
 *          Nobody touches the node once release returned: the successor's link
 *          and the predecessor's grant have both been seen before.
 * Cost     2 RMWs uncontended, 1 or 2 contended; 5 to 6 transfers, 2 in a row,
 *          however many wait. A handle shares its lines with the rest of the
 *          stack: that is the ABI.
 * Limits   none on threads or nesting; the lock's address is a multiple of 4.
 *          Release may have to wait for a successor between its exchange and
 *          its link.
 * Source   J. Mellor-Crummey and M. Scott, ACM TOCS 9(1), 1991; layout:
 *          nt-api.md 1.2 and 5.2 */
#ifndef LOCKS_QUEUED_MCS_H
#define LOCKS_QUEUED_MCS_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

LOCK_INLINE void queued_mcs_acquire(KSPIN_LOCK *lock, KSPIN_LOCK_QUEUE *node) {
  struct lock_queue *self = lock_queue(node);
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&self->next, 0, memory_order_relaxed);
  /* A1 pairs with R3: without it the critical section may read what was there
   * before the last holder wrote. R1 pairs with A1 of the next arrival:
   * without it that one's link may come before our `next = 0` and be lost. */
  uintptr_t before = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)self, memory_order_acq_rel);
  if (before == 0) {
    /* relaxed: nobody else looks at it while we own the lock. */
    atomic_store_explicit(&self->lock, (uintptr_t)lock | LOCK_QUEUE_OWNER,
                          memory_order_relaxed);
    return;
  }
  uintptr_t waiting = (uintptr_t)lock | LOCK_QUEUE_WAIT;
  /* relaxed: R2 publishes it. */
  atomic_store_explicit(&self->lock, waiting, memory_order_relaxed);
  /* R2 pairs with A3. Without it the grant may come before our wait mark,
   * which then overwrites it: a lost wake-up. */
  atomic_store_explicit(&lock_queue_at(before)->next, (uintptr_t)self,
                        memory_order_release);
  /* A2 pairs with R4, as A1 does with R3. */
  await_not_equal_ptr(&self->lock, waiting, memory_order_acquire);
}

LOCK_INLINE void queued_mcs_release(KSPIN_LOCK_QUEUE *node) {
  struct lock_queue *self = lock_queue(node);
  /* relaxed, both: the node's own copy; the last grant ended A2. */
  uintptr_t lock = atomic_load_explicit(&self->lock, memory_order_relaxed) &
                   ~(uintptr_t)LOCK_QUEUE_FLAGS;
  atomic_store_explicit(&self->lock, lock, memory_order_relaxed);
  /* A3 pairs with R2. Without it our grant may come before the successor's
   * wait mark. */
  uintptr_t next = atomic_load_explicit(&self->next, memory_order_acquire);
  if (next == 0) {
    uintptr_t tail = (uintptr_t)self;
    /* R3 pairs with A1. Without it the next holder may enter before it can
     * see what this one wrote. relaxed on failure: A3 follows. */
    if (atomic_compare_exchange_strong_explicit(
            &lock_word((KSPIN_LOCK *)lock)->whole, &tail, 0,
            memory_order_release, memory_order_relaxed))
      return;
    /* A3 again: a successor is between its exchange and its link. */
    next = await_not_equal_ptr(&self->next, 0, memory_order_acquire);
  }
  /* R4 pairs with A2, as R3 does with A1. */
  atomic_store_explicit(&lock_queue_at(next)->lock, lock | LOCK_QUEUE_OWNER,
                        memory_order_release);
}

LOCK_INLINE bool queued_mcs_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define QUEUED_MCS_TRAITS                                                      \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_ZERO_WHEN_FREE | LOCK_NT_LAYOUT |         \
   LOCK_TEST)
#define QUEUED_MCS_PROPERTIES                                                  \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "0", .rmw_alone = "2",              \
    .rmw_busy = "1-2", .transfers = "5-6 (2)",                                 \
    .source = "Mellor-Crummey & Scott, TOCS 1991; Windows",                    \
  }

#endif
