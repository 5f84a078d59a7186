/* A driver-like source: a queue of requests that a dispatch routine fills and
 * a DPC empties, written against ntifs.h only, with the words drivers use. */
#include <ntifs.h>

#define QUEUE_SLOTS 8

typedef struct _DEVICE_EXTENSION {
  KSPIN_LOCK QueueLock;
  _Guarded_by_(QueueLock) ULONG Head;
  _Guarded_by_(QueueLock) ULONG Tail;
  _Guarded_by_(QueueLock) ULONG Slots[QUEUE_SLOTS];
  KSPIN_LOCK StatisticsLock; /* in-stack queued */
  ULONG Completed;
} DEVICE_EXTENSION, *PDEVICE_EXTENSION;

static VOID DriverInitialize(_Out_ PDEVICE_EXTENSION Extension) {
  KeInitializeSpinLock(&Extension->QueueLock);
  KeInitializeSpinLock(&Extension->StatisticsLock);
  Extension->Head = 0;
  Extension->Tail = 0;
  Extension->Completed = 0;
}

_IRQL_requires_max_(DISPATCH_LEVEL) static BOOLEAN NTAPI
    DriverDispatch(_Inout_ PDEVICE_EXTENSION Extension, _In_ ULONG Request) {
  KIRQL OldIrql;
  BOOLEAN Queued = FALSE;

  KeAcquireSpinLock(&Extension->QueueLock, &OldIrql);
  if (Extension->Tail - Extension->Head < QUEUE_SLOTS) {
    Extension->Slots[Extension->Tail++ % QUEUE_SLOTS] = Request;
    Queued = TRUE;
  }
  KeReleaseSpinLock(&Extension->QueueLock, OldIrql);
  return Queued;
}

_IRQL_requires_(DISPATCH_LEVEL) static VOID NTAPI
    DriverDpc(IN PVOID Dpc OPTIONAL, IN OUT PVOID Context) {
  PDEVICE_EXTENSION Extension = (PDEVICE_EXTENSION)Context;
  KLOCK_QUEUE_HANDLE Handle;
  ULONG Taken = 0;

  UNREFERENCED_PARAMETER(Dpc);
  KeAcquireSpinLockAtDpcLevel(&Extension->QueueLock);
  while (Extension->Head != Extension->Tail) {
    Extension->Head++;
    Taken++;
  }
  KeReleaseSpinLockFromDpcLevel(&Extension->QueueLock);

  KeAcquireInStackQueuedSpinLockAtDpcLevel(&Extension->StatisticsLock, &Handle);
  Extension->Completed += Taken;
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&Handle);
}

/* @return 0 if every request was completed, and the level is back */
int main(VOID) {
  static DEVICE_EXTENSION Extension;
  ULONG Queued = 0;
  KIRQL OldIrql;

  DriverInitialize(&Extension);
  for (ULONG Round = 0; Round < 3; Round++) {
    while (DriverDispatch(&Extension, Queued))
      Queued++;
    KeRaiseIrql(DISPATCH_LEVEL, &OldIrql);
    DriverDpc(NULL, &Extension);
    KeLowerIrql(OldIrql);
  }
  return !(Queued == 3 * QUEUE_SLOTS && Extension.Completed == Queued &&
           KeTestSpinLock(&Extension.QueueLock) &&
           KeGetCurrentIrql() == PASSIVE_LEVEL);
}
