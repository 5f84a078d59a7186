/* Hemlock: a queue without nodes. The word names the last thread; each waiter
 * polls the grant of the thread ahead of it for this lock's address, and
 * clears it as an answer.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the last thread's record, 0 when free.
 * Cost     2 RMWs, contended or not; 6 transfers, 2 in a row on the hand-over,
 *          and then the releaser waits for the answer. So release can block,
 *          and meanwhile the releaser's own next acquire is uncontended: its
 *          figures a turn look better than its hand-over is.
 * Limits   the thread records (locks/record.h); none on nesting. Waiters of
 *          several locks may poll one grant. The acquirer must release. No two
 *          locks may have one address.
 * Source   D. Dice and A. Kogan, "Hemlock: compact and scalable mutual
 *          exclusion", SPAA 2021 */
#ifndef LOCKS_EXECUTIVE_HEMLOCK_H
#define LOCKS_EXECUTIVE_HEMLOCK_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/thread.h"
#include "locks/word.h"

LOCK_INLINE struct lock_thread *executive_hemlock_thread(uintptr_t link) {
  return (struct lock_thread *)link;
}

LOCK_INLINE void executive_hemlock_acquire(KSPIN_LOCK *lock) {
  struct lock_thread *self = lock_thread_self();
  /* A1 pairs with R2: without it the critical section may read what was there
   * before the last holder wrote. R1 pairs with A1 of the next arrival:
   * without it that one may read in our grant what an earlier release of this
   * lock left there. */
  uintptr_t before = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)self, memory_order_acq_rel);
  if (before == 0)
    return;
  struct lock_thread *ahead = executive_hemlock_thread(before);
  /* A2 pairs with R3, as A1 does with R2. */
  await_equal_ptr(&ahead->grant, (uintptr_t)lock, memory_order_acquire);
  /* relaxed: the answer comes with no data, and the next grant is ordered
   * after it by being written only when it was seen. */
  atomic_store_explicit(&ahead->grant, 0, memory_order_relaxed);
}

LOCK_INLINE bool executive_hemlock_try_acquire(KSPIN_LOCK *lock) {
  uintptr_t none = 0;
  /* A1 as in acquire. Nothing is released: the release that left the 0 came
   * after every answer to a grant of this lock, and the next arrival sees it
   * through this exchange. relaxed on failure: nothing acquired. */
  return atomic_compare_exchange_strong_explicit(
      &lock_word(lock)->whole, &none, (uintptr_t)lock_thread_self(),
      memory_order_acquire, memory_order_relaxed);
}

/* Frees the lock, unless somebody waits. @return whether it did */
LOCK_INLINE bool executive_hemlock_close(KSPIN_LOCK *lock,
                                         struct lock_thread *self) {
  uintptr_t tail = (uintptr_t)self;
  /* R2 pairs with A1. Without it the next holder may enter before it can see
   * what this one wrote. relaxed on failure: somebody waits, no more. */
  return atomic_compare_exchange_strong_explicit(&lock_word(lock)->whole, &tail,
                                                 0, memory_order_release,
                                                 memory_order_relaxed);
}

/* Hands the lock to the one that waits. */
LOCK_INLINE void executive_hemlock_grant(KSPIN_LOCK *lock,
                                         struct lock_thread *self) {
  /* R3 pairs with A2, as R2 does with A1. */
  atomic_store_explicit(&self->grant, (uintptr_t)lock, memory_order_release);
}

LOCK_INLINE void executive_hemlock_release(KSPIN_LOCK *lock) {
  struct lock_thread *self = lock_thread_self();
  if (executive_hemlock_close(lock, self))
    return;
  executive_hemlock_grant(lock, self);
  /* relaxed: the answer comes with no data. */
  await_equal_ptr(&self->grant, 0, memory_order_relaxed);
}

LOCK_INLINE bool executive_hemlock_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_HEMLOCK_TRAITS                                               \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_ZERO_WHEN_FREE | LOCK_TRY | LOCK_TEST |   \
   LOCK_SIDE_NODES)
#define EXECUTIVE_HEMLOCK_PROPERTIES                                           \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "128 B a thread", .rmw_alone = "2", \
    .rmw_busy = "2", .transfers = "6 (2)+ack",                                 \
    .source = "Dice & Kogan, SPAA 2021",                                       \
  }

#endif
