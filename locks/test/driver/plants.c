/* Mistakes, each in the words of a driver: it knows <wdm.h> only. */
#include "locks/test/driver/plants.h"

static VOID Recursive(PBYTES_EXTENSION Extension) {
  KIRQL irql, again;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  KeAcquireSpinLock(&Extension->QueueLock, &again);
}

static VOID RecursiveInStack(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle, again;
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &again);
}

static VOID TriesItsOwn(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  (void)KeTryToAcquireSpinLockAtDpcLevel(&Extension->QueueLock);
}

static VOID AcquiresInIsr(PBYTES_EXTENSION Extension) {
  KIRQL irql, inner;
  KeRaiseIrql(7, &irql);
  KeAcquireSpinLock(&Extension->QueueLock, &inner);
}

static VOID AtDpcAtPassive(PBYTES_EXTENSION Extension) {
  KeAcquireSpinLockAtDpcLevel(&Extension->QueueLock);
}

static VOID RestoresAfterAtDpc(PBYTES_EXTENSION Extension) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&Extension->QueueLock);
  KeReleaseSpinLock(&Extension->QueueLock, irql);
}

static VOID ForgetsTheLevel(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  KeReleaseSpinLockFromDpcLevel(&Extension->QueueLock);
}

static VOID ForgetsTheLevelInStack(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
}

static VOID RestoresAnotherLevel(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  KeReleaseSpinLock(&Extension->QueueLock, APC_LEVEL);
}

static VOID ReleasesTwice(PBYTES_EXTENSION Extension) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&Extension->QueueLock);
  KeReleaseSpinLockFromDpcLevel(&Extension->QueueLock);
  KeReleaseSpinLockFromDpcLevel(&Extension->QueueLock);
  KeLowerIrql(irql);
}

static VOID ReleasesInWrongOrder(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle;
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  KeReleaseSpinLock(&Extension->QueueLock, irql);
}

static VOID AcquiresInBothOrders(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle;
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  KeReleaseSpinLock(&Extension->QueueLock, irql);
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
}

static VOID UsesBeforeInit(PBYTES_EXTENSION Extension) {
  static KSPIN_LOCK forgotten;
  KIRQL irql;
  UNREFERENCED_PARAMETER(Extension);
  KeAcquireSpinLock(&forgotten, &irql);
}

static VOID InitializesTwice(PBYTES_EXTENSION Extension) {
  KeInitializeSpinLock(&Extension->QueueLock);
}

static VOID MixesFamilies(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle;
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  KeReleaseSpinLock(&Extension->QueueLock, irql);
  KeAcquireInStackQueuedSpinLock(&Extension->QueueLock, &handle);
}

static VOID ReusesAHandle(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle;
  KSPIN_LOCK other;
  KeInitializeSpinLock(&other);
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  KeAcquireInStackQueuedSpinLock(&other, &handle);
}

static VOID CopiesAHandle(PBYTES_EXTENSION Extension) {
  KLOCK_QUEUE_HANDLE handle, copy;
  KeAcquireInStackQueuedSpinLock(&Extension->TotalLock, &handle);
  copy = handle;
  KeReleaseInStackQueuedSpinLock(&copy);
}

static VOID LowersWhileHolding(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  KeLowerIrql(irql);
}

static VOID WaitsWhileHolding(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  NtSimWait(Extension, 1);
}

static VOID CompletesWhileHolding(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  NtAssertNoSpinLocksHeld();
}

static VOID ReturnsRaised(PVOID Context) {
  UNREFERENCED_PARAMETER(Context);
  (void)KeRaiseIrqlToDpcLevel();
}

static VOID DispatchReturnsRaised(PBYTES_EXTENSION Extension) {
  NtSimDispatch(ReturnsRaised, Extension);
}

static VOID UnloadsWhileHolding(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  BytesUnload(Extension);
}

static VOID KeepsTheCancelLock(PIRP Irp) {
  Irp->Context = NULL;
}

static VOID CancelKeepsTheLock(PBYTES_EXTENSION Extension) {
  NtSimCancelIrp(&Extension->Pending, KeepsTheCancelLock);
}

static VOID LocksAPassiveInterrupt(PBYTES_EXTENSION Extension) {
  NtSimInterruptCreate(&Extension->Interrupt, BytesInterrupt, Extension, 0,
                       TRUE);
  (void)KeAcquireInterruptSpinLock(&Extension->Interrupt);
}

static VOID UpgradesByHand(PBYTES_EXTENSION Extension) {
  (void)ExAcquireSpinLockShared(&Extension->LimitLock);
  (void)ExAcquireSpinLockExclusive(&Extension->LimitLock);
}

static VOID InterlocksItsOwn(PBYTES_EXTENSION Extension) {
  KIRQL irql;
  KeAcquireSpinLock(&Extension->QueueLock, &irql);
  (void)ExInterlockedRemoveHeadList(&Extension->Queue, &Extension->QueueLock);
}

static VOID AtDpcInThreadedDpc(PVOID Context) {
  PBYTES_EXTENSION extension = (PBYTES_EXTENSION)Context;
  KeAcquireSpinLockAtDpcLevel(&extension->QueueLock);
}

static VOID ThreadedDpc(PBYTES_EXTENSION Extension) {
  NtSimThreadedDpc(AtDpcInThreadedDpc, Extension, TRUE);
}

const PLANT Plants[] = {
    {"recursive acquire", 0xF, 0, Recursive},
    {"recursive in-stack acquire", 0xC4, 0x1000, RecursiveInStack},
    {"try of one's own lock", 0xF, 0, TriesItsOwn},
    {"acquire at DIRQL", 0xC4, 0x42, AcquiresInIsr},
    {"AtDpcLevel at PASSIVE_LEVEL", 0xC4, 0x40, AtDpcAtPassive},
    {"KeReleaseSpinLock after AtDpcLevel", 0xC4, 0xE000000C,
     RestoresAfterAtDpc},
    {"FromDpcLevel after KeAcquireSpinLock", 0xC4, 0xE000000B, ForgetsTheLevel},
    {"the same in-stack", 0xC4, 0xE000000D, ForgetsTheLevelInStack},
    {"release to another level", 0xC4, 0x20015, RestoresAnotherLevel},
    {"second release", 0xC4, 0x1007, ReleasesTwice},
    {"release in the wrong order", 0xC4, 0x1003, ReleasesInWrongOrder},
    {"locks in both orders", 0xC4, 0x1001, AcquiresInBothOrders},
    {"use before initialising", 0xC4, 0x1002, UsesBeforeInit},
    {"second initialising", 0xC4, 0x1005, InitializesTwice},
    {"both families on one lock", 0xC4, 0x1008, MixesFamilies},
    {"handle used again", 0xC4, 0xE0000015, ReusesAHandle},
    {"handle copied", 0xC4, 0xE0000016, CopiesAHandle},
    {"level lowered while holding", 0xC4, 0xE0000017, LowersWhileHolding},
    {"wait while holding", 0xC4, 0x3B, WaitsWhileHolding},
    {"completion while holding", 0xC4, 0xE000001F, CompletesWhileHolding},
    {"dispatch routine returns raised", 0xC8, 0, DispatchReturnsRaised},
    {"unload while holding", 0xC4, 0x100B, UnloadsWhileHolding},
    {"Cancel routine keeps the lock", 0x11B, 0, CancelKeepsTheLock},
    {"lock of a passive interrupt", 0x13B, 1, LocksAPassiveInterrupt},
    {"reader becomes writer by hand", 0xC4, 0x1000, UpgradesByHand},
    {"ExInterlocked on a held lock", 0xF, 0, InterlocksItsOwn},
    {"AtDpcLevel in a threaded DPC", 0xC4, 0xE0000024, ThreadedDpc},
    {NULL, 0, 0, NULL},
};
