/* In-stack queued and numbered spin locks. The includer defines what
 * locks/nt/bodies.h names. */

KSPIN_API VOID KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock,
                                              PKLOCK_QUEUE_HANDLE LockHandle) {
  if (!KSPIN_MAY_ACQUIRE(IN_STACK, RAISE, SpinLock, LockHandle))
    return;
  KIRQL old = kspin_raise(DISPATCH_LEVEL);
  KSPIN_QUEUED_(acquire)(SpinLock, &LockHandle->LockQueue);
  LockHandle->OldIrql = old;
  KSPIN_ACQUIRED(IN_STACK, RAISE, SpinLock, LockHandle, old);
}

KSPIN_API VOID KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle) {
  if (!KSPIN_MAY_RELEASE(IN_STACK, RAISE, NULL, LockHandle, 0))
    return;
  KIRQL old = LockHandle->OldIrql; /* while its line is still ours */
  KSPIN_QUEUED_(release)(&LockHandle->LockQueue);
  kspin_lower(old);
}

KSPIN_API VOID KeAcquireInStackQueuedSpinLockAtDpcLevel(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle) {
  if (!KSPIN_MAY_ACQUIRE(IN_STACK, DPC, SpinLock, LockHandle))
    return;
  KSPIN_QUEUED_(acquire)(SpinLock, &LockHandle->LockQueue);
  KSPIN_ACQUIRED(IN_STACK, DPC, SpinLock, LockHandle, lock_irql);
}

KSPIN_API VOID
KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle) {
  if (KSPIN_MAY_RELEASE(IN_STACK, DPC, NULL, LockHandle, lock_irql))
    KSPIN_QUEUED_(release)(&LockHandle->LockQueue);
}

KSPIN_API VOID KeAcquireInStackQueuedSpinLockForDpc(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle) {
  if (!KSPIN_MAY_ACQUIRE(IN_STACK, FOR_DPC, SpinLock, LockHandle))
    return;
  KIRQL old = kspin_raise(kspin_for_dpc_raises() ? DISPATCH_LEVEL : lock_irql);
  KSPIN_QUEUED_(acquire)(SpinLock, &LockHandle->LockQueue);
  LockHandle->OldIrql = old;
  KSPIN_ACQUIRED(IN_STACK, FOR_DPC, SpinLock, LockHandle, old);
}

KSPIN_API VOID
KeReleaseInStackQueuedSpinLockForDpc(PKLOCK_QUEUE_HANDLE LockHandle) {
  if (!KSPIN_MAY_RELEASE(IN_STACK, FOR_DPC, NULL, LockHandle, 0))
    return;
  KIRQL old = LockHandle->OldIrql; /* while its line is still ours */
  KSPIN_QUEUED_(release)(&LockHandle->LockQueue);
  if (old < DISPATCH_LEVEL)
    kspin_lower(old);
}

KSPIN_API VOID KeAcquireInStackQueuedSpinLockRaiseToSynch(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle) {
  if (!KSPIN_MAY_ACQUIRE(IN_STACK, SYNCH, SpinLock, LockHandle))
    return;
  KIRQL old = kspin_raise(SYNCH_LEVEL);
  KSPIN_QUEUED_(acquire)(SpinLock, &LockHandle->LockQueue);
  LockHandle->OldIrql = old;
  KSPIN_ACQUIRED(IN_STACK, SYNCH, SpinLock, LockHandle, old);
}

/* Acquires numbered lock `number`, holding at `level`. */
#define KSPIN_ACQUIRE_NUMBERED(form, number, level, old)                       \
  do {                                                                         \
    PKSPIN_LOCK lock = &lock_numbered[number];                                 \
    old = lock_irql;                                                           \
    if (!KSPIN_MAY_ACQUIRE(NUMBERED, form, lock, NULL))                        \
      break;                                                                   \
    (void)kspin_raise(level);                                                  \
    queued_mcs_acquire(lock, &lock_numbered_node[number]);                     \
    KSPIN_ACQUIRED(NUMBERED, form, lock, NULL, old);                           \
  } while (0)

/* Tries to; the level is raised meanwhile, since a holder must not be below. */
#define KSPIN_TRY_NUMBERED(form, number, level, old, done)                     \
  do {                                                                         \
    PKSPIN_LOCK lock = &lock_numbered[number];                                 \
    if (!KSPIN_MAY_ACQUIRE(NUMBERED, form | CHECK_TRY, lock, NULL))            \
      break;                                                                   \
    KIRQL before = kspin_raise(level);                                         \
    done = numbered_try_acquire(lock, &lock_numbered_node[number]);            \
    if (!done) {                                                               \
      kspin_lower(before);                                                     \
      break;                                                                   \
    }                                                                          \
    *(old) = before;                                                           \
    KSPIN_ACQUIRED(NUMBERED, form | CHECK_TRY, lock, NULL, before);            \
  } while (0)

KSPIN_API KIRQL KeAcquireQueuedSpinLock(KSPIN_LOCK_QUEUE_NUMBER Number) {
  KIRQL old;
  KSPIN_ACQUIRE_NUMBERED(RAISE, Number, DISPATCH_LEVEL, old);
  return old;
}

KSPIN_API KIRQL
KeAcquireQueuedSpinLockRaiseToSynch(KSPIN_LOCK_QUEUE_NUMBER Number) {
  KIRQL old;
  KSPIN_ACQUIRE_NUMBERED(SYNCH, Number, SYNCH_LEVEL, old);
  return old;
}

KSPIN_API LOGICAL KeTryToAcquireQueuedSpinLock(KSPIN_LOCK_QUEUE_NUMBER Number,
                                               PKIRQL OldIrql) {
  bool done = false;
  KSPIN_TRY_NUMBERED(RAISE, Number, DISPATCH_LEVEL, OldIrql, done);
  return done ? TRUE : FALSE;
}

KSPIN_API LOGICAL KeTryToAcquireQueuedSpinLockRaiseToSynch(
    KSPIN_LOCK_QUEUE_NUMBER Number, PKIRQL OldIrql) {
  bool done = false;
  KSPIN_TRY_NUMBERED(SYNCH, Number, SYNCH_LEVEL, OldIrql, done);
  return done ? TRUE : FALSE;
}

KSPIN_API VOID KeReleaseQueuedSpinLock(KSPIN_LOCK_QUEUE_NUMBER Number,
                                       KIRQL OldIrql) {
  if (!KSPIN_MAY_RELEASE(NUMBERED, RAISE, &lock_numbered[Number], NULL,
                         OldIrql))
    return;
  queued_mcs_release(&lock_numbered_node[Number]);
  kspin_lower(OldIrql);
}

KSPIN_API VOID KeAcquireQueuedSpinLockAtDpcLevel(PKSPIN_LOCK_QUEUE LockQueue) {
  PKSPIN_LOCK lock = numbered_lock_of(LockQueue);
  if (!KSPIN_MAY_ACQUIRE(NUMBERED, DPC, lock, NULL))
    return;
  queued_mcs_acquire(lock, LockQueue);
  KSPIN_ACQUIRED(NUMBERED, DPC, lock, NULL, lock_irql);
}

KSPIN_API VOID
KeReleaseQueuedSpinLockFromDpcLevel(PKSPIN_LOCK_QUEUE LockQueue) {
  if (KSPIN_MAY_RELEASE(NUMBERED, DPC, numbered_lock_of(LockQueue), NULL,
                        lock_irql))
    queued_mcs_release(LockQueue);
}
