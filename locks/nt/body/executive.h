/* Ordinary spin locks. The includer defines what locks/nt/bodies.h names.
 *
 * Routines that are one under several names are macros here, so that each
 * name can say in a report that it was called. */

#define KSPIN_RAISE_AND_ACQUIRE(form, lock, level, old)                        \
  do {                                                                         \
    if (!KSPIN_MAY_ACQUIRE(ORDINARY, form, lock, NULL)) {                      \
      old = lock_irql;                                                         \
      break;                                                                   \
    }                                                                          \
    old = kspin_raise(level);                                                  \
    KSPIN_EXECUTIVE_(acquire)(lock);                                           \
    KSPIN_ACQUIRED(ORDINARY, form, lock, NULL, old);                           \
  } while (0)

#define KSPIN_RELEASE_AND_LOWER(form, lock, level)                             \
  do {                                                                         \
    if (!KSPIN_MAY_RELEASE(ORDINARY, form, lock, NULL, level))                 \
      break;                                                                   \
    KSPIN_EXECUTIVE_(release)(lock);                                           \
    kspin_lower(level);                                                        \
  } while (0)

#define KSPIN_ACQUIRE_ONLY(lock)                                               \
  do {                                                                         \
    if (!KSPIN_MAY_ACQUIRE(ORDINARY, DPC, lock, NULL))                         \
      break;                                                                   \
    KSPIN_EXECUTIVE_(acquire)(lock);                                           \
    KSPIN_ACQUIRED(ORDINARY, DPC, lock, NULL, lock_irql);                      \
  } while (0)

#define KSPIN_RELEASE_ONLY(lock)                                               \
  do {                                                                         \
    if (KSPIN_MAY_RELEASE(ORDINARY, DPC, lock, NULL, lock_irql))               \
      KSPIN_EXECUTIVE_(release)(lock);                                         \
  } while (0)

KSPIN_API VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock) {
  if (KSPIN_MAY_INITIALISE(SpinLock))
    *SpinLock = 0;
}

KSPIN_API KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock) {
  KIRQL old;
  KSPIN_RAISE_AND_ACQUIRE(RAISE, SpinLock, DISPATCH_LEVEL, old);
  return old;
}

KSPIN_API VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql) {
  KIRQL old;
  KSPIN_RAISE_AND_ACQUIRE(RAISE, SpinLock, DISPATCH_LEVEL, old);
  *OldIrql = old;
}

KSPIN_API KIRQL KfAcquireSpinLock(PKSPIN_LOCK SpinLock) {
  KIRQL old;
  KSPIN_RAISE_AND_ACQUIRE(RAISE, SpinLock, DISPATCH_LEVEL, old);
  return old;
}

KSPIN_API VOID ExAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql) {
  KIRQL old;
  KSPIN_RAISE_AND_ACQUIRE(RAISE, SpinLock, DISPATCH_LEVEL, old);
  *OldIrql = old;
}

KSPIN_API KIRQL KeAcquireSpinLockRaiseToSynch(PKSPIN_LOCK SpinLock) {
  KIRQL old;
  KSPIN_RAISE_AND_ACQUIRE(SYNCH, SpinLock, SYNCH_LEVEL, old);
  return old;
}

KSPIN_API VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql) {
  KSPIN_RELEASE_AND_LOWER(RAISE, SpinLock, NewIrql);
}

KSPIN_API VOID KfReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql) {
  KSPIN_RELEASE_AND_LOWER(RAISE, SpinLock, NewIrql);
}

KSPIN_API VOID ExReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql) {
  KSPIN_RELEASE_AND_LOWER(RAISE, SpinLock, NewIrql);
}

KSPIN_API VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_ACQUIRE_ONLY(SpinLock);
}

KSPIN_API VOID KefAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_ACQUIRE_ONLY(SpinLock);
}

KSPIN_API VOID ExAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_ACQUIRE_ONLY(SpinLock);
}

KSPIN_API VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_RELEASE_ONLY(SpinLock);
}

KSPIN_API VOID KefReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_RELEASE_ONLY(SpinLock);
}

KSPIN_API VOID ExReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock) {
  KSPIN_RELEASE_ONLY(SpinLock);
}

KSPIN_API BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock) {
  if (!KSPIN_MAY_ACQUIRE(ORDINARY, TRY, SpinLock, NULL) ||
      !KSPIN_EXECUTIVE_(try_acquire)(SpinLock))
    return FALSE;
  KSPIN_ACQUIRED(ORDINARY, TRY, SpinLock, NULL, lock_irql);
  return TRUE;
}

KSPIN_API BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock) {
  return KSPIN_EXECUTIVE_(is_held)(SpinLock) ? FALSE : TRUE;
}

/* Whether a ForDpc acquire raises from here. */
LOCK_INLINE bool kspin_for_dpc_raises(void) {
  return lock_irql < DISPATCH_LEVEL &&
         (lock_in_threaded_dpc ||
          !lock_profile_has(KSPIN_PROFILE_FORDPC_KERNEL));
}

KSPIN_API KIRQL KeAcquireSpinLockForDpc(PKSPIN_LOCK SpinLock) {
  KIRQL level = kspin_for_dpc_raises() ? DISPATCH_LEVEL : lock_irql, old;
  KSPIN_RAISE_AND_ACQUIRE(FOR_DPC, SpinLock, level, old);
  return old;
}

KSPIN_API VOID KeReleaseSpinLockForDpc(PKSPIN_LOCK SpinLock, KIRQL OldIrql) {
  if (!KSPIN_MAY_RELEASE(ORDINARY, FOR_DPC, SpinLock, NULL, OldIrql))
    return;
  KSPIN_EXECUTIVE_(release)(SpinLock);
  if (OldIrql < DISPATCH_LEVEL)
    kspin_lower(OldIrql);
}
