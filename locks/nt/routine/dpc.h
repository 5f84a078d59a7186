/* Deferred procedure calls of the calling processor, which is a thread here:
 * they run when its level falls below DISPATCH_LEVEL, before the routine that
 * lowered it returns. Functions of libkspin only: a lock bound at compile time
 * does not look for them. The includer defines KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_DPC_H
#define LOCKS_NT_ROUTINE_DPC_H

#include "locks/nt/objects.h"

/* Makes a DPC. IRQL any.
 * Source D:keinitializedpc */
KSPIN_API VOID KeInitializeDpc(PKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine,
                               PVOID DeferredContext);

/* Makes a threaded DPC. IRQL any.
 * Source D:keinitializethreadeddpc */
KSPIN_API VOID KeInitializeThreadedDpc(PKDPC Dpc,
                                       PKDEFERRED_ROUTINE DeferredRoutine,
                                       PVOID DeferredContext);

/* Queues it on this processor, or runs it at once below DISPATCH_LEVEL.
 * @return FALSE: it was queued already, nothing changed
 * IRQL   any; unchanged
 * Source D:keinsertqueuedpc, K:organization-of-dpc-queues */
KSPIN_API BOOLEAN KeInsertQueueDpc(PKDPC Dpc, PVOID SystemArgument1,
                                   PVOID SystemArgument2);

/* Takes it out of this processor's queue. @return FALSE: it was not in it
 * IRQL   any; unchanged
 * Source D:keremovequeuedpc */
KSPIN_API BOOLEAN KeRemoveQueueDpc(PKDPC Dpc);

#endif
