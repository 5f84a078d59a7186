/* Interrupt request levels. A thread stands for a processor: pin it, and its
 * IRQL is that processor's. Raising masks nothing here; it costs one store to
 * thread-local memory where Windows writes CR8, so figures of the raising
 * routines compare locks with each other, not with Windows.
 *
 * Source: nt-api.md 1.4 (x64 values) and 6. */
#ifndef LOCKS_NT_IRQL_H
#define LOCKS_NT_IRQL_H

#include "locks/nt/types.h"

#define PASSIVE_LEVEL 0
#define LOW_LEVEL 0
#define APC_LEVEL 1
#define DISPATCH_LEVEL 2
#define CMCI_LEVEL 5
#define SYNCH_LEVEL 12
#define CLOCK_LEVEL 13
#define IPI_LEVEL 14
#define DRS_LEVEL 14
#define POWER_LEVEL 14
#define PROFILE_LEVEL 15
#define HIGH_LEVEL 15

#ifndef __cplusplus
/* The calling thread's level; starts at PASSIVE_LEVEL. */
extern _Thread_local KIRQL lock_irql __attribute__((tls_model("initial-exec")));
#endif

#endif
