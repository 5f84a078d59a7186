/* Test-and-test-and-set with bounded random back-off: who loses the race for
 * a free lock stays away for a while.
 *
 * Order    none; a waiter can be passed for ever.
 * Word     1 held, 0 free: what Windows keeps there (bit 0).
 * Cost     1 RMW uncontended; contended 1 to 2, since few come at once. Buys
 *          throughput with fairness: whoever has the lock takes it again while
 *          the others stay away (17 ns a turn against 37 without back-off, but
 *          250 ns a hand-over).
 * Limits   none on threads or nesting.
 * Source   T. E. Anderson, "The performance of spin lock alternatives", IEEE
 *          TPDS 1(1), 1990; constants: locks/relax.h */
#ifndef LOCKS_EXECUTIVE_BACKOFF_H
#define LOCKS_EXECUTIVE_BACKOFF_H

#include "locks/executive/ttas.h"

LOCK_INLINE bool executive_backoff_try_acquire(KSPIN_LOCK *lock) {
  return executive_ttas_try_acquire(lock);
}

LOCK_INLINE void executive_backoff_acquire(KSPIN_LOCK *lock) {
  uint32_t bound_ns = 0;
  while (!executive_ttas_try_acquire(lock)) {
    await_backoff(&bound_ns);
    /* relaxed: only a hint that trying may be worth it; A1 of ttas.h orders. */
    await_equal_ptr(&lock_word(lock)->whole, 0, memory_order_relaxed);
  }
}

LOCK_INLINE void executive_backoff_release(KSPIN_LOCK *lock) {
  executive_ttas_release(lock);
}

LOCK_INLINE bool executive_backoff_is_held(const KSPIN_LOCK *lock) {
  return executive_ttas_is_held(lock);
}

#define EXECUTIVE_BACKOFF_TRAITS EXECUTIVE_TTAS_TRAITS
#define EXECUTIVE_BACKOFF_PROPERTIES                                           \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0", .rmw_alone = "1", \
    .rmw_busy = "1-2", .transfers = "< O(N) (2)",                              \
    .source = "Anderson, TPDS 1990",                                           \
  }

#endif
