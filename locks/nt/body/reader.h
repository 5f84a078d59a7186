/* Reader/writer spin locks. The includer defines what locks/nt/bodies.h
 * names. */

/* Raises and acquires; `old` is the level at the call. */
#define KSPIN_ENTER(form, mode, lock, old)                                     \
  do {                                                                         \
    old = lock_irql;                                                           \
    if (!KSPIN_MAY_ACQUIRE(READER, form, lock, NULL))                          \
      break;                                                                   \
    (void)kspin_raise(DISPATCH_LEVEL);                                         \
    KSPIN_READER_(acquire_##mode)(lock);                                       \
    KSPIN_ACQUIRED(READER, form, lock, NULL, old);                             \
  } while (0)

#define KSPIN_LEAVE(form, mode, lock, level)                                   \
  do {                                                                         \
    if (!KSPIN_MAY_RELEASE(READER, form, lock, NULL, level))                   \
      break;                                                                   \
    KSPIN_READER_(release_##mode)(lock);                                       \
    kspin_lower(level);                                                        \
  } while (0)

KSPIN_API KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock) {
  KIRQL old;
  KSPIN_ENTER(RAISE, exclusive, SpinLock, old);
  return old;
}

KSPIN_API KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock) {
  KIRQL old;
  KSPIN_ENTER(RAISE | CHECK_SHARED, shared, SpinLock, old);
  return old;
}

KSPIN_API VOID ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock,
                                          KIRQL OldIrql) {
  KSPIN_LEAVE(RAISE, exclusive, SpinLock, OldIrql);
}

KSPIN_API VOID ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql) {
  KSPIN_LEAVE(RAISE | CHECK_SHARED, shared, SpinLock, OldIrql);
}

KSPIN_API VOID ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock) {
  if (!KSPIN_MAY_ACQUIRE(READER, DPC, SpinLock, NULL))
    return;
  KSPIN_READER_(acquire_exclusive)(SpinLock);
  KSPIN_ACQUIRED(READER, DPC, SpinLock, NULL, lock_irql);
}

KSPIN_API VOID ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock) {
  if (!KSPIN_MAY_ACQUIRE(READER, DPC | CHECK_SHARED, SpinLock, NULL))
    return;
  KSPIN_READER_(acquire_shared)(SpinLock);
  KSPIN_ACQUIRED(READER, DPC | CHECK_SHARED, SpinLock, NULL, lock_irql);
}

KSPIN_API VOID ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock) {
  if (KSPIN_MAY_RELEASE(READER, DPC, SpinLock, NULL, lock_irql))
    KSPIN_READER_(release_exclusive)(SpinLock);
}

KSPIN_API VOID ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock) {
  if (KSPIN_MAY_RELEASE(READER, DPC | CHECK_SHARED, SpinLock, NULL, lock_irql))
    KSPIN_READER_(release_shared)(SpinLock);
}

KSPIN_API LOGICAL ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock) {
  if (!KSPIN_MAY_CONVERT(SpinLock))
    return FALSE;
  bool done = lock_profile_has(KSPIN_PROFILE_CONVERT_DRAINS)
                  ? KSPIN_READER_(convert_draining)(SpinLock)
                  : KSPIN_READER_(try_convert)(SpinLock);
  if (!done)
    return FALSE;
  KSPIN_CONVERTED(SpinLock);
  return TRUE;
}
