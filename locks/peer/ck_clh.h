/* Concurrency Kit's CLH lock (libck-dev), which has no try. Its users pass a
 * context and get another one back; here it is a node of the thread's list of
 * held locks, which costs about 1 ns. The context that the lock begins with
 * lies in the lock, and is not used again: nodes outlive locks, it does not. */
#ifndef LOCKS_PEER_CK_CLH_H
#define LOCKS_PEER_CK_CLH_H

#include "locks/contract.h"
#include "locks/held.h"
#include "locks/peer/ck.h"

typedef struct {
  ck_spinlock_clh_t *tail;
  ck_spinlock_clh_t first;
} peer_ck_clh_lock;

static_assert(sizeof(ck_spinlock_clh_t) <= offsetof(struct lock_node, before),
              "a context fits what only holders use of a node");

/* The list only compares the address. */
LOCK_INLINE const KSPIN_LOCK *peer_ck_clh_key(const peer_ck_clh_lock *lock) {
  return (const KSPIN_LOCK *)(const void *)lock;
}

LOCK_INLINE void peer_ck_clh_init(peer_ck_clh_lock *lock) {
  ck_spinlock_clh_init(&lock->tail, &lock->first);
}

LOCK_INLINE void peer_ck_clh_acquire(peer_ck_clh_lock *lock) {
  struct lock_slot *slot =
      lock_held_push(lock_thread_self(), peer_ck_clh_key(lock));
  ck_spinlock_clh_lock(&lock->tail, (ck_spinlock_clh_t *)(void *)slot->node);
}

LOCK_INLINE void peer_ck_clh_release(peer_ck_clh_lock *lock) {
  struct lock_slot *slot =
      lock_held_pop(lock_thread_self(), peer_ck_clh_key(lock));
  ck_spinlock_clh_t *context = (ck_spinlock_clh_t *)(void *)slot->node;
  ck_spinlock_clh_unlock(&context);
  slot->node =
      context == &lock->first ? NULL : (struct lock_node *)(void *)context;
}

#define PEER_CK_CLH_TRAITS (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_SIDE_NODES)
#define PEER_CK_CLH_PROPERTIES                                                 \
  {                                                                            \
    .order = "FIFO", .bypass = 0,                                              \
    .space = "its own 24 B, 128 B a held lock, 128 B a lock",                  \
    .rmw_alone = "1", .rmw_busy = "1", .transfers = "5 (2)",                   \
    .source = "Concurrency Kit",                                               \
  }

#endif
