/* Test-and-set with orders that it does not need: a specimen for the tests of
 * mutation, which see a justification too many as well. */
#ifndef LOCKS_MODEL_TEST_SPECIMEN_STRONG_H
#define LOCKS_MODEL_TEST_SPECIMEN_STRONG_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

LOCK_INLINE bool executive_strong_try_acquire(KSPIN_LOCK *lock) {
  /* A1 pairs with R1. survives as acquire: an exchange in vain publishes
   * nothing, and R1 publishes what the holder did. */
  return atomic_exchange_explicit(&lock_word(lock)->whole, 1,
                                  memory_order_acq_rel) == 0;
}

LOCK_INLINE void executive_strong_acquire(KSPIN_LOCK *lock) {
  while (!executive_strong_try_acquire(lock))
    /* survives: only a hint, A1 orders. */
    await_equal_ptr(&lock_word(lock)->whole, 0, memory_order_acquire);
}

LOCK_INLINE void executive_strong_release(KSPIN_LOCK *lock) {
  /* R1 pairs with A1. */
  atomic_store_explicit(&lock_word(lock)->whole, 0, memory_order_seq_cst);
}

LOCK_INLINE bool executive_strong_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing.
   * survives: there is nothing here to weaken, so this is one word too many. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_STRONG_TRAITS                                                \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_STRONG_PROPERTIES                                            \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0", .rmw_alone = "1", \
    .rmw_busy = "", .transfers = "", .source = "ours, for the tests",          \
  }

#endif
