/* The Linux qspinlock's design in 32 bits: a held flag, one pending waiter
 * that polls the lock itself, and an MCS queue for the rest. A comparison with
 * qsl, which is the same idea with more room; not Linux's code.
 *
 * Linux accesses its word in three sizes: C11 has no such thing. Here every
 * access has 32 bits, so release is a subtraction (an RMW) where Linux stores
 * a byte, and pending is taken by compare-exchange, with nothing to take back.
 *
 * Order    FIFO, by the exchange that sets the flag, pending, or the tail.
 * Word     low half only: bit 0 held, bit 8 pending, from bit 16 on the number
 *          of the last waiter's record. The high half is not used, so the
 *          lock does not claim LOCK_ZERO_WHEN_FREE.
 * Cost     2 RMWs uncontended, 3 with one waiter, 4 to 5 with more; 6 to 7
 *          transfers, 2 to 3 in a row.
 * Limits   65535 thread records; none on nesting, and any thread may release.
 * Source   W. Long, P. Zijlstra, Linux 4.2, 2015: the design, as documented */
#ifndef LOCKS_EXECUTIVE_QSPINLOCK_H
#define LOCKS_EXECUTIVE_QSPINLOCK_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/thread.h"
#include "locks/word.h"

#define EXECUTIVE_QSPINLOCK_HELD 1u
#define EXECUTIVE_QSPINLOCK_PENDING (1u << 8)
#define EXECUTIVE_QSPINLOCK_TAIL 16 /* from this bit on */

static_assert(LOCK_THREADS_MAX < 1 << 16, "record numbers fit the tail");

/* Waits until none of the flags is set. @return the word then */
LOCK_INLINE uint32_t executive_qspinlock_await(const _Atomic uint32_t *word,
                                               uint32_t flags) {
  /* A2 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. */
  uint32_t seen = atomic_load_explicit(word, memory_order_acquire);
  while (seen & flags)
    /* A2 again. */
    seen = await_not_equal_32(word, seen, memory_order_acquire);
  return seen;
}

/* Waits as the pending one, if the lock is held and nobody waits.
 * @return whether the lock is now this thread's */
LOCK_INLINE bool executive_qspinlock_pend(_Atomic uint32_t *word) {
  uint32_t held = EXECUTIVE_QSPINLOCK_HELD;
  /* relaxed: a place in the order, no data; A2 acquires the lock. */
  if (!atomic_compare_exchange_strong_explicit(
          word, &held, held | EXECUTIVE_QSPINLOCK_PENDING, memory_order_relaxed,
          memory_order_relaxed))
    return false;
  executive_qspinlock_await(word, EXECUTIVE_QSPINLOCK_HELD);
  /* relaxed: pending becomes held; who releases it does so by R1. */
  atomic_fetch_add_explicit(
      word, EXECUTIVE_QSPINLOCK_HELD - EXECUTIVE_QSPINLOCK_PENDING,
      memory_order_relaxed);
  return true;
}

/* Queues, and returns as the first of the queue. */
LOCK_INLINE void executive_qspinlock_enqueue(_Atomic uint32_t *word,
                                             struct lock_thread *self) {
  uint32_t flags = EXECUTIVE_QSPINLOCK_HELD | EXECUTIVE_QSPINLOCK_PENDING;
  uint32_t mine = self->index << EXECUTIVE_QSPINLOCK_TAIL;
  /* relaxed, both: R2 and R3 publish them. */
  atomic_store_explicit(&self->next, 0, memory_order_relaxed);
  atomic_store_explicit(&self->wait, 1, memory_order_relaxed);
  /* relaxed: the exchange checks it. */
  uint32_t seen = atomic_load_explicit(word, memory_order_relaxed);
  /* A3 and R2 pair with each other, in two arrivals: without them the later
   * one's link may come before our `next = 0` and be lost. relaxed on failure:
   * tried again. */
  while (!atomic_compare_exchange_strong_explicit(
      word, &seen, (seen & flags) | mine, memory_order_acq_rel,
      memory_order_relaxed))
    ;
  uint32_t before = seen >> EXECUTIVE_QSPINLOCK_TAIL;
  if (before == 0)
    return;
  /* R3 pairs with A4. Without it our turn may come before our `wait = 1`,
   * which then overwrites it: a lost wake-up. */
  atomic_store_explicit(&lock_thread_at(before)->next, self->index,
                        memory_order_release);
  /* A5 pairs with R4. Without it A2 may read the word as it was before the one
   * ahead took the lock, and both hold it. */
  await_equal_32(&self->wait, 0, memory_order_acquire);
}

/* Takes the lock as the first of the queue and makes the one behind first. */
LOCK_INLINE void executive_qspinlock_lead(_Atomic uint32_t *word,
                                          struct lock_thread *self) {
  uint32_t mine = self->index << EXECUTIVE_QSPINLOCK_TAIL;
  uint32_t seen = executive_qspinlock_await(
      word, EXECUTIVE_QSPINLOCK_HELD | EXECUTIVE_QSPINLOCK_PENDING);
  /* relaxed, both: A2 acquired the lock, and with a tail in the word nobody
   * else can. */
  if (seen == mine && atomic_compare_exchange_strong_explicit(
                          word, &seen, EXECUTIVE_QSPINLOCK_HELD,
                          memory_order_relaxed, memory_order_relaxed))
    return;
  atomic_fetch_or_explicit(word, EXECUTIVE_QSPINLOCK_HELD,
                           memory_order_relaxed);
  /* A4 pairs with R3. */
  uint32_t next = await_not_equal_32(&self->next, 0, memory_order_acquire);
  /* R4 pairs with A5. */
  atomic_store_explicit(&lock_thread_at(next)->wait, 0, memory_order_release);
}

LOCK_INLINE bool executive_qspinlock_try_acquire(KSPIN_LOCK *lock) {
  uint32_t free = 0;
  /* A1 pairs with R1, as A2. relaxed on failure: nothing acquired. */
  return atomic_compare_exchange_strong_explicit(
      &lock_word(lock)->low, &free, EXECUTIVE_QSPINLOCK_HELD,
      memory_order_acquire, memory_order_relaxed);
}

LOCK_INLINE void executive_qspinlock_acquire(KSPIN_LOCK *lock) {
  _Atomic uint32_t *word = &lock_word(lock)->low;
  if (executive_qspinlock_try_acquire(lock) || executive_qspinlock_pend(word))
    return;
  struct lock_thread *self = lock_thread_self();
  executive_qspinlock_enqueue(word, self);
  executive_qspinlock_lead(word, self);
}

LOCK_INLINE void executive_qspinlock_release(KSPIN_LOCK *lock) {
  /* R1 pairs with A1 and A2. Without it the next holder may enter before it
   * can see what this one wrote. */
  atomic_fetch_sub_explicit(&lock_word(lock)->low, EXECUTIVE_QSPINLOCK_HELD,
                            memory_order_release);
}

LOCK_INLINE bool executive_qspinlock_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. With
   * waiters somebody is about to hold it. */
  return atomic_load_explicit(&lock_word_const(lock)->low,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_QSPINLOCK_TRAITS                                             \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_TRY | LOCK_TEST)
#define EXECUTIVE_QSPINLOCK_PROPERTIES                                         \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "128 B a thread", .rmw_alone = "2", \
    .rmw_busy = "3-5", .transfers = "6-7 (2-3)",                               \
    .source = "the Linux qspinlock's design (2015), all in 32 bits",           \
  }

#endif
