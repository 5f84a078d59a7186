/* Reciprocating behind a handle: arrivals push themselves onto a stack in the
 * word by one exchange; the holder takes the whole stack at once, and it is
 * served from the top down while the next one grows.
 *
 * Release needs the lock, who is below and where the first segment ends: more
 * than a handle holds, so the wait element comes from the thread's spare
 * nodes, as the paper's is the thread's own.
 *
 * Order    last come, first served within a segment, segments in order: one
 *          that comes later passes a waiter at most once.
 * Word     0 free, 1 held and nobody has come since, else the newest arrival's
 *          node. The one that found the lock free lies at the bottom of the
 *          first stack though it holds the lock: its address ends the segment,
 *          and goes down with the grants.
 * Node     Next: the side node. Lock: the lock's address, for release. The
 *          side node's `wait`: 0 in a waiter, else the end of the segment;
 *          `before`: who is below, or null.
 * Cost     2 RMWs uncontended, else 1 and 2 for each segment; 3 transfers (and
 *          one a segment), 2 in a row: a release within a segment does not
 *          touch the word.
 * Limits   LOCK_NODES_MAX nodes in the process.
 * Source   D. Dice and A. Kogan, "Reciprocating Locks", PPoPP 2025 */
#ifndef LOCKS_QUEUED_RECIPROCATING_H
#define LOCKS_QUEUED_RECIPROCATING_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/thread.h"
#include "locks/word.h"

/* The word of a held lock since whose last grant nobody came: what all
 * segments but the first lie upon, and so what ends them. */
enum { QUEUED_RECIPROCATING_TAKEN = 1 };

/* Keeps in the holder's node who is below, or null, and where that ends. */
LOCK_INLINE void queued_reciprocating_keep(struct lock_node *node,
                                           uintptr_t below, uintptr_t end) {
  node_write(node->before, lock_node(below));
  /* relaxed: the holder's own, to remember it by. */
  atomic_store_explicit(&node->wait, end, memory_order_relaxed);
}

/* Acquires with a node, which is the lock's until it has been left with it. */
LOCK_INLINE void queued_reciprocating_enter(KSPIN_LOCK *lock,
                                            struct lock_node *node) {
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&node->wait, 0, memory_order_relaxed);
  /* A1 pairs with R2. Without it the critical section may read what was there
   * before the last holder wrote. R1 pairs with A2 of the holder that takes
   * the stack: without it the grant may come before our `wait = 0`, and be
   * lost. */
  uintptr_t below = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)node, memory_order_acq_rel);
  uintptr_t end = (uintptr_t)node;
  if (below != 0) {
    /* A3 pairs with R3, as A1 does with R2. */
    end = await_not_equal_ptr(&node->wait, 0, memory_order_acquire);
    if (below == end) {
      below = 0;
      end = QUEUED_RECIPROCATING_TAKEN;
    }
  }
  queued_reciprocating_keep(node, below, end);
}

/* Releases. The node is read first and then the owner's again: others may know
 * its address, but only compare it. */
LOCK_INLINE void queued_reciprocating_leave(KSPIN_LOCK *lock,
                                            struct lock_node *node) {
  struct lock_node *heir = node_read(node->before);
  /* relaxed: as it was left. */
  uintptr_t end = atomic_load_explicit(&node->wait, memory_order_relaxed);
  if (heir == NULL) {
    union lock_word *word = lock_word(lock);
    uint64_t nobody = end;
    /* R2 pairs with A1. Without it the next holder may enter before it can see
     * what this one wrote. relaxed on failure: A2 follows. */
    if (atomic_compare_exchange_strong_explicit(&word->whole, &nobody, 0,
                                                memory_order_release,
                                                memory_order_relaxed))
      return;
    /* A2 pairs with R1 of every node in the stack. No release is needed: R3
     * hands on what this holder wrote. */
    heir = lock_node(atomic_exchange_explicit(
        &word->whole, QUEUED_RECIPROCATING_TAKEN, memory_order_acquire));
  }
  /* R3 pairs with A3, as R2 does with A1. */
  atomic_store_explicit(&heir->wait, end, memory_order_release);
}

LOCK_INLINE void queued_reciprocating_acquire(KSPIN_LOCK *lock,
                                              KSPIN_LOCK_QUEUE *handle) {
  struct lock_node *node = lock_node_take(lock_thread_self());
  handle->Next = (KSPIN_LOCK_QUEUE *)node;
  handle->Lock = lock;
  queued_reciprocating_enter(lock, node);
}

LOCK_INLINE void queued_reciprocating_release(KSPIN_LOCK_QUEUE *handle) {
  struct lock_node *node = lock_node((uintptr_t)handle->Next);
  queued_reciprocating_leave(handle->Lock, node);
  lock_node_give(lock_thread_self(), node);
}

LOCK_INLINE bool queued_reciprocating_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define QUEUED_RECIPROCATING_TRAITS                                            \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_TEST | LOCK_SIDE_NODES)
#define QUEUED_RECIPROCATING_PROPERTIES                                        \
  {                                                                            \
    .order = "segments", .bypass = 1, .space = "128 B a held lock",            \
    .rmw_alone = "2", .rmw_busy = "1 (+2/run)", .transfers = "3 (2)",          \
    .source = "Dice & Kogan, PPoPP 2025",                                      \
  }

#endif
