/* nt-api.md 3.10: interrupt spin locks and the cancel lock. */
#include "locks/test/nt/team.h"

enum { LEVEL = 7, TURNS = 2000 };

static KINTERRUPT interrupt;
static KIRQL seen_level;
static BOOLEAN seen_free;

static BOOLEAN serve(struct _KINTERRUPT *unused, PVOID result) {
  (void)unused;
  seen_level = KeGetCurrentIrql();
  seen_free = KeTestSpinLock(interrupt.ActualLock);
  return *(BOOLEAN *)result;
}

static BOOLEAN synchronized(PVOID result) {
  return serve(NULL, result);
}

static const char *pair(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, DISPATCH_LEVEL, LEVEL};
  NtSimInterruptCreate(&interrupt, serve, NULL, LEVEL, FALSE);
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL before;
    KeRaiseIrql(levels[i], &before);
    KIRQL old = KeAcquireInterruptSpinLock(&interrupt);
    NT_EXPECT(old == levels[i] && KeGetCurrentIrql() == LEVEL);
    NT_EXPECT(KeTestSpinLock(interrupt.ActualLock) == FALSE);
    KeReleaseInterruptSpinLock(&interrupt, old);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    NT_EXPECT(KeTestSpinLock(interrupt.ActualLock) == TRUE);
    KeLowerIrql(before);
  }
  return NULL;
}

static const char *synchronizes(void) {
  static BOOLEAN results[] = {FALSE, TRUE};
  NtSimInterruptCreate(&interrupt, serve, &results[1], LEVEL, FALSE);
  for (unsigned i = 0; i < 2; i++) {
    NT_EXPECT(KeSynchronizeExecution(&interrupt, synchronized, &results[i]) ==
              results[i]);
    NT_EXPECT(seen_level == LEVEL && seen_free == FALSE);
    NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
    NT_EXPECT(KeTestSpinLock(interrupt.ActualLock) == TRUE);
  }
  NT_EXPECT(NtSimInterrupt(&interrupt) == TRUE && seen_level == LEVEL);
  NtSimInterruptCreate(&interrupt, serve, NULL, LEVEL, TRUE);
  NT_EXPECT(KeSynchronizeExecution(&interrupt, synchronized, &results[1]));
  NT_EXPECT(seen_level == PASSIVE_LEVEL && seen_free == FALSE);
  return NULL;
}

static unsigned long count;

static void take_turns(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  for (unsigned i = 0; i < TURNS; i++) {
    KIRQL old;
    IoAcquireCancelSpinLock(&old);
    count++;
    IoReleaseCancelSpinLock(old);
    if (i % 8 == 0)
      sched_yield();
  }
}

static VOID cancel(struct _IRP *irp) {
  seen_level = KeGetCurrentIrql();
  IoReleaseCancelSpinLock(irp->CancelIrql);
}

static const char *cancel_lock(void) {
  struct nt_waiter others[2];
  IRP irp = {0};
  KIRQL old = HIGH_LEVEL;
  IoAcquireCancelSpinLock(&old);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == DISPATCH_LEVEL);
  IoReleaseCancelSpinLock(old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  IoAcquireVpbSpinLock(&old);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == DISPATCH_LEVEL);
  IoReleaseVpbSpinLock(old);
  NtSimCancelIrp(&irp, cancel);
  NT_EXPECT(seen_level == DISPATCH_LEVEL);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  count = 0;
  for (unsigned i = 0; i < 2; i++)
    NT_EXPECT(nt_waiter_start(&others[i], take_turns, NULL));
  for (unsigned i = 0; i < 2; i++)
    nt_waiter_end(&others[i]);
  NT_EXPECT(count == 2ul * TURNS);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {125, "DOC", "D:keacquireinterruptspinlock", NT_EXECUTIVE, LOCK_TEST,
     "an interrupt lock is held at SynchronizeIrql, and the level restored",
     pair},
    {127, "DOC", "D:kesynchronizeexecution", NT_EXECUTIVE, LOCK_TEST,
     "KeSynchronizeExecution calls with the lock held, passes the result on",
     synchronizes},
    {128, "DOC", "D:ioacquirecancelspinlock", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "the cancel lock excludes everybody, at DISPATCH_LEVEL", cancel_lock},
};

const struct nt_table NT_NAMED(nt_interrupt) = NT_TABLE(rows);
