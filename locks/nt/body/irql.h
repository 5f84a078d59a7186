/* The IRQL routines. The includer defines what locks/nt/bodies.h names. */

KSPIN_API KIRQL KeGetCurrentIrql(VOID) {
  return lock_irql;
}

KSPIN_API VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql) {
  KSPIN_RAISING(NewIrql, RAISE);
  *OldIrql = kspin_raise(NewIrql);
}

KSPIN_API VOID KeLowerIrql(KIRQL NewIrql) {
  KSPIN_LOWERED(NewIrql);
  kspin_lower(NewIrql);
}

KSPIN_API KIRQL KeRaiseIrqlToDpcLevel(VOID) {
  KSPIN_RAISING(DISPATCH_LEVEL, TO_LEVEL);
  return kspin_raise(DISPATCH_LEVEL);
}

KSPIN_API KIRQL KeRaiseIrqlToSynchLevel(VOID) {
  KSPIN_RAISING(SYNCH_LEVEL, TO_LEVEL);
  return kspin_raise(SYNCH_LEVEL);
}

KSPIN_API KIRQL KfRaiseIrql(KIRQL NewIrql) {
  KSPIN_RAISING(NewIrql, RAISE);
  return kspin_raise(NewIrql);
}

KSPIN_API VOID KfLowerIrql(KIRQL NewIrql) {
  KSPIN_LOWERED(NewIrql);
  kspin_lower(NewIrql);
}

KSPIN_API KIRQL KzRaiseIrql(KIRQL NewIrql) {
  KSPIN_RAISING(NewIrql, RAISE);
  return kspin_raise(NewIrql);
}

KSPIN_API VOID KzLowerIrql(KIRQL NewIrql) {
  KSPIN_LOWERED(NewIrql);
  kspin_lower(NewIrql);
}
