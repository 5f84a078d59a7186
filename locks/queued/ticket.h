/* The ticket lock behind a handle: a baseline that shows what the queue buys.
 * Order, cost, limits and source are those of locks/executive/ticket.h, but
 * that the handle keeps the number drawn: a release that reads it from the
 * word, which all waiters poll, waits for the line to come back.
 *
 * Node     Next: the number. Lock: the lock's address, for release. */
#ifndef LOCKS_QUEUED_TICKET_H
#define LOCKS_QUEUED_TICKET_H

#include "locks/executive/ticket.h"

LOCK_INLINE void queued_ticket_acquire(KSPIN_LOCK *lock,
                                       KSPIN_LOCK_QUEUE *node) {
  node->Next = (KSPIN_LOCK_QUEUE *)(uintptr_t)executive_ticket_enter(lock);
  node->Lock = lock;
}

LOCK_INLINE void queued_ticket_release(KSPIN_LOCK_QUEUE *node) {
  executive_ticket_leave(node->Lock, (uint32_t)(uintptr_t)node->Next);
}

LOCK_INLINE bool queued_ticket_is_held(const KSPIN_LOCK *lock) {
  return executive_ticket_is_held(lock);
}

#define QUEUED_TICKET_TRAITS (EXECUTIVE_TICKET_TRAITS & ~LOCK_TRY)
#define QUEUED_TICKET_PROPERTIES EXECUTIVE_TICKET_PROPERTIES

#endif
