/* Seeing that a thread waits, instead of sleeping until it probably does: the
 * locks' waits call AWAIT_HOOK(), which raises the flag of the thread. */
#ifndef LOCKS_TEST_WAITING_H
#define LOCKS_TEST_WAITING_H

#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

#include "locks/cpu.h"

/* Raised when the thread that set `waiting_mine` to it begins to wait. */
typedef _Atomic int waiting_flag;

extern _Thread_local waiting_flag *waiting_mine;

#define AWAIT_HOOK() waiting_begins()
#define PEER_CK_STALL() (waiting_begins(), cpu_yield())

static inline void waiting_begins(void) {
  if (waiting_mine != NULL)
    atomic_store_explicit(waiting_mine, 1, memory_order_release);
}

/* Returns once the flag is up. */
static inline void waiting_see(waiting_flag *flag) {
  while (atomic_load_explicit(flag, memory_order_acquire) == 0)
    sched_yield();
}

#endif
