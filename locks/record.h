/* What a lock may keep for a thread: its record.
 *
 * A record is one page, a node's page is one page, and both are first touched
 * by the thread that uses them, so they lie on its NUMA node. They live as
 * long as the process: other threads may still read the record or node of a
 * thread that has ended. */
#ifndef LOCKS_RECORD_H
#define LOCKS_RECORD_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

#include "locks/node.h"
#include "locks/nt/types.h"

enum {
  LOCK_THREADS_MAX = 4096, /* records: threads alive at once */
  LOCK_HELD_MAX = 64,      /* executive locks one thread may hold */
  LOCK_PAGE_BYTES = 4096,
  LOCK_NODES_A_PAGE = LOCK_PAGE_BYTES / sizeof(struct lock_node),
  LOCK_NODE_BITS = 19, /* 2^19 nodes, 64 MiB of address space */
  LOCK_NODES_MAX = 1 << LOCK_NODE_BITS,
};

/* A held lock whose release must find something again. */
struct lock_slot {
  const KSPIN_LOCK *lock;
  struct lock_node *node;
  uint64_t own, next; /* of a lock that hands nodes on: see locks/use.h */
};

struct lock_thread {
  alignas(LOCK_PAGE_BYTES) uint32_t index; /* 1...LOCK_THREADS_MAX */
  struct lock_slot *held;                  /* behind the last slot in use */
  struct lock_node *node, *spare;          /* nodes to use again */
  uint64_t use, spare_uses;                /* likewise: see locks/use.h */
  struct lock_node *fresh, *fresh_end;     /* rest of a page never used */
  struct lock_thread *next_retired;
  int home;        /* NUMA node of this page */
  uint32_t domain; /* threads of one are near each other */

  /* Written or polled by other threads: each on lines of its own. */
  alignas(CPU_PAIR_BYTES) _Atomic uint32_t wait;   /* this thread polls it */
  _Atomic uint32_t next;                           /* index of who is behind */
  alignas(CPU_PAIR_BYTES) _Atomic uintptr_t grant; /* the waiter polls it */

  alignas(CPU_PAIR_BYTES) struct lock_slot slots[LOCK_HELD_MAX];
};

static_assert(sizeof(struct lock_thread) == LOCK_PAGE_BYTES, "one page");

#endif
