/* TWA, ticket with a waiting array: only the waiter that is next polls the
 * lock, those behind it park on slots of an array that all locks share.
 *
 * Order    FIFO, by the number.
 * Word     low: being served; high: next number (locks/executive/ticket.h).
 * Cost     2 RMWs, contended or not: release tells the one after next, whether
 *          there is one or not. 5 transfers whatever the number of waiters, 2
 *          in a row on the hand-over.
 * Limits   2^32 - 1 waiters; 16 KiB a process. A descheduled waiter blocks all
 *          behind it. Waiters whose slots collide wake each other for nothing.
 * Source   D. Dice and A. Kogan, "TWA - ticket locks augmented with a waiting
 *          array", Euro-Par 2019 */
#ifndef LOCKS_EXECUTIVE_TWA_H
#define LOCKS_EXECUTIVE_TWA_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/executive/ticket.h"
#include "locks/slots.h"

/* Returns when `mine` is next, or served. */
LOCK_INLINE void executive_twa_park(KSPIN_LOCK *lock, uint32_t mine) {
  union lock_word *word = lock_word(lock);
  _Atomic uint32_t *slot = lock_slot(lock, mine);
  for (;;) {
    /* A2 pairs with R2. Without it `low` may be read from before the release
     * that R2 told of, and the thread sleeps through it. */
    uint32_t told = atomic_load_explicit(slot, memory_order_acquire);
    /* relaxed: A2 makes it new enough; A1 orders the entry. */
    if (mine - atomic_load_explicit(&word->low, memory_order_relaxed) <= 1)
      return;
    /* relaxed: A2 reads it again. */
    await_not_equal_32(slot, told, memory_order_relaxed);
  }
}

LOCK_INLINE void executive_twa_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* relaxed: the number says whose turn it is, A1 sees that it came. */
  uint32_t mine =
      atomic_fetch_add_explicit(&word->high, 1, memory_order_relaxed);
  /* relaxed: only tells how far the turn is. */
  if (mine - atomic_load_explicit(&word->low, memory_order_relaxed) > 1)
    executive_twa_park(lock, mine);
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. */
  await_equal_32(&word->low, mine, memory_order_acquire);
}

LOCK_INLINE bool executive_twa_try_acquire(KSPIN_LOCK *lock) {
  return executive_ticket_try_acquire(lock);
}

LOCK_INLINE void executive_twa_release(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* relaxed: only the holder writes this half. */
  uint32_t next = atomic_load_explicit(&word->low, memory_order_relaxed) + 1;
  /* R1 pairs with A1. Without it the next holder may enter before it can see
   * what this one wrote. */
  atomic_store_explicit(&word->low, next, memory_order_release);
  /* R2 pairs with A2: who sees this sees R1. Without it the waiter that is now
   * next may find that it is not, and park for good. */
  atomic_fetch_add_explicit(lock_slot(lock, next + 1), 1, memory_order_release);
}

LOCK_INLINE bool executive_twa_is_held(const KSPIN_LOCK *lock) {
  return executive_ticket_is_held(lock);
}

#define EXECUTIVE_TWA_TRAITS EXECUTIVE_TICKET_TRAITS
#define EXECUTIVE_TWA_PROPERTIES                                               \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "16 KiB a process",                 \
    .rmw_alone = "2", .rmw_busy = "2", .transfers = "5 (2)",                   \
    .source = "Dice & Kogan, Euro-Par 2019",                                   \
  }

#endif
