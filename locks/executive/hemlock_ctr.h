/* Hemlock with coherence traffic reduction: waiters and releasers poll with
 * read-modify-writes, so that the line of the grant is theirs to write when
 * the wait ends, and is not fetched twice.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the last thread's record, 0 when free.
 * Cost     2 RMWs and the polls, which are RMWs too; 5 transfers, 2 in a row,
 *          then the answer. Helps between sockets (an RMW poll halved a far
 *          ping-pong) and costs nothing near.
 * Limits   those of locks/executive/hemlock.h.
 * Source   D. Dice and A. Kogan, "Hemlock: compact and scalable mutual
 *          exclusion", SPAA 2021, "CTR" */
#ifndef LOCKS_EXECUTIVE_HEMLOCK_CTR_H
#define LOCKS_EXECUTIVE_HEMLOCK_CTR_H

#include "locks/executive/hemlock.h"

LOCK_INLINE void executive_hemlock_ctr_acquire(KSPIN_LOCK *lock) {
  /* A1 pairs with R2 of hemlock.h. Without it the critical section may read
   * what was there before the last holder wrote. Nothing is released here, as
   * it is in hemlock.h: a poll that is an RMW never reads an old grant. */
  uintptr_t before = atomic_exchange_explicit(&lock_word(lock)->whole,
                                              (uintptr_t)lock_thread_self(),
                                              memory_order_acquire);
  if (before == 0)
    return;
  /* A2 pairs with R3 of hemlock.h, as A1 does with R2. The swap is the answer,
   * too. */
  await_swap_ptr(&executive_hemlock_thread(before)->grant, (uintptr_t)lock, 0,
                 memory_order_acquire);
}

LOCK_INLINE bool executive_hemlock_ctr_try_acquire(KSPIN_LOCK *lock) {
  return executive_hemlock_try_acquire(lock);
}

LOCK_INLINE void executive_hemlock_ctr_release(KSPIN_LOCK *lock) {
  struct lock_thread *self = lock_thread_self();
  if (executive_hemlock_close(lock, self))
    return;
  executive_hemlock_grant(lock, self);
  /* relaxed: the answer comes with no data. */
  await_swap_ptr(&self->grant, 0, 0, memory_order_relaxed);
}

LOCK_INLINE bool executive_hemlock_ctr_is_held(const KSPIN_LOCK *lock) {
  return executive_hemlock_is_held(lock);
}

#define EXECUTIVE_HEMLOCK_CTR_TRAITS EXECUTIVE_HEMLOCK_TRAITS
#define EXECUTIVE_HEMLOCK_CTR_PROPERTIES                                       \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "128 B a thread", .rmw_alone = "2", \
    .rmw_busy = "2 + polls", .transfers = "5 (2)+ack",                         \
    .source = "Dice & Kogan, SPAA 2021",                                       \
  }

#endif
