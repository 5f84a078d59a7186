/* Test-and-set: swap 1 into the word until a 0 comes out.
 *
 * Order    none; a waiter can be passed for ever.
 * Word     1 held, 0 free: what Windows keeps there (bit 0).
 * Cost     1 RMW uncontended. Every poll of every waiter takes the line for
 *          writing, so a hand-over waits behind the polls, and the holder's
 *          release does too. The cache favours whoever had the line last: high
 *          throughput, slow hand-over.
 * Limits   none on threads or nesting.
 * Source   T. E. Anderson, "The performance of spin lock alternatives", IEEE
 *          TPDS 1(1), 1990; word layout: nt-api.md 5.1 */
#ifndef LOCKS_EXECUTIVE_TAS_H
#define LOCKS_EXECUTIVE_TAS_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

LOCK_INLINE void executive_tas_acquire(KSPIN_LOCK *lock) {
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. */
  await_exchange_ptr(&lock_word(lock)->whole, 0, 1, memory_order_acquire);
}

LOCK_INLINE bool executive_tas_try_acquire(KSPIN_LOCK *lock) {
  /* A2 pairs with R1, as A1. The exchange leaves a held word as it was. */
  return atomic_exchange_explicit(&lock_word(lock)->whole, 1,
                                  memory_order_acquire) == 0;
}

LOCK_INLINE void executive_tas_release(KSPIN_LOCK *lock) {
  /* R1 pairs with A1 and A2. Without it the next holder may enter before it
   * can see what this one wrote. */
  atomic_store_explicit(&lock_word(lock)->whole, 0, memory_order_release);
}

LOCK_INLINE bool executive_tas_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_TAS_TRAITS                                                   \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_NT_LAYOUT | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_TAS_PROPERTIES                                               \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0", .rmw_alone = "1", \
    .rmw_busy = "unbounded", .transfers = "O(N)/poll",                         \
    .source = "Anderson, TPDS 1990",                                           \
  }

#endif
