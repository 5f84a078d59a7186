/* The queue node of locks that do not keep it in the caller's handle, and how
 * its plain fields are touched.
 *
 * A node is written by its owner and, where a lock hands nodes on, by the
 * owner after it. Fields that two threads may touch at once are atomic; the
 * plain ones are ordered by the lock itself, and go through node_read() and
 * node_write() so that a checker can hold the lock to that. */
#ifndef LOCKS_NODE_H
#define LOCKS_NODE_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

#include "locks/cpu.h"

struct lock_node {
  alignas(CPU_PAIR_BYTES) _Atomic uintptr_t next; /* the waiter behind */
  _Atomic uintptr_t wait;                         /* what its owner polls */
  struct lock_node *before; /* plain: the node ahead in the queue */
  struct lock_node *link;   /* plain: the next spare node of a thread */
  uint64_t spare;           /* plain: the next spare use of a thread */
  struct lock_node *last;   /* plain: the end of the queue it heads */
  uint32_t domain;          /* plain: where its owner runs */
  uint32_t run;             /* plain: grants within the domain up to it */
};

#define node_read(field) (field)
#define node_write(field, value) ((void)((field) = (value)))

LOCK_INLINE struct lock_node *lock_node(uintptr_t link) {
  return (struct lock_node *)link;
}

#endif
