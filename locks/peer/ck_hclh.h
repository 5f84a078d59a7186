/* Concurrency Kit's hierarchical CLH lock (libck-dev): threads that are near
 * each other (lock_thread_set_domain) queue up among themselves, and the queue
 * as a whole joins the others. Domains beyond the clusters that a lock has
 * share one, which costs order, not exclusion.
 *
 * Its users pass a context and get another one back; here it is a node of the
 * thread's list of held locks, which costs about 1 ns. Contexts that the lock
 * begins with lie in it, and are not used again: nodes outlive locks. */
#ifndef LOCKS_PEER_CK_HCLH_H
#define LOCKS_PEER_CK_HCLH_H

#include "locks/held.h"
#include "locks/peer/ck.h"

enum { PEER_CK_HCLH_CLUSTERS = 4 };

struct peer_ck_hclh_queue {
  alignas(CPU_PAIR_BYTES) ck_spinlock_hclh_t *tail;
  ck_spinlock_hclh_t first;
};

typedef struct {
  struct peer_ck_hclh_queue all, clusters[PEER_CK_HCLH_CLUSTERS];
} peer_ck_hclh_lock;

static_assert(sizeof(ck_spinlock_hclh_t) <= sizeof(struct lock_node),
              "a context fits a node");

/* The list only compares the address. */
LOCK_INLINE const KSPIN_LOCK *peer_ck_hclh_key(const peer_ck_hclh_lock *lock) {
  return (const KSPIN_LOCK *)(const void *)lock;
}

LOCK_INLINE void peer_ck_hclh_init(peer_ck_hclh_lock *lock) {
  ck_spinlock_hclh_init(&lock->all.tail, &lock->all.first, -1);
  for (int i = 0; i < PEER_CK_HCLH_CLUSTERS; i++)
    ck_spinlock_hclh_init(&lock->clusters[i].tail, &lock->clusters[i].first, i);
}

LOCK_INLINE void peer_ck_hclh_acquire(peer_ck_hclh_lock *lock) {
  struct lock_thread *self = lock_thread_self();
  struct lock_slot *slot = lock_held_push(self, peer_ck_hclh_key(lock));
  ck_spinlock_hclh_lock(
      &lock->all.tail,
      &lock->clusters[self->domain % PEER_CK_HCLH_CLUSTERS].tail,
      (ck_spinlock_hclh_t *)(void *)slot->node);
}

LOCK_INLINE void peer_ck_hclh_release(peer_ck_hclh_lock *lock) {
  struct lock_thread *self = lock_thread_self();
  struct lock_slot *slot = lock_held_pop(self, peer_ck_hclh_key(lock));
  ck_spinlock_hclh_t *context = (ck_spinlock_hclh_t *)(void *)slot->node;
  ck_spinlock_hclh_unlock(&context);
  bool own = (const void *)context ==
             &lock->clusters[self->domain % PEER_CK_HCLH_CLUSTERS].first;
  slot->node = own ? NULL : (struct lock_node *)(void *)context;
}

#define PEER_CK_HCLH_TRAITS (LOCK_EXCLUSIVE | LOCK_SIDE_NODES)
#define PEER_CK_HCLH_PROPERTIES                                                \
  {                                                                            \
    .order = "FIFO in a cluster", .bypass = LOCK_UNBOUNDED,                    \
    .space = "its own 640 B, 128 B a held lock", .rmw_alone = "2",             \
    .rmw_busy = "1-2", .transfers = "5-6 (2)", .source = "Concurrency Kit"     \
  }

#endif
