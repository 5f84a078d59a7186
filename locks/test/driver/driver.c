/* The driver of locks/test/driver/driver.h, as one is written for Windows:
 * it knows <wdm.h> and nothing else. */
#include "locks/test/driver/driver.h"

#define BYTES_DIRQL 7

VOID BytesInitialize(PBYTES_EXTENSION Extension) {
  NtSimInterruptCreate(&Extension->Interrupt, BytesInterrupt, Extension,
                       BYTES_DIRQL, FALSE);
  KeInitializeDpc(&Extension->Dpc, BytesDpc, Extension);
  KeInitializeSpinLock(&Extension->QueueLock);
  KeInitializeSpinLock(&Extension->FreeLock);
  KeInitializeSpinLock(&Extension->TotalLock);
  InitializeListHead(&Extension->Queue);
  InitializeListHead(&Extension->Free);
  Extension->LimitLock = 0;
  Extension->Limit = 1000;
  Extension->Arrived = 0;
  Extension->Total = 0;
  for (ULONG i = 0; i < BYTES_ENTRIES; i++)
    ExInterlockedInsertTailList(&Extension->Free, &Extension->Entries[i].Link,
                                &Extension->FreeLock);
}

VOID BytesUnload(PBYTES_EXTENSION Extension) {
  NtLockStorageFreed(Extension, sizeof *Extension);
}

/* At DIRQL, with the interrupt's lock: notes what came, asks for the DPC. */
_Use_decl_annotations_ BOOLEAN BytesInterrupt(PKINTERRUPT Interrupt,
                                              PVOID ServiceContext) {
  PBYTES_EXTENSION extension = (PBYTES_EXTENSION)ServiceContext;
  UNREFERENCED_PARAMETER(Interrupt);
  extension->Arrived++;
  KeInsertQueueDpc(&extension->Dpc, NULL, NULL);
  return TRUE;
}

/* Takes what the interrupt noted, with its lock held. */
static BOOLEAN TakeArrived(PVOID SynchronizeContext) {
  PBYTES_EXTENSION extension = (PBYTES_EXTENSION)SynchronizeContext;
  BOOLEAN any = extension->Arrived > 0 ? TRUE : FALSE;
  if (any)
    extension->Arrived--;
  return any;
}

static ULONG ReadLimit(PBYTES_EXTENSION Extension) {
  KIRQL irql = ExAcquireSpinLockShared(&Extension->LimitLock);
  ULONG limit = Extension->Limit;
  ExReleaseSpinLockShared(&Extension->LimitLock, irql);
  return limit;
}

/* At DISPATCH_LEVEL: moves arrivals to the queue. */
VOID BytesDpc(PKDPC Dpc, PVOID DeferredContext, PVOID SystemArgument1,
              PVOID SystemArgument2) {
  PBYTES_EXTENSION extension = (PBYTES_EXTENSION)DeferredContext;
  UNREFERENCED_PARAMETER(Dpc);
  UNREFERENCED_PARAMETER(SystemArgument1);
  UNREFERENCED_PARAMETER(SystemArgument2);
  while (
      KeSynchronizeExecution(&extension->Interrupt, TakeArrived, extension)) {
    PLIST_ENTRY link =
        ExInterlockedRemoveHeadList(&extension->Free, &extension->FreeLock);
    if (link == NULL)
      return; /* lost: nobody reads */
    PBYTES_ENTRY entry = CONTAINING_RECORD(link, BYTES_ENTRY, Link);
    entry->Bytes = ReadLimit(extension) < 10 ? 1 : 10;
    KeAcquireSpinLockAtDpcLevel(&extension->QueueLock);
    InsertTailList(&extension->Queue, &entry->Link);
    KeReleaseSpinLockFromDpcLevel(&extension->QueueLock);
  }
}

ULONG BytesRead(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle;
  PLIST_ENTRY link = NULL;
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  if (!IsListEmpty(&Extension->Queue))
    link = RemoveHeadList(&Extension->Queue);
  KeReleaseSpinLock(&Extension->QueueLock, irql);
  if (link == NULL)
    return 0;
  ULONG bytes = CONTAINING_RECORD(link, BYTES_ENTRY, Link)->Bytes;
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  Extension->Total += bytes;
  KeReleaseInStackQueuedSpinLock(&handle);
  ExInterlockedInsertTailList(&Extension->Free, link, &Extension->FreeLock);
  return bytes;
}

ULONG BytesSetLimit(PBYTES_EXTENSION Extension, ULONG Limit) {
  KIRQL irql = ExAcquireSpinLockExclusive(&Extension->LimitLock);
  ULONG before = Extension->Limit;
  Extension->Limit = Limit;
  ExReleaseSpinLockExclusive(&Extension->LimitLock, irql);
  return before;
}

VOID BytesCancel(PIRP Irp) {
  Irp->Context = NULL;
  IoReleaseCancelSpinLock(Irp->CancelIrql);
}
