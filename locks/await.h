/* Waiting for another thread: every lock that waits does it through one of
 * these routines, so that how it waits (locks/relax.h) is one choice for all
 * of them and a checker can take each wait as one event.
 *
 * The order applies to the load that ends the wait. Polling uses it too: a
 * poll that is not the last costs nothing more on x86 and the line is not
 * there to be read on Arm either.
 *
 * AWAIT_HOOK(), if defined, runs each time a thread finds that it has to wait
 * and before it first polls again; the tests see by it that a waiter waits. */
#ifndef LOCKS_AWAIT_H
#define LOCKS_AWAIT_H

#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "locks/relax.h"

#ifndef AWAIT_HOOK
#define AWAIT_HOOK() ((void)0)
#endif

/* Waits until `*word != value`. @return what it is then */
LOCK_INLINE uint32_t await_not_equal_32(const _Atomic uint32_t *word,
                                        uint32_t value, memory_order order) {
  uint32_t seen = atomic_load_explicit(word, order);
  if (seen != value)
    return seen;
  AWAIT_HOOK();
  struct relax relax = RELAX_START;
  do {
    lock_relax(&relax, word, sizeof *word, seen);
    seen = atomic_load_explicit(word, order);
  } while (seen == value);
  return seen;
}

/* Waits until `*word != value`. @return what it is then */
LOCK_INLINE uintptr_t await_not_equal_ptr(const _Atomic uintptr_t *word,
                                          uintptr_t value, memory_order order) {
  uintptr_t seen = atomic_load_explicit(word, order);
  if (seen != value)
    return seen;
  AWAIT_HOOK();
  struct relax relax = RELAX_START;
  do {
    lock_relax(&relax, word, sizeof *word, seen);
    seen = atomic_load_explicit(word, order);
  } while (seen == value);
  return seen;
}

/* Waits until `*word == value`. A change to another value is progress: the
 * patience of the policy starts anew. */
LOCK_INLINE void await_equal_32(const _Atomic uint32_t *word, uint32_t value,
                                memory_order order) {
  uint32_t seen = atomic_load_explicit(word, order);
  while (seen != value)
    seen = await_not_equal_32(word, seen, order);
}

/* Waits until `*word == value`, likewise. */
LOCK_INLINE void await_equal_ptr(const _Atomic uintptr_t *word, uintptr_t value,
                                 memory_order order) {
  uintptr_t seen = atomic_load_explicit(word, order);
  while (seen != value)
    seen = await_not_equal_ptr(word, seen, order);
}

/* Waits until `*word` was `from` and this thread made it `to`, by writing
 * `to` again and again: the test-and-set poll. Only for a word that is always
 * one of the two. */
LOCK_INLINE void await_exchange_ptr(_Atomic uintptr_t *word, uintptr_t from,
                                    uintptr_t to, memory_order order) {
  if (atomic_exchange_explicit(word, to, order) == from)
    return;
  AWAIT_HOOK();
  struct relax relax = RELAX_START;
  do {
    lock_relax(&relax, word, sizeof *word, to);
  } while (atomic_exchange_explicit(word, to, order) != from);
}

/* Waits until `*word` was `from` and this thread made it `to`, by trying that
 * again and again: the line is this thread's to write when the wait ends,
 * where a load would have fetched it to read and once more to write. */
LOCK_INLINE void await_swap_ptr(_Atomic uintptr_t *word, uintptr_t from,
                                uintptr_t to, memory_order order) {
  uintptr_t seen = from;
  /* relaxed on failure: only the swap that ends the wait orders. */
  if (atomic_compare_exchange_strong_explicit(word, &seen, to, order,
                                              memory_order_relaxed))
    return;
  AWAIT_HOOK();
  struct relax relax = RELAX_START;
  do {
    lock_relax(&relax, word, sizeof *word, seen);
    seen = from;
  } while (!atomic_compare_exchange_strong_explicit(word, &seen, to, order,
                                                    memory_order_relaxed));
}

/* Waits until `*word == value`, a counter that moves up to it one by one as
 * waiters are served: looks the less often the more of them are ahead. */
LOCK_INLINE void await_turn_32(const _Atomic uint32_t *word, uint32_t value,
                               memory_order order) {
  uint32_t seen = atomic_load_explicit(word, order);
  if (seen == value)
    return;
  AWAIT_HOOK();
  struct relax relax = RELAX_START;
  do {
    relax_delay((value - seen - 1) * relax_pauses(RELAX_TURN_NS));
    lock_relax(&relax, word, sizeof *word, seen);
    seen = atomic_load_explicit(word, order);
  } while (seen != value);
}

/* Stays away for a random time after a lost race. The first bound is
 * RELAX_BACKOFF_FIRST_NS; each call doubles it, up to RELAX_BACKOFF_LAST_NS.
 * @param bound_ns  0 before the first call of one acquisition */
LOCK_INLINE void await_backoff(uint32_t *bound_ns) {
  *bound_ns = *bound_ns == 0                      ? RELAX_BACKOFF_FIRST_NS
              : *bound_ns < RELAX_BACKOFF_LAST_NS ? *bound_ns * 2
                                                  : RELAX_BACKOFF_LAST_NS;
  relax_delay((
      uint32_t)((uint64_t)relax_next_random() * relax_pauses(*bound_ns) >> 32));
}

/* Sleeps in the kernel while `*word == value`, until await_wake_32(), or for
 * no reason. Orders nothing. */
LOCK_INLINE void await_sleep_32(const _Atomic uint32_t *word, uint32_t value) {
  AWAIT_HOOK();
  (void)cpu_syscall(SYS_futex, (long)(uintptr_t)word, FUTEX_WAIT_PRIVATE,
                    (long)value, 0);
}

/* Wakes one thread that sleeps on `word`, if any does. */
LOCK_INLINE void await_wake_32(const _Atomic uint32_t *word) {
  (void)cpu_syscall(SYS_futex, (long)(uintptr_t)word, FUTEX_WAKE_PRIVATE, 1, 0);
}

#endif
