/* K42, packed into one word: an MCS queue whose holder leaves the number of
 * its successor in the lock, so that release needs nothing but the lock.
 *
 * Order    FIFO, by the compare-exchange on the tail.
 * Word     low, the tail: 0 free, LAST held and nobody waits, else the number
 *          of the last waiter's record; high: the number of the first waiter,
 *          0 none or not linked yet. 0 exactly when free. Two 32-bit halves,
 *          each only ever touched as such.
 * Cost     2 RMWs uncontended, 2 to 3 and retries contended; 6 transfers, 2 to
 *          3 in a row: the holder's record does not say who is next, the lock
 *          does, and that line is in demand.
 * Limits   the thread records (locks/record.h); none on nesting, and any
 *          thread may release. A doorway that loops: arrivals can make each
 *          other try again.
 * Source   M. Auslander, D. Edelsohn, O. Krieger, B. Rosenburg, R. Wisniewski,
 *          US patent application 2003/0200457. Packing it into 2 x 32 bits
 *          is ours. */
#ifndef LOCKS_EXECUTIVE_K42_H
#define LOCKS_EXECUTIVE_K42_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/thread.h"
#include "locks/word.h"

#define EXECUTIVE_K42_LAST UINT32_MAX /* no record has this number */

LOCK_INLINE bool executive_k42_try_acquire(KSPIN_LOCK *lock) {
  uint32_t free = 0;
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. relaxed on failure: nothing acquired. */
  return atomic_compare_exchange_strong_explicit(
      &lock_word(lock)->low, &free, EXECUTIVE_K42_LAST, memory_order_acquire,
      memory_order_relaxed);
}

/* Makes this thread the tail. @return the tail before it, 0 if the lock was
 *         free and is now held */
LOCK_INLINE uint32_t executive_k42_enqueue(union lock_word *word,
                                           struct lock_thread *self) {
  /* relaxed, both: R2 and R3 publish them. */
  atomic_store_explicit(&self->next, 0, memory_order_relaxed);
  atomic_store_explicit(&self->wait, 1, memory_order_relaxed);
  uint32_t tail = 0;
  for (;;) {
    uint32_t mine = tail == 0 ? EXECUTIVE_K42_LAST : self->index;
    /* A2 pairs with R5, and as A1 with R1 if the lock is free. R2 pairs with
     * A2 of the next arrival: without the two that one's link may come before
     * our `next = 0` and be lost. relaxed on failure: only the tail is taken
     * from it. */
    if (atomic_compare_exchange_strong_explicit(&word->low, &tail, mine,
                                                memory_order_acq_rel,
                                                memory_order_relaxed))
      return tail;
  }
}

/* Leaves the number of the successor in the lock, or that there is none. */
LOCK_INLINE void executive_k42_move_in(union lock_word *word,
                                       struct lock_thread *self) {
  /* A4 pairs with R3. Without it our grant may come before the successor's
   * `wait = 1`. */
  uint32_t next = atomic_load_explicit(&self->next, memory_order_acquire);
  if (next == 0) {
    uint32_t tail = self->index;
    /* relaxed: R5 publishes it. */
    atomic_store_explicit(&word->high, 0, memory_order_relaxed);
    /* R5 pairs with A2. Without it our `high = 0` may overwrite the number
     * that the next arrival leaves there: a lost waiter. relaxed on failure:
     * A4 follows. */
    if (atomic_compare_exchange_strong_explicit(
            &word->low, &tail, EXECUTIVE_K42_LAST, memory_order_release,
            memory_order_relaxed))
      return;
    /* A4 again: a successor is between its exchange and its link. */
    next = await_not_equal_32(&self->next, 0, memory_order_acquire);
  }
  /* relaxed: only holders read it, in turn. */
  atomic_store_explicit(&word->high, next, memory_order_relaxed);
}

LOCK_INLINE void executive_k42_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  if (executive_k42_try_acquire(lock))
    return;
  struct lock_thread *self = lock_thread_self();
  uint32_t before = executive_k42_enqueue(word, self);
  if (before == 0)
    return;
  _Atomic uint32_t *link = before == EXECUTIVE_K42_LAST
                               ? &word->high
                               : &lock_thread_at(before)->next;
  /* R3 pairs with A4 and A5. Without it our grant may come before our
   * `wait = 1`, which then overwrites it: a lost wake-up. */
  atomic_store_explicit(link, self->index, memory_order_release);
  /* A3 pairs with R4, as A1 does with R1. */
  await_equal_32(&self->wait, 0, memory_order_acquire);
  executive_k42_move_in(word, self);
}

LOCK_INLINE void executive_k42_release(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* A5 pairs with R3, as A4. */
  uint32_t next = atomic_load_explicit(&word->high, memory_order_acquire);
  if (next == 0) {
    uint32_t tail = EXECUTIVE_K42_LAST;
    /* R1 pairs with A1 and A2. Without it the next holder may enter before it
     * can see what this one wrote. relaxed on failure: A5 follows. */
    if (atomic_compare_exchange_strong_explicit(
            &word->low, &tail, 0, memory_order_release, memory_order_relaxed))
      return;
    /* A5 again: the first waiter is between its exchange and its link. */
    next = await_not_equal_32(&word->high, 0, memory_order_acquire);
  }
  /* R4 pairs with A3, as R1 does with A1. */
  atomic_store_explicit(&lock_thread_at(next)->wait, 0, memory_order_release);
}

LOCK_INLINE bool executive_k42_is_held(const KSPIN_LOCK *lock) {
  const union lock_word *word = lock_word_const(lock);
  /* relaxed, both: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&word->low, memory_order_relaxed) != 0 ||
         atomic_load_explicit(&word->high, memory_order_relaxed) != 0;
}

#define EXECUTIVE_K42_TRAITS                                                   \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_ZERO_WHEN_FREE | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_K42_PROPERTIES                                               \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "128 B a thread", .rmw_alone = "2", \
    .rmw_busy = "2-3", .transfers = "6 (2-3)",                                 \
    .source = "Auslander et al., US 2003/0200457; packed by us",               \
  }

#endif
