/* nt-api.md 3.7 and 3.6: the ForDpc forms of in-stack queued locks. */
#include "locks/test/nt/team.h"

static const char *failure;

static const char *pair(KIRQL at, KIRQL held_at) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  for (unsigned i = 0; i < 2; i++) {
    KeAcquireInStackQueuedSpinLockForDpc(&lock, &handle);
    NT_EXPECT(handle.OldIrql == at && KeGetCurrentIrql() == held_at);
    KeReleaseInStackQueuedSpinLockForDpc(&handle);
    NT_EXPECT(KeGetCurrentIrql() == at);
  }
  return NULL;
}

static VOID at_passive(PVOID unused) {
  (void)unused;
  failure = pair(PASSIVE_LEVEL, DISPATCH_LEVEL);
}

static VOID at_dispatch(PVOID unused) {
  (void)unused;
  failure = pair(DISPATCH_LEVEL, DISPATCH_LEVEL);
}

static const char *both_levels(void) {
  NtSimThreadedDpc(at_passive, NULL, TRUE);
  if (failure == NULL)
    NtSimThreadedDpc(at_dispatch, NULL, FALSE);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return failure;
}

static const char *raise_to_synch(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  KeAcquireInStackQueuedSpinLockRaiseToSynch(&lock, &handle);
  NT_EXPECT(KeGetCurrentIrql() == SYNCH_LEVEL);
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

enum { TURNS = 2000 };
static KSPIN_LOCK shared;
static unsigned long count;

static VOID count_in_dpc(PVOID unused) {
  (void)unused;
  for (unsigned i = 0; i < TURNS; i++) {
    KLOCK_QUEUE_HANDLE handle;
    KeAcquireInStackQueuedSpinLockForDpc(&shared, &handle);
    count++;
    KeReleaseInStackQueuedSpinLockForDpc(&handle);
    if (i % 8 == 0)
      sched_yield();
  }
}

static void be_a_dpc(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  NtSimThreadedDpc(count_in_dpc, NULL, TRUE);
}

static const char *both_forms_exclude(void) {
  struct nt_waiter other;
  KeInitializeSpinLock(&shared);
  count = 0;
  NT_EXPECT(nt_waiter_start(&other, be_a_dpc, NULL));
  for (unsigned i = 0; i < TURNS; i++) {
    KLOCK_QUEUE_HANDLE handle;
    KeAcquireInStackQueuedSpinLock(&shared, &handle);
    count++;
    KeReleaseInStackQueuedSpinLock(&handle);
    if (i % 8 == 0)
      sched_yield();
  }
  nt_waiter_end(&other);
  NT_EXPECT(count == 2ul * TURNS);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {62, "OBS", "nt-api.md 2.2", NT_QUEUED, 0,
     "RaiseToSynch holds at SYNCH_LEVEL and restores", raise_to_synch},
    {92, "DOC", "K:synchronization-and-threaded-dpcs", NT_QUEUED,
     LOCK_EXCLUSIVE, "ForDpc and plain users of one lock exclude each other",
     both_forms_exclude},
    {97, "DOC", "nt-api.md 2.2", NT_QUEUED, 0,
     "in-stack ForDpc raises from PASSIVE_LEVEL, leaves DISPATCH_LEVEL",
     both_levels},
};

const struct nt_table NT_NAMED(nt_queued_threaded) = NT_TABLE(rows);
