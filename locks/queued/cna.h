/* CNA, compact NUMA-aware: an MCS queue whose holder hands the lock to the
 * first waiter of its own domain (locks/thread.h), and puts those that it
 * passes into a second queue. That one comes before the first again when no
 * waiter of the domain is left, or after QUEUED_CNA_RUN grants.
 *
 * Order    FIFO within a domain. A run of grants within the domain while
 *          others wait in the second queue ends after QUEUED_CNA_RUN of them;
 *          then the head of that queue is served. So a waiter is passed at most
 *          QUEUED_CNA_RUN times for itself and for each that was ahead of it
 *          when it came.
 * Word     the tail node's address, 0 when free.
 * Node     Next: the side node. Lock: the lock's address, for release. The
 *          side node's `wait`: 0 in a waiter; in the holder 1, or the head of
 *          the second queue, whose `last` is its tail.
 * Cost     2 RMWs uncontended, 1 or 2 contended; 5 to 6 transfers, 2 in a row,
 *          and one for each waiter that is passed: the node tells its domain.
 *          If nobody else of the domain waits, release looks at all that do.
 * Limits   LOCK_NODES_MAX nodes in the process.
 * Source   D. Dice and A. Kogan, "Compact NUMA-aware Locks", EuroSys 2019; the
 *          bound by counting, which the paper draws lots for, is ours */
#ifndef LOCKS_QUEUED_CNA_H
#define LOCKS_QUEUED_CNA_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/thread.h"
#include "locks/word.h"

/* At six times the cost of a near grant, a far one in 256 adds 2 %. */
#ifndef QUEUED_CNA_RUN
#define QUEUED_CNA_RUN 256
#endif

/* `wait` of a holder behind whom no second queue waits. */
enum { QUEUED_CNA_ALONE = 1 };

LOCK_INLINE void queued_cna_acquire(KSPIN_LOCK *lock,
                                    KSPIN_LOCK_QUEUE *handle) {
  struct lock_thread *self = lock_thread_self();
  struct lock_node *node = lock_node_take(self);
  handle->Next = (KSPIN_LOCK_QUEUE *)node;
  handle->Lock = lock;
  node_write(node->domain, self->domain);
  node_write(node->run, 0);
  /* relaxed, both: R1 and R2 publish them. */
  atomic_store_explicit(&node->next, 0, memory_order_relaxed);
  atomic_store_explicit(&node->wait, 0, memory_order_relaxed);
  /* A1 pairs with R3: without it the critical section may read what was there
   * before the last holder wrote. R1 pairs with A1 of the next arrival:
   * without it that one's link may come before our `next = 0` and be lost. */
  uintptr_t before = atomic_exchange_explicit(
      &lock_word(lock)->whole, (uintptr_t)node, memory_order_acq_rel);
  if (before == 0) {
    /* relaxed: nobody else looks at it while we own the lock. */
    atomic_store_explicit(&node->wait, QUEUED_CNA_ALONE, memory_order_relaxed);
    return;
  }
  /* R2 pairs with A3. Without it the grant may come before our `wait = 0`, and
   * the holder may read an old domain. */
  atomic_store_explicit(&lock_node(before)->next, (uintptr_t)node,
                        memory_order_release);
  /* A2 pairs with R4, as A1 does with R3. */
  await_not_equal_ptr(&node->wait, 0, memory_order_acquire);
}

/* Puts the waiters from `first` to `last` behind the second queue.
 * @return the head of that queue */
LOCK_INLINE struct lock_node *queued_cna_put_off(struct lock_node *second,
                                                 struct lock_node *first,
                                                 struct lock_node *last) {
  /* relaxed, both: only holders use the links of waiters, and R4 hands on what
   * this one wrote; to an arrival behind `last` R3 does. */
  atomic_store_explicit(&last->next, 0, memory_order_relaxed);
  if (second == NULL)
    second = first;
  else
    atomic_store_explicit(&node_read(second->last)->next, (uintptr_t)first,
                          memory_order_relaxed);
  node_write(second->last, last);
  return second;
}

/* Looks for the first waiter of the holder's domain, from `first` on, and puts
 * off those that come before it, if there is one.
 * @return it, or null */
LOCK_INLINE struct lock_node *queued_cna_find_near(uint32_t domain,
                                                   struct lock_node *first,
                                                   struct lock_node **second) {
  struct lock_node *last = NULL, *near = first;
  while (node_read(near->domain) != domain) {
    last = near;
    /* A4 pairs with R2, as A3. */
    near = lock_node(atomic_load_explicit(&last->next, memory_order_acquire));
    if (near == NULL)
      return NULL;
  }
  if (last != NULL)
    *second = queued_cna_put_off(*second, first, last);
  return near;
}

LOCK_INLINE void queued_cna_grant(struct lock_node *heir,
                                  struct lock_node *second, uint32_t run) {
  node_write(heir->run, run);
  /* R4 pairs with A2, as R3 does with A1. */
  atomic_store_explicit(&heir->wait,
                        second == NULL ? QUEUED_CNA_ALONE : (uintptr_t)second,
                        memory_order_release);
}

/* Grants the lock to one of those that wait, `next` being the first. */
LOCK_INLINE void queued_cna_choose(struct lock_node *node,
                                   struct lock_node *next,
                                   struct lock_node *second) {
  uint32_t run = node_read(node->run);
  if (run < QUEUED_CNA_RUN) {
    struct lock_node *near =
        queued_cna_find_near(node_read(node->domain), next, &second);
    if (near != NULL) {
      queued_cna_grant(near, second, second == NULL ? 0 : run + 1);
      return;
    }
  }
  if (second != NULL) {
    /* relaxed: as in queued_cna_put_off(). */
    atomic_store_explicit(&node_read(second->last)->next, (uintptr_t)next,
                          memory_order_relaxed);
    next = second;
  }
  queued_cna_grant(next, NULL, 0);
}

LOCK_INLINE void queued_cna_release(KSPIN_LOCK_QUEUE *handle) {
  struct lock_node *node = lock_node((uintptr_t)handle->Next);
  /* relaxed: the node's own; the grant ended A2. */
  uintptr_t wait = atomic_load_explicit(&node->wait, memory_order_relaxed);
  struct lock_node *second = wait == QUEUED_CNA_ALONE ? NULL : lock_node(wait);
  /* A3 pairs with R2. Without it our grant may come before the successor's
   * `wait = 0`, and its domain may be an old one. */
  uintptr_t next = atomic_load_explicit(&node->next, memory_order_acquire);
  if (next == 0) {
    uint64_t tail = (uintptr_t)node;
    uintptr_t left = second == NULL ? 0 : (uintptr_t)node_read(second->last);
    /* R3 pairs with A1. Without it the next holder may enter before it can see
     * what this one wrote, and an arrival behind `left` may link itself before
     * the 0 there, and be lost. relaxed on failure: A3 follows. */
    if (atomic_compare_exchange_strong_explicit(
            &lock_word(handle->Lock)->whole, &tail, left, memory_order_release,
            memory_order_relaxed)) {
      if (second != NULL)
        queued_cna_grant(second, NULL, 0);
      lock_node_give(lock_thread_self(), node);
      return;
    }
    /* A3 again: a successor is between its exchange and its link. */
    next = await_not_equal_ptr(&node->next, 0, memory_order_acquire);
  }
  queued_cna_choose(node, lock_node(next), second);
  lock_node_give(lock_thread_self(), node);
}

LOCK_INLINE bool queued_cna_is_held(const KSPIN_LOCK *lock) {
  /* relaxed: an answer that is old when it arrives orders nothing. */
  return atomic_load_explicit(&lock_word_const(lock)->whole,
                              memory_order_relaxed) != 0;
}

#define QUEUED_CNA_TRAITS                                                      \
  (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE | LOCK_TEST | LOCK_SIDE_NODES |        \
   LOCK_NUMA)
#define QUEUED_CNA_PROPERTIES                                                  \
  {                                                                            \
    .order = "domains", .bypass = QUEUED_CNA_RUN * LOCK_THREADS_MAX,           \
    .space = "128 B a held lock", .rmw_alone = "2", .rmw_busy = "1-2",         \
    .transfers = "5-6 (2)+", .source = "Dice & Kogan, EuroSys 2019",           \
  }

#endif
