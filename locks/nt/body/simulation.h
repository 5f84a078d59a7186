/* The parts of Windows around the locks. The includer defines what
 * locks/nt/bodies.h names. */

KSPIN_API VOID NtSimInterruptCreate(PKINTERRUPT Interrupt,
                                    PKSERVICE_ROUTINE Routine, PVOID Context,
                                    KIRQL SynchronizeIrql, BOOLEAN Passive) {
  *Interrupt = (KINTERRUPT){
      .ActualLock = &Interrupt->SpinLock,
      .ServiceRoutine = Routine,
      .ServiceContext = Context,
      .SynchronizeIrql = Passive ? PASSIVE_LEVEL : SynchronizeIrql,
      .PassiveLevel = Passive,
  };
}

KSPIN_API VOID NtSimDispatch(SIM_ROUTINE *Routine, PVOID Context) {
  KIRQL level = lock_irql;
  unsigned held = KSPIN_HELD();
  Routine(Context);
  KSPIN_RETURNED(DISPATCH, Routine, NULL, level, held);
}

KSPIN_API VOID NtSimDpc(SIM_ROUTINE *Routine, PVOID Context) {
  bool outer = lock_in_dpc;
  KIRQL old = kspin_raise(DISPATCH_LEVEL);
  unsigned held = KSPIN_HELD();
  lock_in_dpc = true;
  Routine(Context);
  lock_in_dpc = outer;
  KSPIN_RETURNED(DISPATCH, Routine, NULL, DISPATCH_LEVEL, held);
  kspin_lower(old);
}

KSPIN_API VOID NtSimThreadedDpc(SIM_ROUTINE *Routine, PVOID Context,
                                BOOLEAN Enabled) {
  if (!Enabled) {
    NtSimDpc(Routine, Context);
    return;
  }
  KIRQL level = lock_irql;
  unsigned held = KSPIN_HELD();
  lock_in_threaded_dpc = true;
  Routine(Context);
  lock_in_threaded_dpc = false;
  KSPIN_RETURNED(DISPATCH, Routine, NULL, level, held);
}

KSPIN_API VOID NtSimCancelIrp(PIRP Irp, SIM_CANCEL_ROUTINE *Routine) {
  KIRQL level = lock_irql;
  unsigned held = KSPIN_HELD();
  IoAcquireCancelSpinLock(&Irp->CancelIrql);
  Routine(Irp);
  KSPIN_RETURNED(CANCEL, Routine, Irp, level, held);
}

KSPIN_API VOID NtSimWait(PVOID Object, ULONGLONG Timeout) {
  (void)Object, (void)Timeout;
  KSPIN_WAITING(Object, Timeout);
}

KSPIN_API VOID NtAssertNoSpinLocksHeld(VOID) {
  KSPIN_COMPLETING();
}

KSPIN_API VOID NtLockStorageFreed(PVOID Storage, SIZE_T Length) {
  (void)Storage, (void)Length;
  KSPIN_FREED(Storage, Length);
}
