/* Interrupt, cancel and VPB spin locks. The includer defines what
 * locks/nt/bodies.h names. */

KSPIN_API KIRQL KeAcquireInterruptSpinLock(PKINTERRUPT Interrupt) {
  PKSPIN_LOCK lock = Interrupt->ActualLock;
  if (!KSPIN_MAY_ACQUIRE(INTERRUPT, RAISE, lock, Interrupt))
    return lock_irql;
  KIRQL old = kspin_raise(Interrupt->SynchronizeIrql);
  KSPIN_EXECUTIVE_(acquire)(lock);
  KSPIN_ACQUIRED(INTERRUPT, RAISE, lock, Interrupt, old);
  return old;
}

KSPIN_API VOID KeReleaseInterruptSpinLock(PKINTERRUPT Interrupt,
                                          KIRQL OldIrql) {
  PKSPIN_LOCK lock = Interrupt->ActualLock;
  if (!KSPIN_MAY_RELEASE(INTERRUPT, RAISE, lock, Interrupt, OldIrql))
    return;
  KSPIN_EXECUTIVE_(release)(lock);
  kspin_lower(OldIrql);
}

/* Runs `call` at the interrupt's level with its lock held; at PASSIVE_LEVEL
 * for a passive one, where Windows takes an event instead. */
#define KSPIN_SYNCHRONIZED(interrupt, result, call)                            \
  do {                                                                         \
    PKSPIN_LOCK lock = (interrupt)->ActualLock;                                \
    if (!KSPIN_MAY_ACQUIRE(INTERRUPT, SYNCHRONIZE, lock, interrupt))           \
      break;                                                                   \
    KIRQL level =                                                              \
        (interrupt)->PassiveLevel ? lock_irql : (interrupt)->SynchronizeIrql;  \
    KIRQL old = kspin_raise(level);                                            \
    KSPIN_EXECUTIVE_(acquire)(lock);                                           \
    KSPIN_ACQUIRED(INTERRUPT, SYNCHRONIZE, lock, interrupt, old);              \
    unsigned held = KSPIN_HELD();                                              \
    result = call;                                                             \
    KSPIN_RETURNED(SERVICE, (interrupt)->ServiceRoutine, NULL, level, held);   \
    lock_irql = level;                                                         \
    if (!KSPIN_MAY_RELEASE(INTERRUPT, SYNCHRONIZE, lock, interrupt, old))      \
      break;                                                                   \
    KSPIN_EXECUTIVE_(release)(lock);                                           \
    kspin_lower(old);                                                          \
  } while (0)

KSPIN_API BOOLEAN KeSynchronizeExecution(
    PKINTERRUPT Interrupt, PKSYNCHRONIZE_ROUTINE SynchronizeRoutine,
    PVOID SynchronizeContext) {
  BOOLEAN result = FALSE;
  KSPIN_SYNCHRONIZED(Interrupt, result, SynchronizeRoutine(SynchronizeContext));
  return result;
}

KSPIN_API BOOLEAN NtSimInterrupt(PKINTERRUPT Interrupt) {
  BOOLEAN result = FALSE;
  KSPIN_SYNCHRONIZED(
      Interrupt, result,
      Interrupt->ServiceRoutine(Interrupt, Interrupt->ServiceContext));
  return result;
}

#define KSPIN_ACQUIRE_GLOBAL(lock, old)                                        \
  do {                                                                         \
    if (!KSPIN_MAY_ACQUIRE(GLOBAL, RAISE, lock, NULL)) {                       \
      *(old) = lock_irql;                                                      \
      break;                                                                   \
    }                                                                          \
    KIRQL before = kspin_raise(DISPATCH_LEVEL);                                \
    KSPIN_EXECUTIVE_(acquire)(lock);                                           \
    *(old) = before;                                                           \
    KSPIN_ACQUIRED(GLOBAL, RAISE, lock, NULL, before);                         \
  } while (0)

#define KSPIN_RELEASE_GLOBAL(lock, level)                                      \
  do {                                                                         \
    if (!KSPIN_MAY_RELEASE(GLOBAL, RAISE, lock, NULL, level))                  \
      break;                                                                   \
    KSPIN_EXECUTIVE_(release)(lock);                                           \
    kspin_lower(level);                                                        \
  } while (0)

KSPIN_API VOID IoAcquireCancelSpinLock(PKIRQL Irql) {
  KSPIN_ACQUIRE_GLOBAL(&lock_cancel, Irql);
}

KSPIN_API VOID IoReleaseCancelSpinLock(KIRQL Irql) {
  KSPIN_RELEASE_GLOBAL(&lock_cancel, Irql);
}

KSPIN_API VOID IoAcquireVpbSpinLock(PKIRQL Irql) {
  KSPIN_ACQUIRE_GLOBAL(&lock_vpb, Irql);
}

KSPIN_API VOID IoReleaseVpbSpinLock(KIRQL Irql) {
  KSPIN_RELEASE_GLOBAL(&lock_vpb, Irql);
}
