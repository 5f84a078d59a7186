/* Concurrency Kit's array lock (libck-dev): each waiter polls a slot of its own
 * and opens the next one. Its users pass the place of their slot; here the
 * thread's list of held locks keeps it, which costs about 1 ns. More threads
 * than slots would share them, and the lock: who uses it must not have them. */
#ifndef LOCKS_PEER_CK_ANDERSON_H
#define LOCKS_PEER_CK_ANDERSON_H

#include "locks/held.h"
#include "locks/peer/ck.h"

#define PEER_CK_ANDERSON_THREADS_MAX 64

typedef struct {
  alignas(CPU_PAIR_BYTES) ck_spinlock_anderson_t lock;
  alignas(CPU_PAIR_BYTES)
      ck_spinlock_anderson_thread_t slots[PEER_CK_ANDERSON_THREADS_MAX];
} peer_ck_anderson_lock;

/* The list only compares the address. */
LOCK_INLINE const KSPIN_LOCK *
peer_ck_anderson_key(const peer_ck_anderson_lock *lock) {
  return (const KSPIN_LOCK *)(const void *)lock;
}

LOCK_INLINE ck_spinlock_anderson_thread_t **
peer_ck_anderson_place(struct lock_slot *slot) {
  return (ck_spinlock_anderson_thread_t **)(void *)slot->node;
}

LOCK_INLINE void peer_ck_anderson_init(peer_ck_anderson_lock *lock) {
  ck_spinlock_anderson_init(&lock->lock, lock->slots,
                            PEER_CK_ANDERSON_THREADS_MAX);
}

LOCK_INLINE void peer_ck_anderson_acquire(peer_ck_anderson_lock *lock) {
  struct lock_slot *slot =
      lock_held_push(lock_thread_self(), peer_ck_anderson_key(lock));
  ck_spinlock_anderson_lock(&lock->lock, peer_ck_anderson_place(slot));
}

LOCK_INLINE void peer_ck_anderson_release(peer_ck_anderson_lock *lock) {
  struct lock_slot *slot =
      lock_held_pop(lock_thread_self(), peer_ck_anderson_key(lock));
  ck_spinlock_anderson_unlock(&lock->lock, *peer_ck_anderson_place(slot));
}

#define PEER_CK_ANDERSON_TRAITS (LOCK_EXCLUSIVE | LOCK_FIFO | LOCK_SIDE_NODES)
#define PEER_CK_ANDERSON_PROPERTIES                                            \
  {                                                                            \
    .order = "FIFO", .bypass = 0, .space = "its own 72 B, 8 B a thread",       \
    .rmw_alone = "1", .rmw_busy = "1", .transfers = "3-4 (2)",                 \
    .source = "Concurrency Kit"                                                \
  }

#endif
