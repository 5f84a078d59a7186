/* The queue of deferred procedure calls of each processor. */
#ifndef LOCKS_NT_DPC_H
#define LOCKS_NT_DPC_H

#include <stdbool.h>

#include "locks/contract.h"
#include "locks/nt/irql.h"

extern _Thread_local bool lock_dpc_waiting
    __attribute__((tls_model("initial-exec")));

/* Runs what this thread has queued, at DISPATCH_LEVEL. */
void lock_dpc_run(void);

/* To be called when the level is about to fall to `level`. */
LOCK_INLINE void lock_dpc_drain(KIRQL level) {
  if (__builtin_expect(lock_dpc_waiting, 0) && level < DISPATCH_LEVEL &&
      lock_irql >= DISPATCH_LEVEL)
    lock_dpc_run();
}

#endif
