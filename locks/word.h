/* The atomic view of an NT lock word and of an NT queue node.
 *
 * C11 does not define an object that is read in one size and written in
 * another, no checker accepts it, and on x86 it costs a store-forwarding stall
 * (8.8 ns against 2.7 ns for a pair). So a lock uses `whole` or the halves,
 * never both. */
#ifndef LOCKS_WORD_H
#define LOCKS_WORD_H

#include <stdatomic.h>
#include <stdint.h>

#include "locks/contract.h"
#include "locks/nt/types.h"

union lock_word {
  _Atomic uint64_t whole;
  struct {
    _Atomic uint32_t low, high;
  };
} __attribute__((may_alias));

/* A KSPIN_LOCK_QUEUE whose fields other threads write. */
struct lock_queue {
  _Atomic uintptr_t next; /* `Next` */
  _Atomic uintptr_t lock; /* `Lock` */
} __attribute__((may_alias));

static_assert(sizeof(union lock_word) == sizeof(KSPIN_LOCK), "same word");
static_assert(sizeof(struct lock_queue) == sizeof(KSPIN_LOCK_QUEUE),
              "same node");

LOCK_INLINE union lock_word *lock_word(KSPIN_LOCK *lock) {
  return (union lock_word *)lock;
}

LOCK_INLINE const union lock_word *lock_word_const(const KSPIN_LOCK *lock) {
  return (const union lock_word *)lock;
}

LOCK_INLINE struct lock_queue *lock_queue(KSPIN_LOCK_QUEUE *node) {
  return (struct lock_queue *)node;
}

/* The node that an atomic link names. */
LOCK_INLINE struct lock_queue *lock_queue_at(uintptr_t link) {
  return (struct lock_queue *)link;
}

#endif
