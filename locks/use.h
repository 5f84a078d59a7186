/* Uses of a node that is handed on, as in CLH: each time it is queued is
 * another one.
 *
 * A use is a word: where the node lies among all nodes below, in bytes, and
 * how often it was queued above. 0 is no use. The count wraps after 2^38 uses
 * of one node. What a node's `wait` says of its uses is the lock's matter. */
#ifndef LOCKS_USE_H
#define LOCKS_USE_H

#include "locks/held.h"

static_assert((sizeof lock_nodes & (sizeof lock_nodes - 1)) == 0 &&
                  sizeof lock_nodes <= UINT32_MAX / 2,
              "a place among the nodes fits below a count, in 32 bits, too");

/* The node of a use; of none, one that nobody queues. */
LOCK_INLINE struct lock_node *lock_use_node(uint64_t use) {
  return (struct lock_node *)((uintptr_t)lock_nodes +
                              (use & (sizeof lock_nodes - 1)));
}

/* The use of its node after `use`. */
LOCK_INLINE uint64_t lock_use_after(uint64_t use) {
  return use + sizeof lock_nodes;
}

/* The first use of a node that no thread has had. */
LOCK_INLINE uint64_t lock_use_new(struct lock_thread *self) {
  return lock_use_after((uintptr_t)lock_node_new(self) - (uintptr_t)lock_nodes);
}

/* Takes one of those given to this thread, or a new one. */
LOCK_INLINE uint64_t lock_use_take(struct lock_thread *self) {
  uint64_t use = self->use;
  self->use = 0;
  if (__builtin_expect(use != 0, 1))
    return use;
  use = self->spare_uses;
  if (use == 0)
    return lock_use_new(self);
  self->spare_uses = node_read(lock_use_node(use)->spare);
  return use;
}

/* Gives `use` to this thread, to take again. One lies ready: to put a node on
 * a list is to write to it, which costs a transfer of its line. */
LOCK_INLINE void lock_use_give(struct lock_thread *self, uint64_t use) {
  if (__builtin_expect(self->use == 0, 1)) {
    self->use = use;
    return;
  }
  node_write(lock_use_node(use)->spare, self->spare_uses);
  self->spare_uses = use;
}

/* Opens a slot for `lock`. @return it, `own` being the use to queue */
LOCK_INLINE struct lock_slot *lock_use_open(struct lock_thread *self,
                                            const KSPIN_LOCK *lock) {
  struct lock_slot *slot = lock_held_open(self, lock);
  slot->own = slot->next;
  if (__builtin_expect(lock_use_node(slot->own) == lock_nodes, 0))
    slot->own = lock_use_new(self);
  return slot;
}

/* The slot's next use is that of the node ahead; if none was, one that does
 * not count. */
LOCK_INLINE void lock_use_keep(struct lock_slot *slot, uint64_t ahead) {
  slot->next = lock_use_after(ahead);
}

/* Forgets the slot opened last, whose use was not queued. */
LOCK_INLINE void lock_use_drop(struct lock_thread *self) {
  lock_held_drop(self);
  self->held->next = self->held->own;
}

#endif
