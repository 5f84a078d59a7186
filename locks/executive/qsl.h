/* QSL, a queue behind a test-and-set: the holder is named by one half of the
 * word, the waiters queue behind the other, and only the first of them polls
 * for the lock. Release is one plain store and needs to know nothing.
 *
 * Order    FIFO, except that an arrival which has just found no queue takes
 *          the lock although a queue has formed since: it passes each waiter
 *          once at most.
 * Word     low: 1 held; high: number of the last waiter's record, 0 none.
 *          0 exactly when free. Two 32-bit halves, each only ever touched as
 *          such.
 * Cost     1 RMW uncontended, 2 to 3 contended; 6 transfers, 2 in a row.
 * Limits   the thread records (locks/record.h); none on nesting, and any
 *          thread may release.
 * Source   ours: the two fields and the queue of the Linux qspinlock (2015),
 *          in fields of one size and with no pending bit */
#ifndef LOCKS_EXECUTIVE_QSL_H
#define LOCKS_EXECUTIVE_QSL_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/thread.h"
#include "locks/word.h"

LOCK_INLINE bool executive_qsl_try_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  uint32_t free = 0;
  /* relaxed: keeps arrivals behind the queue; the exchange orders. */
  if (atomic_load_explicit(&word->high, memory_order_relaxed) != 0)
    return false;
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. relaxed on failure: nothing acquired. */
  return atomic_compare_exchange_strong_explicit(
      &word->low, &free, 1, memory_order_acquire, memory_order_relaxed);
}

/* Queues, and returns as the first of the queue. */
LOCK_INLINE void executive_qsl_enqueue(union lock_word *word,
                                       struct lock_thread *self) {
  /* relaxed, both: R2 and R3 publish them. */
  atomic_store_explicit(&self->next, 0, memory_order_relaxed);
  atomic_store_explicit(&self->wait, 1, memory_order_relaxed);
  /* A2 and R2 pair with each other, in two arrivals: without them the later
   * one's link may come before our `next = 0` and be lost. */
  uint32_t before =
      atomic_exchange_explicit(&word->high, self->index, memory_order_acq_rel);
  if (before == 0)
    return;
  /* R3 pairs with A3. Without it our turn may come before our `wait = 1`,
   * which then overwrites it: a lost wake-up. */
  atomic_store_explicit(&lock_thread_at(before)->next, self->index,
                        memory_order_release);
  /* relaxed: being first hands over no data; A1 acquires the lock. */
  await_equal_32(&self->wait, 0, memory_order_relaxed);
}

/* Makes the one behind the first of the queue, or empties the queue. */
LOCK_INLINE void executive_qsl_dequeue(union lock_word *word,
                                       struct lock_thread *self) {
  /* A3 pairs with R3. */
  uint32_t next = atomic_load_explicit(&self->next, memory_order_acquire);
  if (next == 0) {
    uint32_t tail = self->index;
    /* relaxed: the queue carries no data; R2 of an arrival orders it. */
    if (atomic_compare_exchange_strong_explicit(
            &word->high, &tail, 0, memory_order_relaxed, memory_order_relaxed))
      return;
    /* A3 again: a successor is between its exchange and its link. */
    next = await_not_equal_32(&self->next, 0, memory_order_acquire);
  }
  /* relaxed: being first hands over no data. */
  atomic_store_explicit(&lock_thread_at(next)->wait, 0, memory_order_relaxed);
}

LOCK_INLINE void executive_qsl_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  uint32_t free;
  if (executive_qsl_try_acquire(lock))
    return;
  struct lock_thread *self = lock_thread_self();
  executive_qsl_enqueue(word, self);
  do {
    /* relaxed: only a hint that trying may be worth it; A1 orders. */
    await_equal_32(&word->low, 0, memory_order_relaxed);
    free = 0;
    /* A1 again. It fails when a late arrival was faster. */
  } while (!atomic_compare_exchange_strong_explicit(
      &word->low, &free, 1, memory_order_acquire, memory_order_relaxed));
  executive_qsl_dequeue(word, self);
}

LOCK_INLINE void executive_qsl_release(KSPIN_LOCK *lock) {
  /* R1 pairs with A1. Without it the next holder may enter before it can see
   * what this one wrote. */
  atomic_store_explicit(&lock_word(lock)->low, 0, memory_order_release);
}

LOCK_INLINE bool executive_qsl_is_held(const KSPIN_LOCK *lock) {
  const union lock_word *word = lock_word_const(lock);
  /* relaxed, both: an answer that is old when it arrives orders nothing. With
   * a queue somebody is about to hold it. */
  return atomic_load_explicit(&word->low, memory_order_relaxed) != 0 ||
         atomic_load_explicit(&word->high, memory_order_relaxed) != 0;
}

#define EXECUTIVE_QSL_TRAITS                                                   \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_QSL_PROPERTIES                                               \
  {                                                                            \
    .order = "nearly FIFO", .bypass = 1, .space = "128 B a thread",            \
    .rmw_alone = "1", .rmw_busy = "2-3", .transfers = "6 (2)",                 \
    .source = "ours, after the Linux qspinlock",                               \
  }

#endif
