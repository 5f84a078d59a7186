/* nt-api.md 3.6, 3.7 and 3.10 in checked mode: threaded DPCs, interrupts, the
 * cancel lock, ExInterlocked, addresses, long holds. */
#include "locks/test/nt/misuse.h"

static KSPIN_LOCK shared;

static VOID at_dpc_in_threaded(PVOID unused) {
  (void)unused;
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&shared);
  KeReleaseSpinLockFromDpcLevel(&shared);
  KeLowerIrql(old);
  KeAcquireSpinLock(&shared, &old); /* may be used everywhere */
  KeReleaseSpinLock(&shared, old);
  old = KeAcquireSpinLockForDpc(&shared);
  KeReleaseSpinLockForDpc(&shared, old);
}

static const char *at_dpc_in_threaded_dpc(void) {
  nt_record();
  nt_fresh(&shared);
  NtSimThreadedDpc(at_dpc_in_threaded, NULL, TRUE);
  NT_EXPECT(nt_reported_some(0xC4, 0xE0000024, 3));
  NT_EXPECT(nt_reported_some(0xC4, 0xE0000024, 3));
  NT_END(shared);
}

static const char *for_dpc_outside(void) {
  nt_record();
  nt_fresh(&shared);
  KIRQL old = KeAcquireSpinLockForDpc(&shared);
  NT_EXPECT(nt_reported_some(0xC4, 0xE0000024, 4));
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeReleaseSpinLockForDpc(&shared, old);
  NT_END(shared);
}

static const char *isr_shares_a_lock(void) {
  ULONG word = 0;
  KIRQL old, before;
  nt_record();
  nt_fresh(&shared);
  (void)ExInterlockedAddUlong(&word, 1, &shared);
  KeAcquireSpinLock(&shared, &old);
  KeReleaseSpinLock(&shared, old);
  NT_EXPECT(nt_silent()); /* all at or below DISPATCH_LEVEL */
  KeRaiseIrql(7, &before);
  (void)ExInterlockedAddUlong(&word, 1, &shared);
  NT_EXPECT(nt_reported_some(0xC4, 0xE000002A, NT_AT(&shared)));
  KeLowerIrql(before);
  NT_END(shared);
}

static const char *interlocked_by_the_holder(void) {
  ULONG word = 0;
  KIRQL old;
  nt_record();
  nt_fresh(&shared);
  KeAcquireSpinLock(&shared, &old);
  (void)ExInterlockedAddUlong(&word, 1, &shared);
  NT_EXPECT(nt_reported(0xF, NT_AT(&shared), 0, 0, 0));
  KeReleaseSpinLock(&shared, old);
  NT_END(shared);
}

static BOOLEAN serve(struct _KINTERRUPT *interrupt, PVOID context) {
  KIRQL old;
  (void)interrupt;
  if (context != NULL)
    KeRaiseIrql(HIGH_LEVEL, &old);
  return TRUE;
}

static const char *interrupt_above(void) {
  KINTERRUPT interrupt;
  KIRQL before;
  nt_record();
  NtLockStorageFreed(&interrupt, sizeof interrupt);
  NtSimInterruptCreate(&interrupt, serve, NULL, 7, FALSE);
  KeRaiseIrql(9, &before);
  KIRQL old = KeAcquireInterruptSpinLock(&interrupt);
  NT_EXPECT(nt_reported(0xC4, 0x42, 9, NT_AT(interrupt.ActualLock), 0));
  KeReleaseInterruptSpinLock(&interrupt, old);
  KeLowerIrql(before);
  NT_END(interrupt);
}

static const char *interrupt_passive(void) {
  KINTERRUPT interrupt;
  nt_record();
  NtLockStorageFreed(&interrupt, sizeof interrupt);
  NtSimInterruptCreate(&interrupt, serve, NULL, 0, TRUE);
  KIRQL old = KeAcquireInterruptSpinLock(&interrupt);
  NT_EXPECT(nt_reported(0x13B, 1, NT_AT(&interrupt), 0, 0));
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == PASSIVE_LEVEL);
  NT_END(interrupt);
}

static const char *isr_changes_the_level(void) {
  KINTERRUPT interrupt;
  nt_record();
  NtLockStorageFreed(&interrupt, sizeof interrupt);
  NtSimInterruptCreate(&interrupt, serve, &shared, 7, FALSE);
  NT_EXPECT(NtSimInterrupt(&interrupt) == TRUE);
  NT_EXPECT(nt_reported(0xC4, 0x111, NT_AT(serve), 7, HIGH_LEVEL));
  KeLowerIrql(PASSIVE_LEVEL); /* closes the ISR's raise */
  NT_EXPECT(nt_take(&(struct kspin_bug_check){0}) || true);
  NT_END(interrupt);
}

static VOID keeps_the_lock(struct _IRP *irp) {
  (void)irp;
}

static const char *cancel_returns_with_the_lock(void) {
  IRP irp = {0};
  nt_record();
  NtSimCancelIrp(&irp, keeps_the_lock);
  NT_EXPECT(nt_reported(0x11B, NT_AT(&irp), NT_AT(keeps_the_lock), 0, 0));
  IoReleaseCancelSpinLock(irp.CancelIrql);
  KIRQL old, again;
  IoAcquireCancelSpinLock(&old);
  IoAcquireCancelSpinLock(&again);
  NT_EXPECT(nt_take(&(struct kspin_bug_check){0}));
  IoReleaseCancelSpinLock(old);
  NT_END(irp);
}

static const char *addresses(void) {
  struct {
    char odd;
    KSPIN_LOCK lock;
  } __attribute__((packed, aligned(8))) object = {0, 0};
  PKSPIN_LOCK lock = (PKSPIN_LOCK)(void *)(&object.odd + 1);
  KIRQL old;
  nt_record();
  KeInitializeSpinLock(lock);
  NT_EXPECT(nt_reported(0xC4, 0xE0000026, NT_AT(lock), 0, 0));
  KeAcquireSpinLock(lock, &old);
  NT_EXPECT(nt_reported(0xC4, 0xE0000026, NT_AT(lock), 0, 0));
  NT_END(object);
}

static const char *no_address(void) {
  KSPIN_LOCK none = 0;
  PKSPIN_LOCK null = NULL;
  KIRQL old;
  nt_record();
  KeInitializeSpinLock(null);
  NT_EXPECT(nt_reported(0xC4, 0xE0000027, 0, 0, 0));
  KeAcquireSpinLock(null, &old);
  NT_EXPECT(nt_reported(0xC4, 0xE0000027, 0, 0, 0));
  KeReleaseSpinLock(null, old);
  NT_EXPECT(nt_reported(0xC4, 0xE0000027, 0, 0, 0));
  NT_END(none);
}

static const char *long_holds(void) {
  KIRQL old;
  nt_record();
  nt_fresh(&shared);
  unsigned long long before = kspin_long_holds();
  unsigned long long limit = kspin_set_hold_limit_ns(~0ull >> 1, 1);
  KeAcquireSpinLock(&shared, &old);
  KeReleaseSpinLock(&shared, old);
  NT_EXPECT(nt_silent() && kspin_long_holds() == before);
  (void)kspin_set_hold_limit_ns(1, 1);
  KeAcquireSpinLock(&shared, &old);
  for (volatile unsigned i = 0; i < 1000; i++)
    ;
  KeReleaseSpinLock(&shared, old);
  (void)kspin_set_hold_limit_ns(limit, 0);
  NT_EXPECT(nt_reported(0x133, 1, 1, 0, 0));
  NT_EXPECT(kspin_long_holds() == before + 1);
  NT_END(shared);
}

static const struct nt_behaviour rows[] = {
    {51, "DOC", "K:synchronization-and-threaded-dpcs", NT_EXECUTIVE,
     NT_MISUSE(36), "the AtDpcLevel pair in a threaded DPC is reported",
     at_dpc_in_threaded_dpc},
    {99, "DOC", "nt-api.md 2.8", NT_EXECUTIVE, NT_MISUSE(36),
     "a ForDpc acquire outside of a threaded DPC is reported", for_dpc_outside},
    {93, "DOC", "K:providing-storage-for-spin-locks-and-protected-data",
     NT_EXECUTIVE, NT_MISUSE(42),
     "a lock shared by an ISR and Ke routines is reported", isr_shares_a_lock},
    {94, "SAL", "nt-api.md 2.10", NT_EXECUTIVE, NT_MISUSE(37),
     "ExInterlocked with a lock that the caller holds is reported",
     interlocked_by_the_holder},
    {126, "DOC", "D:keacquireinterruptspinlock", NT_EXECUTIVE, NT_MISUSE(4),
     "an interrupt lock above SynchronizeIrql is reported", interrupt_above},
    {126, "DOC", "B:0x13B", NT_EXECUTIVE, NT_MISUSE(33),
     "the spin lock of a passive-level interrupt is reported",
     interrupt_passive},
    {40, "DOC", "nt-api.md 4.2", NT_EXECUTIVE, NT_MISUSE(30),
     "an ISR that changes the level is reported", isr_changes_the_level},
    {129, "DOC", "B:0x11B", NT_EXECUTIVE, NT_MISUSE(32),
     "a Cancel routine that returns with the lock is reported",
     cancel_returns_with_the_lock},
    {0, "derived", "nt-api.md 4.3", NT_EXECUTIVE, NT_MISUSE(38),
     "a misaligned lock is reported", addresses},
    {0, "derived", "nt-api.md 4.3", NT_EXECUTIVE, NT_MISUSE(39),
     "a null lock is reported", no_address},
    {0, "DOC", "nt-api.md 2.0", NT_EXECUTIVE, NT_MISUSE(40),
     "a hold beyond the limit is counted, and reported if wanted", long_holds},
};

const struct nt_table NT_NAMED(nt_misuse_rest) = NT_TABLE(rows);
