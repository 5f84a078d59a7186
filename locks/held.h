/* The locks that a thread holds, for executive locks that are queues inside:
 * their release is given the lock and must find the node it queued.
 *
 * A stack, since locks are nearly always released in reverse order; another
 * order is found by searching downwards. Each slot keeps a node of its own
 * ready, so that the common path allocates nothing. */
#ifndef LOCKS_HELD_H
#define LOCKS_HELD_H

#include "locks/thread.h"

/* Opens a slot for `lock`. @return it, valid until the next push */
LOCK_INLINE struct lock_slot *lock_held_open(struct lock_thread *self,
                                             const KSPIN_LOCK *lock) {
  struct lock_slot *slot = self->held;
  if (__builtin_expect(slot == self->slots + LOCK_HELD_MAX, 0))
    lock_thread_ran_out("a thread holds too many locks (see LOCK_HELD_MAX)");
  self->held = slot + 1;
  slot->lock = lock;
  return slot;
}

/* The same, with a node to queue. */
LOCK_INLINE struct lock_slot *lock_held_push(struct lock_thread *self,
                                             const KSPIN_LOCK *lock) {
  struct lock_slot *slot = lock_held_open(self, lock);
  if (__builtin_expect(slot->node == NULL, 0))
    slot->node = lock_node_new(self);
  return slot;
}

/* Forgets the slot opened last: a try that did not succeed. */
LOCK_INLINE void lock_held_drop(struct lock_thread *self) {
  self->held--;
}

/* Brings the slot of `lock` to the top of the stack. */
LOCK_INLINE void lock_held_raise(struct lock_thread *self,
                                 const KSPIN_LOCK *lock) {
  struct lock_slot *top = self->held - 1;
  struct lock_slot *slot = top;
  do {
    if (slot == self->slots)
      lock_thread_ran_out("release of a lock that the thread does not hold");
    slot--;
  } while (slot->lock != lock);
  struct lock_slot found = *slot;
  *slot = *top;
  *top = found;
}

/* Closes the slot of `lock`. @return it, valid until the next push */
LOCK_INLINE struct lock_slot *lock_held_pop(struct lock_thread *self,
                                            const KSPIN_LOCK *lock) {
  if (__builtin_expect(self->held == self->slots, 0))
    lock_thread_ran_out("release of a lock that the thread does not hold");
  if (__builtin_expect(self->held[-1].lock != lock, 0))
    lock_held_raise(self, lock);
  return --self->held;
}

#endif
