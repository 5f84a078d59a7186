/* Test-and-test-and-set: try once, then only look until the word is free, and
 * try again. The spin of the Windows executive lock.
 *
 * Order    none; a waiter can be passed for ever.
 * Word     1 held, 0 free: what Windows keeps there (bit 0).
 * Cost     1 RMW uncontended. Waiters share the line while they look; a
 *          release invalidates it everywhere, and every waiter that saw the 0
 *          tries its RMW: O(N) transfers, 2 of them in a row on the hand-over.
 * Limits   none on threads or nesting.
 * Source   L. Rudolph and Z. Segall, ISCA 1984; as in Windows: nt-api.md 5.1 */
#ifndef LOCKS_EXECUTIVE_TTAS_H
#define LOCKS_EXECUTIVE_TTAS_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

LOCK_INLINE bool executive_ttas_try_acquire(KSPIN_LOCK *lock) {
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. */
  return atomic_exchange_explicit(&lock_word(lock)->whole, 1,
                                  memory_order_acquire) == 0;
}

LOCK_INLINE void executive_ttas_acquire(KSPIN_LOCK *lock) {
  while (!executive_ttas_try_acquire(lock))
    /* relaxed: only a hint that trying may be worth it; A1 orders. */
    await_equal_ptr(&lock_word(lock)->whole, 0, memory_order_relaxed);
}

LOCK_INLINE void executive_ttas_release(KSPIN_LOCK *lock) {
  /* R1 pairs with A1. Without it the next holder may enter before it can see
   * what this one wrote. */
  atomic_store_explicit(&lock_word(lock)->whole, 0, memory_order_release);
}

LOCK_INLINE bool executive_ttas_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_TTAS_TRAITS                                                  \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_NT_LAYOUT | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_TTAS_PROPERTIES                                              \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0", .rmw_alone = "1", \
    .rmw_busy = ">= 2", .transfers = "O(N) (2)",                               \
    .source = "Rudolph & Segall, ISCA 1984",                                   \
  }

#endif
