/* Deferred procedure calls: a list of each thread, run when its level falls. */
#include "locks/nt/dpc.h"

#include "locks/nt/ntifs.h"

_Thread_local bool lock_dpc_waiting;
static _Thread_local LIST_ENTRY queue;

static void run(PVOID context) {
  PKDPC dpc = context;
  dpc->DeferredRoutine(dpc, dpc->DeferredContext, dpc->SystemArgument1,
                       dpc->SystemArgument2);
}

void lock_dpc_run(void) {
  KIRQL level = lock_irql;
  lock_irql = DISPATCH_LEVEL;
  while (lock_dpc_waiting) {
    PKDPC dpc = CONTAINING_RECORD(RemoveHeadList(&queue), KDPC, DpcListEntry);
    dpc->Queued = FALSE; /* it may queue itself again */
    lock_dpc_waiting = !IsListEmpty(&queue);
    if (dpc->Threaded)
      NtSimThreadedDpc(run, dpc, FALSE);
    else
      NtSimDpc(run, dpc);
  }
  lock_irql = level;
}

VOID KeInitializeDpc(PKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine,
                     PVOID DeferredContext) {
  *Dpc = (KDPC){.DeferredRoutine = DeferredRoutine,
                .DeferredContext = DeferredContext};
}

VOID KeInitializeThreadedDpc(PKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine,
                             PVOID DeferredContext) {
  KeInitializeDpc(Dpc, DeferredRoutine, DeferredContext);
  Dpc->Threaded = TRUE;
}

BOOLEAN KeInsertQueueDpc(PKDPC Dpc, PVOID SystemArgument1,
                         PVOID SystemArgument2) {
  if (Dpc->Queued)
    return FALSE;
  if (!lock_dpc_waiting)
    InitializeListHead(&queue);
  Dpc->SystemArgument1 = SystemArgument1;
  Dpc->SystemArgument2 = SystemArgument2;
  Dpc->Queued = TRUE;
  InsertTailList(&queue, &Dpc->DpcListEntry);
  lock_dpc_waiting = true;
  if (lock_irql < DISPATCH_LEVEL)
    lock_dpc_run();
  return TRUE;
}

BOOLEAN KeRemoveQueueDpc(PKDPC Dpc) {
  if (!Dpc->Queued)
    return FALSE;
  (void)RemoveEntryList(&Dpc->DpcListEntry);
  Dpc->Queued = FALSE;
  lock_dpc_waiting = !IsListEmpty(&queue);
  return TRUE;
}
