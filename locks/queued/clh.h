/* CLH behind a handle: each waiter polls the node of the one ahead of it, and
 * release is one plain store to the releaser's own node.
 *
 * The handle itself cannot be that node: the successor polls it after release
 * returned, when the stack it lay on may be in other use. So the node comes
 * from the thread's spare ones, and the holder keeps the node ahead of it,
 * which nobody else needs any more, as its next one.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the tail node's address; 0 before the first use. The freed node
 *          stays as the tail: a lock that was used once pins one node (128
 *          bytes) for good, and one that is initialised again pins another.
 * Node     Next: the side node. Lock: the lock's address, for a debugger.
 * Cost     1 RMW, contended or not; release is a plain store. Nodes wander
 *          between threads (and NUMA nodes): 5 transfers, 2 in a row.
 * Limits   LOCK_NODES_MAX nodes in the process.
 * Source   T. Craig, University of Washington TR 93-02-02, 1993; P. Magnusson,
 *          A. Landin, E. Hagersten, IPPS 1994 */
#ifndef LOCKS_QUEUED_CLH_H
#define LOCKS_QUEUED_CLH_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/thread.h"
#include "locks/word.h"

LOCK_INLINE void queued_clh_acquire(KSPIN_LOCK *lock,
                                    KSPIN_LOCK_QUEUE *handle) {
  struct lock_node *node = lock_node_take(lock_thread_self());
  handle->Next = (KSPIN_LOCK_QUEUE *)node;
  handle->Lock = lock;
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&node->wait, 1, memory_order_relaxed);
  /* A1 and R1 pair with each other, in two arrivals: without them the later
   * one may read a `wait == 0` of the node's previous use. */
  uintptr_t before = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)node, memory_order_acq_rel);
  node_write(node->before, lock_node(before));
  if (before != 0)
    /* A2 pairs with R2. Without it the critical section may read what was
     * there before the last holder wrote. */
    await_equal_ptr(&lock_node(before)->wait, 0, memory_order_acquire);
}

LOCK_INLINE void queued_clh_release(KSPIN_LOCK_QUEUE *handle) {
  struct lock_node *node = lock_node((uintptr_t)handle->Next);
  /* Read before R2: after it `node` belongs to the successor. */
  struct lock_node *before = node_read(node->before);
  /* R2 pairs with A2. Without it the next holder may enter before it can see
   * what this one wrote. */
  atomic_store_explicit(&node->wait, 0, memory_order_release);
  if (before != NULL)
    lock_node_give(lock_thread_self(), before);
}

LOCK_INLINE bool queued_clh_is_held(const KSPIN_LOCK *lock) {
  /* A3 pairs with R1, as A1. */
  uintptr_t tail =
      atomic_load_explicit(&lock_word_const(lock)->whole, memory_order_acquire);
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return tail != 0 && atomic_load_explicit(&lock_node(tail)->wait,
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
