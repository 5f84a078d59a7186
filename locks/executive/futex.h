/* A mutex on a futex: waiters sleep in the kernel. Not a spin lock, and no
 * match for an IRQL; kept to show what sleeping costs and saves.
 *
 * Order    none; a waiter can be passed for ever.
 * Word     low half only: 0 free, 1 held, 2 held and somebody may sleep. The
 *          high half is not used, so the lock does not claim
 *          LOCK_ZERO_WHEN_FREE.
 * Cost     2 RMWs uncontended; contended system calls on both sides. The best
 *          with more threads than processors.
 * Limits   none on threads or nesting, and any thread may release.
 * Source   U. Drepper, "Futexes are tricky", 2011, mutex2 */
#ifndef LOCKS_EXECUTIVE_FUTEX_H
#define LOCKS_EXECUTIVE_FUTEX_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

LOCK_INLINE bool executive_futex_try_acquire(KSPIN_LOCK *lock) {
  uint32_t free = 0;
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. relaxed on failure: nothing acquired. */
  return atomic_compare_exchange_strong_explicit(&lock_word(lock)->low, &free,
                                                 1, memory_order_acquire,
                                                 memory_order_relaxed);
}

LOCK_INLINE void executive_futex_acquire(KSPIN_LOCK *lock) {
  _Atomic uint32_t *word = &lock_word(lock)->low;
  if (executive_futex_try_acquire(lock))
    return;
  /* A2 pairs with R1, as A1. Who slept cannot know that it was the last one,
   * so it leaves the mark for sleepers. */
  while (atomic_exchange_explicit(word, 2, memory_order_acquire) != 0)
    await_sleep_32(word, 2);
}

LOCK_INLINE void executive_futex_release(KSPIN_LOCK *lock) {
  _Atomic uint32_t *word = &lock_word(lock)->low;
  /* R1 pairs with A1 and A2. Without it the next holder may enter before it
   * can see what this one wrote. */
  if (atomic_exchange_explicit(word, 0, memory_order_release) == 2)
    await_wake_32(word);
}

LOCK_INLINE bool executive_futex_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->low,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_FUTEX_TRAITS                                                 \
  (LOCK_EXCLUSIVE | LOCK_TRY | LOCK_TEST | LOCK_BLOCKS)
#define EXECUTIVE_FUTEX_PROPERTIES                                             \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0", .rmw_alone = "2", \
    .rmw_busy = "system calls", .transfers = "O(1)",                           \
    .source = "Drepper, Futexes are tricky, 2011",                             \
  }

#endif
