/* Not a lock: everybody enters at once. Hidden from the lists; the checks are
 * run on it to show that they can fail. */
#ifndef LOCKS_EXECUTIVE_BROKEN_H
#define LOCKS_EXECUTIVE_BROKEN_H

#include <stdbool.h>

#include "locks/word.h"

LOCK_INLINE void executive_broken_acquire(KSPIN_LOCK *lock) {
  /* relaxed: it orders nothing because it excludes nobody. */
  atomic_store_explicit(&lock_word(lock)->whole, 1, memory_order_relaxed);
}

LOCK_INLINE bool executive_broken_try_acquire(KSPIN_LOCK *lock) {
  executive_broken_acquire(lock);
  return true;
}

LOCK_INLINE void executive_broken_release(KSPIN_LOCK *lock) {
  /* relaxed: as above. */
  atomic_store_explicit(&lock_word(lock)->whole, 0, memory_order_relaxed);
}

LOCK_INLINE bool executive_broken_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: as above. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

/* Claims what the checks are to refute. */
#define EXECUTIVE_BROKEN_TRAITS                                                \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_ZERO_WHEN_FREE | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_BROKEN_PROPERTIES                                            \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0", .rmw_alone = "0", \
    .rmw_busy = "0", .transfers = "", .source = "ours, for the tests",         \
  }

#endif
