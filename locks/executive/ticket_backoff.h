/* Ticket with proportional back-off: a waiter looks the less often the more
 * numbers are to be served before its own.
 *
 * Order    FIFO, by the number.
 * Word     low: being served; high: next number (locks/executive/ticket.h).
 * Cost     1 RMW, contended or not; fewer than N transfers a grant, since far
 *          waiters do not look. With one waiter it is a ticket lock.
 * Limits   2^32 - 1 waiters. A descheduled waiter blocks all behind it. The
 *          time a place takes is a guess (RELAX_TURN_NS): longer critical
 *          sections make it look too often, shorter ones too late.
 * Source   J. Mellor-Crummey and M. Scott, ACM TOCS 9(1), 1991 */
#ifndef LOCKS_EXECUTIVE_TICKET_BACKOFF_H
#define LOCKS_EXECUTIVE_TICKET_BACKOFF_H

#include "locks/executive/ticket.h"

LOCK_INLINE void executive_ticket_backoff_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* relaxed: the number says whose turn it is, A1 sees that it came. */
  uint32_t mine =
      atomic_fetch_add_explicit(&word->high, 1, memory_order_relaxed);
  /* A1 pairs with R1 of ticket.h. Without it the critical section may read
   * what was there before the last holder wrote. */
  await_turn_32(&word->low, mine, memory_order_acquire);
}

LOCK_INLINE bool executive_ticket_backoff_try_acquire(KSPIN_LOCK *lock) {
  return executive_ticket_try_acquire(lock);
}

LOCK_INLINE void executive_ticket_backoff_release(KSPIN_LOCK *lock) {
  executive_ticket_release(lock);
}

LOCK_INLINE bool executive_ticket_backoff_is_held(const KSPIN_LOCK *lock) {
  return executive_ticket_is_held(lock);
}

#define EXECUTIVE_TICKET_BACKOFF_TRAITS EXECUTIVE_TICKET_TRAITS
#define EXECUTIVE_TICKET_BACKOFF_PROPERTIES                                    \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "0", .rmw_alone = "1",              \
    .rmw_busy = "1", .transfers = "< O(N) (2)",                                \
    .source = "Mellor-Crummey & Scott, TOCS 1991",                             \
  }

#endif
