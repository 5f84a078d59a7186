/* What the routines keep besides the level and the caller's memory: the
 * profile, the two global locks, the numbered locks and each processor's nodes
 * for them, and whether the thread runs a DPC. */
#ifndef LOCKS_NT_STATE_H
#define LOCKS_NT_STATE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "locks/contract.h"
#include "locks/nt/types.h"

#define LOCK_STATE_TLS __attribute__((tls_model("initial-exec")))

extern _Atomic unsigned lock_profile; /* KSPIN_PROFILE_ bits */
extern KSPIN_LOCK lock_cancel, lock_vpb;
extern KSPIN_LOCK lock_numbered[LockQueueMaximumLock];
extern _Thread_local KSPIN_LOCK_QUEUE
    lock_numbered_node[LockQueueMaximumLock] LOCK_STATE_TLS;
extern _Thread_local bool lock_in_dpc LOCK_STATE_TLS;
extern _Thread_local bool lock_in_threaded_dpc LOCK_STATE_TLS;

LOCK_INLINE bool lock_profile_has(unsigned bit) {
  /* relaxed: set before the threads that look at it start. */
  return (atomic_load_explicit(&lock_profile, memory_order_relaxed) & bit) != 0;
}

#endif
