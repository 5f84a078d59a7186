/* Hemlock whose releaser does not wait for the answer, but sees that it came
 * before it uses its grant or this lock again.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the last thread's record, 0 when free.
 * Cost     2 RMWs, contended or not; 6 transfers, 2 in a row on the hand-over.
 *          Release blocks only if the last grant was not answered yet.
 * Limits   those of locks/executive/hemlock.h. A thread that ends waits for
 *          its last grant to be answered (locks/thread.c).
 * Source   D. Dice and A. Kogan, "Hemlock: compact and scalable mutual
 *          exclusion", SPAA 2021, "overlap" */
#ifndef LOCKS_EXECUTIVE_HEMLOCK_OVERLAP_H
#define LOCKS_EXECUTIVE_HEMLOCK_OVERLAP_H

#include "locks/executive/hemlock.h"

LOCK_INLINE void executive_hemlock_overlap_acquire(KSPIN_LOCK *lock) {
  /* Without this wait, whoever queues behind us could take what is left of our
   * last grant of this lock for the next one. relaxed: R1 of hemlock.h
   * publishes that it is over. */
  await_not_equal_ptr(&lock_thread_self()->grant, (uintptr_t)lock,
                      memory_order_relaxed);
  executive_hemlock_acquire(lock);
}

LOCK_INLINE bool executive_hemlock_overlap_try_acquire(KSPIN_LOCK *lock) {
  /* relaxed: as in acquire. An unanswered grant means that the lock is about
   * to be held by the waiter it was given to. */
  if (atomic_load_explicit(&lock_thread_self()->grant, memory_order_relaxed) ==
      (uintptr_t)lock)
    return false;
  return executive_hemlock_try_acquire(lock);
}

LOCK_INLINE void executive_hemlock_overlap_release(KSPIN_LOCK *lock) {
  struct lock_thread *self = lock_thread_self();
  if (executive_hemlock_close(lock, self))
    return;
  /* relaxed: the answer to the last grant comes with no data. */
  await_equal_ptr(&self->grant, 0, memory_order_relaxed);
  executive_hemlock_grant(lock, self);
}

LOCK_INLINE bool executive_hemlock_overlap_is_held(const KSPIN_LOCK *lock) {
  return executive_hemlock_is_held(lock);
}

#define EXECUTIVE_HEMLOCK_OVERLAP_TRAITS EXECUTIVE_HEMLOCK_TRAITS
#define EXECUTIVE_HEMLOCK_OVERLAP_PROPERTIES                                   \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "128 B a thread", .rmw_alone = "2", \
    .rmw_busy = "2", .transfers = "6 (2)",                                     \
    .source = "Dice & Kogan, SPAA 2021",                                       \
  }

#endif
