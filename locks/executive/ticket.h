/* Ticket: take the next number, wait until it is served.
 *
 * Order    FIFO, by the number.
 * Word     low: being served; high: next number. Free when they are equal, so
 *          a free word is not 0 once it was used. Two 32-bit halves, each only
 *          ever touched as such: packed into one dword or bumped as one qword
 *          a pair costs 10 ns instead of 2.5 (store forwarding fails).
 * Cost     1 RMW, contended or not; release is a plain store. All waiters
 *          poll one line: O(N) transfers a grant, 2 in a row on the hand-over.
 * Limits   2^32 - 1 waiters. A descheduled waiter blocks all behind it.
 * Source   D. Reed and R. Kanodia, CACM 22(2), 1979; J. Mellor-Crummey and
 *          M. Scott, ACM TOCS 9(1), 1991 */
#ifndef LOCKS_EXECUTIVE_TICKET_H
#define LOCKS_EXECUTIVE_TICKET_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/word.h"

/* Waits for its turn. @return the number drawn */
LOCK_INLINE uint32_t executive_ticket_enter(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* relaxed: the number says whose turn it is, A1 sees that it came. */
  uint32_t mine =
      atomic_fetch_add_explicit(&word->high, 1, memory_order_relaxed);
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. */
  await_equal_32(&word->low, mine, memory_order_acquire);
  return mine;
}

LOCK_INLINE void executive_ticket_leave(KSPIN_LOCK *lock, uint32_t mine) {
  /* R1 pairs with A1 and A2. Without it the next holder may enter before it
   * can see what this one wrote. */
  atomic_store_explicit(&lock_word(lock)->low, mine + 1, memory_order_release);
}

LOCK_INLINE void executive_ticket_acquire(KSPIN_LOCK *lock) {
  (void)executive_ticket_enter(lock);
}

LOCK_INLINE bool executive_ticket_try_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* A2 pairs with R1. It belongs here and not on the exchange: this is the
   * read that sees the last holder's release. */
  uint32_t serving = atomic_load_explicit(&word->low, memory_order_acquire);
  uint32_t next = serving;
  /* relaxed: success says that nobody took `serving`, so it is still ours. */
  return atomic_compare_exchange_strong_explicit(
      &word->high, &next, serving + 1, memory_order_relaxed,
      memory_order_relaxed);
}

LOCK_INLINE void executive_ticket_release(KSPIN_LOCK *lock) {
  /* relaxed: only the holder writes this half. */
  executive_ticket_leave(
      lock, atomic_load_explicit(&lock_word(lock)->low, memory_order_relaxed));
}

LOCK_INLINE bool executive_ticket_is_held(const KSPIN_LOCK *lock) {
  const union lock_word *word = lock_word_const(lock);
  /* A3 keeps the two reads in this order, it pairs with no release: `low`
   * never passes `high`, so equal halves were free when `high` was read.
   * survives: C11 alone lets both reads be old, and to another thread an
   * answer that is wrong looks like one that is old. */
  uint32_t serving = atomic_load_explicit(&word->low, memory_order_acquire);
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&word->high, memory_order_relaxed) != serving;
}

#define EXECUTIVE_TICKET_TRAITS                                                \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_TICKET_PROPERTIES                                            \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "0", .rmw_alone = "1",              \
    .rmw_busy = "1", .transfers = "O(N) (2)",                                  \
    .source = "Reed & Kanodia 1979; Mellor-Crummey & Scott, TOCS 1991",        \
  }

#endif
