/* CLH behind a handle: each waiter polls the node of the one ahead of it, and
 * release is one plain store to the releaser's own node.
 *
 * The handle itself cannot be that node: the successor polls it after release
 * returned, when the stack it lay on may be in other use. So the node comes
 * from the thread's spare ones, and the holder keeps the node ahead of it,
 * which nobody else needs any more, as its next one. Which one that is stands
 * in the handle, as in the papers: a release that reads its own node, which the
 * successor polls, waits for the line to come back.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the tail node's use (locks/use.h); 0 before the first one. The freed
 *          node stays as the tail: a lock that was used once pins one node (128
 *          bytes) for good, and one that is initialised again pins another.
 * Node     Next: the use that was queued and, above, the one ahead, 32 bits
 *          each: the rest of a count means nothing here. Lock: the lock's
 *          address, for a debugger.
 * Cost     1 RMW, contended or not; release is a plain store. Nodes wander
 *          between threads (and NUMA nodes): 5 transfers, 2 in a row.
 * Limits   LOCK_NODES_MAX nodes in the process.
 * Source   T. Craig, University of Washington TR 93-02-02, 1993; P. Magnusson,
 *          A. Landin, E. Hagersten, IPPS 1994 */
#ifndef LOCKS_QUEUED_CLH_H
#define LOCKS_QUEUED_CLH_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/use.h"
#include "locks/word.h"

/* Makes a waiter's node ready. @return the word that names it */
LOCK_INLINE uint64_t queued_clh_prepare(uint64_t own) {
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&lock_use_node(own)->wait, 1, memory_order_relaxed);
  return own;
}

/* Queues `own`. @return the use ahead, whose node is free */
LOCK_INLINE uint64_t queued_clh_enter(KSPIN_LOCK *lock, uint64_t own) {
  /* A1 and R1 pair with each other, in two arrivals: without them the later
   * one may read a `wait == 0` of the node's previous use. */
  uint64_t ahead = atomic_exchange_explicit(
      &lock_word(lock)->whole, queued_clh_prepare(own), memory_order_acq_rel);
  /* A2 pairs with R2. Without it the critical section may read what was there
   * before the last holder wrote. */
  await_equal_ptr(&lock_use_node(ahead)->wait, 0, memory_order_acquire);
  return ahead;
}

/* From here on the node of `own` belongs to the successor. */
LOCK_INLINE void queued_clh_leave(uint64_t own) {
  /* R2 pairs with A2. Without it the next holder may enter before it can see
   * what this one wrote. */
  atomic_store_explicit(&lock_use_node(own)->wait, 0, memory_order_release);
}

LOCK_INLINE void queued_clh_acquire(KSPIN_LOCK *lock,
                                    KSPIN_LOCK_QUEUE *handle) {
  uint64_t own = lock_use_take(lock_thread_self());
  uint64_t ahead = queued_clh_enter(lock, own);
  handle->Next = (KSPIN_LOCK_QUEUE *)(ahead << 32 | own);
  handle->Lock = lock;
}

LOCK_INLINE void queued_clh_release(KSPIN_LOCK_QUEUE *handle) {
  uint64_t uses = (uintptr_t)handle->Next, ahead = uses >> 32;
  queued_clh_leave((uint32_t)uses);
  if (ahead != 0)
    lock_use_give(lock_thread_self(), (uint32_t)lock_use_after(ahead));
}

LOCK_INLINE bool queued_clh_is_held(const KSPIN_LOCK *lock) {
  /* A3 pairs with R1, as A1. */
  uint64_t tail =
      atomic_load_explicit(&lock_word_const(lock)->whole, memory_order_acquire);
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_use_node(tail)->wait,
                              memory_order_relaxed) != 0;
}

#define QUEUED_CLH_TRAITS                                                      \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_TEST | LOCK_SIDE_NODES)
#define QUEUED_CLH_PROPERTIES                                                  \
  {                                                                            \
    .order = "FIFO", .bypass = 0,                                              \
    .space = "128 B a held lock, 128 B a lock ever used", .rmw_alone = "1",    \
    .rmw_busy = "1", .transfers = "5 (2)",                                     \
    .source = "Craig, TR 93-02-02; Magnusson et al., IPPS 1994",               \
  }

#endif
