/* CLH behind a handle, its nodes' uses counted (locks/use.h): each waiter polls
 * the node of the one ahead of it, as in clh.h, but for the end of one use and
 * not for a flag.
 *
 * A node's `wait` holds its last use that has ended, so who waits for a use to
 * end compares words; 0, no use, has always ended.
 *
 * A flag must be set before the node is queued: a store to a line that another
 * thread wrote last, for which the exchange on the tail then waits. Here
 * nothing is made ready, and the doorway orders nothing.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the tail node's use; 0 before the first one. The freed node stays as
 *          the tail: a lock that was used once pins one node (128 bytes) for
 *          good, and one that is initialised again pins another.
 * Node     Next: the use that was queued and, above, the one ahead, 32 bits
 *          each: they leave 6 to the count of a use, and 1 would do. Only its
 *          successor waits for a use, and has seen it end before the node is
 *          queued again. Lock: the lock's address, for a debugger.
 * Cost     1 RMW, contended or not; release is a plain store. Nodes wander
 *          between threads (and NUMA nodes): 4 transfers, 2 in a row.
 * Limits   LOCK_NODES_MAX nodes in the process.
 * Source   ours, of CLH (see clh.h) */
#ifndef LOCKS_QUEUED_CLH_COUNTED_H
#define LOCKS_QUEUED_CLH_COUNTED_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/use.h"
#include "locks/word.h"

/* Queues `own`. @return the use ahead, ended */
LOCK_INLINE uint64_t queued_clh_counted_enter(KSPIN_LOCK *lock, uint64_t own) {
  /* relaxed: a use in the tail says nothing of its node but which one it is,
   * and no two uses are alike; what A1 waits for orders all. */
  uint64_t ahead = atomic_exchange_explicit(&lock_word(lock)->whole, own,
                                            memory_order_relaxed);
  /* A1 pairs with R1. Without it the critical section may read what was there
   * before the last holder wrote. */
  await_equal_ptr(&lock_use_node(ahead)->wait, ahead, memory_order_acquire);
  return ahead;
}

/* From here on the node of `own` belongs to the successor. */
LOCK_INLINE void queued_clh_counted_leave(uint64_t own) {
  /* R1 pairs with A1. Without it the next holder may enter before it can see
   * what this one wrote. */
  atomic_store_explicit(&lock_use_node(own)->wait, own, memory_order_release);
}

LOCK_INLINE void queued_clh_counted_acquire(KSPIN_LOCK *lock,
                                            KSPIN_LOCK_QUEUE *handle) {
  uint64_t own = lock_use_take(lock_thread_self());
  uint64_t ahead = queued_clh_counted_enter(lock, own);
  handle->Next = (KSPIN_LOCK_QUEUE *)(ahead << 32 | own);
  handle->Lock = lock;
}

LOCK_INLINE void queued_clh_counted_release(KSPIN_LOCK_QUEUE *handle) {
  uint64_t uses = (uintptr_t)handle->Next, ahead = uses >> 32;
  queued_clh_counted_leave((uint32_t)uses);
  if (ahead != 0)
    lock_use_give(lock_thread_self(), (uint32_t)lock_use_after(ahead));
}

LOCK_INLINE bool queued_clh_counted_is_held(const KSPIN_LOCK *lock) {
  /* relaxed, both: an answer that is old when it arrives orders nothing. */
  uint64_t tail =
      atomic_load_explicit(&lock_word_const(lock)->whole, memory_order_relaxed);
  return atomic_load_explicit(&lock_use_node(tail)->wait,
                              memory_order_relaxed) != tail;
}

#define QUEUED_CLH_COUNTED_TRAITS                                              \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_TEST | LOCK_SIDE_NODES)
#define QUEUED_CLH_COUNTED_PROPERTIES                                          \
  {                                                                            \
    .order = "FIFO", .bypass = 0,                                              \
    .space = "128 B a held lock, 128 B a lock ever used", .rmw_alone = "1",    \
    .rmw_busy = "1", .transfers = "4 (2)", .source = "ours, of CLH",           \
  }

#endif
