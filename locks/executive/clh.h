/* CLH, node in place: each waiter polls the node of the one ahead of it, and
 * release is one plain store to the releaser's own node.
 *
 * Order    FIFO, by the exchange on the tail.
 * Word     the tail node's use (locks/use.h); 0 before the first one. The freed
 *          node stays as the tail, and whoever follows takes it as its own: so
 *          a lock that was used once pins one node (128 bytes) for good, and
 *          one that is initialised again pins another. LOCK_NODES_MAX bounds
 *          them all.
 * Cost     1 RMW, contended or not; release is a plain store. Nodes wander
 *          between threads (and NUMA nodes): 5 transfers, 2 in a row.
 * Limits   the limits of locks/record.h; the acquirer must release. The count
 *          in the word keeps try from taking a tail that was queued again
 *          meanwhile (ABA).
 * Source   T. Craig, University of Washington TR 93-02-02, 1993; P. Magnusson,
 *          A. Landin, E. Hagersten, IPPS 1994. The counted word is ours. */
#ifndef LOCKS_EXECUTIVE_CLH_H
#define LOCKS_EXECUTIVE_CLH_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/use.h"
#include "locks/word.h"

/* Makes a waiter's node ready. @return the word that names it */
LOCK_INLINE uint64_t executive_clh_prepare(uint64_t own) {
  /* relaxed: R1 publishes it. */
  atomic_store_explicit(&lock_use_node(own)->wait, 1, memory_order_relaxed);
  return own;
}

LOCK_INLINE void executive_clh_acquire(KSPIN_LOCK *lock) {
  struct lock_slot *slot = lock_use_open(lock_thread_self(), lock);
  /* A1 and R1 pair with each other, in two arrivals: without them the later
   * one may read a `wait == 0` of the node's previous use. */
  uint64_t ahead = atomic_exchange_explicit(&lock_word(lock)->whole,
                                            executive_clh_prepare(slot->own),
                                            memory_order_acq_rel);
  lock_use_keep(slot, ahead);
  /* A2 pairs with R2. Without it the critical section may read what was there
   * before the last holder wrote. */
  await_equal_ptr(&lock_use_node(ahead)->wait, 0, memory_order_acquire);
}

LOCK_INLINE bool executive_clh_try_acquire(KSPIN_LOCK *lock) {
  union lock_word *word = lock_word(lock);
  /* A3 pairs with R1. Without it `wait` may be read as the node's previous use
   * left it. */
  uint64_t ahead = atomic_load_explicit(&word->whole, memory_order_acquire);
  /* A4 pairs with R2, as A2. */
  if (atomic_load_explicit(&lock_use_node(ahead)->wait, memory_order_acquire) !=
      0)
    return false;
  struct lock_thread *self = lock_thread_self();
  struct lock_slot *slot = lock_use_open(self, lock);
  /* R1 as in acquire; success says that the node ahead was not queued again
   * since A3, so what A4 saw still holds. relaxed on failure: nothing
   * acquired. */
  if (!atomic_compare_exchange_strong_explicit(
          &word->whole, &ahead, executive_clh_prepare(slot->own),
          memory_order_release, memory_order_relaxed)) {
    lock_use_drop(self);
    return false;
  }
  lock_use_keep(slot, ahead);
  return true;
}

LOCK_INLINE void executive_clh_release(KSPIN_LOCK *lock) {
  uint64_t own = lock_held_pop(lock_thread_self(), lock)->own;
  /* R2 pairs with A2 and A4. Without it the next holder may enter before it
   * can see what this one wrote. */
  atomic_store_explicit(&lock_use_node(own)->wait, 0, memory_order_release);
}

LOCK_INLINE bool executive_clh_is_held(const KSPIN_LOCK *lock) {
  /* A5 pairs with R1, as A3. */
  uint64_t tail =
      atomic_load_explicit(&lock_word_const(lock)->whole, memory_order_acquire);
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_use_node(tail)->wait,
                              memory_order_relaxed) != 0;
}

#define EXECUTIVE_CLH_TRAITS                                                   \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_TRY | LOCK_TEST | LOCK_SIDE_NODES)
#define EXECUTIVE_CLH_PROPERTIES                                               \
  {                                                                            \
    .order = "FIFO", .bypass = 0,                                              \
    .space = "128 B a held lock, 128 B a lock ever used", .rmw_alone = "1",    \
    .rmw_busy = "1", .transfers = "5 (2)",                                     \
    .source = "Craig, TR 93-02-02; Magnusson et al., IPPS 1994",               \
  }

#endif
