/* CLH whose node is the caller's handle: each waiter polls the handle of the
 * one ahead of it and then says that it has seen the grant; release waits for
 * that, since the handle's memory is the caller's again when it returns.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the tail handle's address, 0 when free.
 * Node     Next: 0 while waiting and holding, 1 granted, 0 again once the
 *          waiter behind has seen it. Lock: the lock's address, for release.
 * Cost     2 RMWs, contended or not; 6 transfers, 3 in a row (the tail that
 *          the releaser must find taken, its own handle back, the grant), and
 *          the acknowledgement: a release lasts until the waiter behind runs.
 *          Threads that come back at once find the lock free while their
 *          releaser still waits: throughput looks better than hand-over is.
 * Limits   none on threads or nesting.
 * Source   an adaptation of ours: CLH (T. Craig, 1993) with the hand-shake of
 *          Hemlock (D. Dice and A. Kogan, SPAA 2021) in the handle */
#ifndef LOCKS_QUEUED_CLH_ACK_H
#define LOCKS_QUEUED_CLH_ACK_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

LOCK_INLINE void queued_clh_ack_acquire(KSPIN_LOCK *lock,
                                        KSPIN_LOCK_QUEUE *handle) {
  struct lock_queue *self = lock_queue(handle);
  handle->Lock = lock;
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&self->next, 0, memory_order_relaxed);
  /* A1 pairs with R2: without it the critical section may read what was there
   * before the last holder wrote. R1 pairs with A1 of the next arrival:
   * without it that one may read the grant that the handle held when it was
   * used before, and enter beside us. */
  uintptr_t before = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)self, memory_order_acq_rel);
  if (before == 0)
    return;
  struct lock_queue *ahead = lock_queue_at(before);
  /* A2 pairs with R3, as A1 does with R2. */
  await_equal_ptr(&ahead->next, 1, memory_order_acquire);
  /* R4 pairs with A3. Without it our look at the handle may come after its
   * owner has put the memory to another use. */
  atomic_store_explicit(&ahead->next, 0, memory_order_release);
}

LOCK_INLINE void queued_clh_ack_release(KSPIN_LOCK_QUEUE *handle) {
  struct lock_queue *self = lock_queue(handle);
  uintptr_t tail = (uintptr_t)self;
  /* R2 pairs with A1. Without it the next holder may enter before it can see
   * what this one wrote. relaxed on failure: somebody waits, R3 follows. */
  if (atomic_compare_exchange_strong_explicit(&lock_word(handle->Lock)->whole,
                                              &tail, 0, memory_order_release,
                                              memory_order_relaxed))
    return;
  /* R3 pairs with A2, as R2 does with A1. */
  atomic_store_explicit(&self->next, 1, memory_order_release);
  /* A3 pairs with R4. */
  await_equal_ptr(&self->next, 0, memory_order_acquire);
}

LOCK_INLINE bool queued_clh_ack_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define QUEUED_CLH_ACK_TRAITS                                                  \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_ZERO_WHEN_FREE | LOCK_TEST)
#define QUEUED_CLH_ACK_PROPERTIES                                              \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "0; release waits for the waiter",  \
    .rmw_alone = "2", .rmw_busy = "2", .transfers = "6 (3) + ack",             \
    .source = "ours, of CLH and Hemlock",                                      \
  }

#endif
