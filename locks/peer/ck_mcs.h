/* Concurrency Kit's MCS lock (libck-dev). Its users pass a context; here it is
 * a node of the thread's list of held locks, which costs about 1 ns. */
#ifndef LOCKS_PEER_CK_MCS_H
#define LOCKS_PEER_CK_MCS_H

#include <stdbool.h>

#include "locks/contract.h"
#include "locks/held.h"
#include "locks/peer/ck.h"

typedef struct {
  ck_spinlock_mcs_t tail;
} peer_ck_mcs_lock;

static_assert(sizeof(ck_spinlock_mcs_context_t) <=
                  offsetof(struct lock_node, before),
              "a context fits what only holders use of a node");

/* The list only compares the address. */
LOCK_INLINE const KSPIN_LOCK *peer_ck_mcs_key(const peer_ck_mcs_lock *lock) {
  return (const KSPIN_LOCK *)(const void *)lock;
}

LOCK_INLINE ck_spinlock_mcs_context_t *
peer_ck_mcs_context(struct lock_slot *slot) {
  return (ck_spinlock_mcs_context_t *)(void *)slot->node;
}

LOCK_INLINE void peer_ck_mcs_init(peer_ck_mcs_lock *lock) {
  ck_spinlock_mcs_init(&lock->tail);
}

LOCK_INLINE void peer_ck_mcs_acquire(peer_ck_mcs_lock *lock) {
  struct lock_slot *slot =
      lock_held_push(lock_thread_self(), peer_ck_mcs_key(lock));
  ck_spinlock_mcs_lock(&lock->tail, peer_ck_mcs_context(slot));
}

LOCK_INLINE bool peer_ck_mcs_try_acquire(peer_ck_mcs_lock *lock) {
  struct lock_thread *self = lock_thread_self();
  struct lock_slot *slot = lock_held_push(self, peer_ck_mcs_key(lock));
  if (ck_spinlock_mcs_trylock(&lock->tail, peer_ck_mcs_context(slot)))
    return true;
  lock_held_drop(self);
  return false;
}

LOCK_INLINE void peer_ck_mcs_release(peer_ck_mcs_lock *lock) {
  struct lock_slot *slot =
      lock_held_pop(lock_thread_self(), peer_ck_mcs_key(lock));
  ck_spinlock_mcs_unlock(&lock->tail, peer_ck_mcs_context(slot));
}

#define PEER_CK_MCS_TRAITS                                                     \
  (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_TRY | LOCK_SIDE_NODES)
#define PEER_CK_MCS_PROPERTIES                                                 \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "its own 8 B, 128 B a held lock",   \
    .rmw_alone = "2", .rmw_busy = "1-2", .transfers = "5-6 (2)",               \
    .source = "Concurrency Kit",                                               \
  }

#endif
