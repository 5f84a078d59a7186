/* What the routines of locks/nt/routines.h do, written once: the IRQL around
 * the verbs of a lock. Every implementation pays the same for the IRQL here.
 *
 * The includer defines
 *   KSPIN_API              how the routines are linked;
 *   KSPIN_EXECUTIVE_(verb) the routine behind acquire, try_acquire, release
 *   KSPIN_QUEUED_(verb)    and is_held of each family.
 *
 * Order of effects (nt-api.md 2.0): the level is up before the first attempt
 * and the caller learns the old one only as the owner; the lock is free before
 * the level falls. The barriers hold the compiler to that, as far as code that
 * interrupts this thread can tell; no other thread reads its level. */

/* KSPIN_LOWERING(level), if defined, runs in place of the dispatch interrupt
 * that a processor takes when its level falls, before it has fallen. */
#ifndef KSPIN_LOWERING
#define KSPIN_LOWERING(level) ((void)0)
#endif

KSPIN_API KIRQL KeGetCurrentIrql(VOID) {
  return lock_irql;
}

KSPIN_API VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql) {
  *OldIrql = lock_irql;
  lock_irql = NewIrql;
  cpu_compiler_barrier();
}

KSPIN_API VOID KeLowerIrql(KIRQL NewIrql) {
  cpu_compiler_barrier();
  KSPIN_LOWERING(NewIrql);
  lock_irql = NewIrql;
}

KSPIN_API KIRQL KeRaiseIrqlToDpcLevel(VOID) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  return old;
}

KSPIN_API VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock) {
  *SpinLock = 0;
}

KSPIN_API KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KSPIN_EXECUTIVE_(acquire)(SpinLock);
  return old;
}

KSPIN_API VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql) {
  *OldIrql = KeAcquireSpinLockRaiseToDpc(SpinLock);
}

KSPIN_API VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql) {
  KSPIN_EXECUTIVE_(release)(SpinLock);
  KeLowerIrql(NewIrql);
}

KSPIN_API VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_EXECUTIVE_(acquire)(SpinLock);
}

KSPIN_API VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_EXECUTIVE_(release)(SpinLock);
}

KSPIN_API VOID KefReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_EXECUTIVE_(release)(SpinLock);
}

KSPIN_API BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) {
  return KSPIN_EXECUTIVE_(try_acquire)(SpinLock) ? TRUE : FALSE;
}

KSPIN_API BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock) {
  return KSPIN_EXECUTIVE_(is_held)(SpinLock) ? FALSE : TRUE;
}

KSPIN_API VOID KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock,
                                              PKLOCK_QUEUE_HANDLE LockHandle) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KSPIN_QUEUED_(acquire)(SpinLock, &LockHandle->LockQueue);
  LockHandle->OldIrql = old;
}

KSPIN_API VOID KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle) {
  KIRQL old = LockHandle->OldIrql; /* while its line is still ours */
  KSPIN_QUEUED_(release)(&LockHandle->LockQueue);
  KeLowerIrql(old);
}

KSPIN_API VOID KeAcquireInStackQueuedSpinLockAtDpcLevel(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle) {
  KSPIN_QUEUED_(acquire)(SpinLock, &LockHandle->LockQueue);
}

KSPIN_API VOID
KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle) {
  KSPIN_QUEUED_(release)(&LockHandle->LockQueue);
}
