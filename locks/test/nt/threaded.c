/* nt-api.md 3.7 and 3.6: the ForDpc forms of ordinary locks. */
#include "locks/nt/kspin.h"
#include "locks/test/nt/team.h"

static const char *failure;

static const char *pair(KIRQL at, KIRQL held_at) {
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  NT_EXPECT(KeGetCurrentIrql() == at);
  KIRQL old = KeAcquireSpinLockForDpc(&lock);
  NT_EXPECT(old == at && KeGetCurrentIrql() == held_at);
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLockForDpc(&lock, old);
  NT_EXPECT(KeGetCurrentIrql() == at && KeTestSpinLock(&lock) == TRUE);
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

static VOID raised_by_hand(PVOID unused) {
  (void)unused;
  KIRQL old = KeRaiseIrqlToDpcLevel();
  failure = pair(DISPATCH_LEVEL, DISPATCH_LEVEL);
  KeLowerIrql(old);
}

static const char *raises_from_passive(void) {
  NtSimThreadedDpc(at_passive, NULL, TRUE);
  return failure;
}

static const char *keeps_dispatch(void) {
  NtSimThreadedDpc(raised_by_hand, NULL, TRUE);
  return failure;
}

static const char *disabled_runs_at_dispatch(void) {
  NtSimThreadedDpc(at_dispatch, NULL, FALSE);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return failure;
}

static const char *outside_both_profiles(void) {
  const char *page = pair(PASSIVE_LEVEL, DISPATCH_LEVEL);
  unsigned before = kspin_set_profile(KSPIN_PROFILE_FORDPC_KERNEL);
  const char *kernel = pair(PASSIVE_LEVEL, PASSIVE_LEVEL);
  (void)kspin_set_profile(before);
  return page != NULL ? page : kernel;
}

enum { TURNS = 2000 };
static KSPIN_LOCK shared;
static unsigned long count;

static VOID count_in_dpc(PVOID unused) {
  (void)unused;
  for (unsigned i = 0; i < TURNS; i++) {
    KIRQL old = KeAcquireSpinLockForDpc(&shared);
    count++;
    KeReleaseSpinLockForDpc(&shared, old);
  }
}

static void be_a_dpc(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  NtSimThreadedDpc(count_in_dpc, NULL, TRUE);
}

static const char *both_forms_exclude(void) {
  struct nt_waiter other;
  KIRQL old;
  KeInitializeSpinLock(&shared);
  count = 0;
  NT_EXPECT(nt_waiter_start(&other, be_a_dpc, NULL));
  for (unsigned i = 0; i < TURNS; i++) {
    KeAcquireSpinLock(&shared, &old);
    count++;
    KeReleaseSpinLock(&shared, old);
    if (i % 8 == 0)
      sched_yield();
  }
  nt_waiter_end(&other);
  NT_EXPECT(count == 2ul * TURNS);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {92, "DOC", "K:synchronization-and-threaded-dpcs", NT_EXECUTIVE,
     LOCK_EXCLUSIVE, "ForDpc and plain users of one lock exclude each other",
     both_forms_exclude},
    {95, "DOC", "D:keacquirespinlockfordpc", NT_EXECUTIVE, LOCK_TEST,
     "in a threaded DPC at PASSIVE_LEVEL the pair raises and restores",
     raises_from_passive},
    {96, "DOC", "D:keacquirespinlockfordpc", NT_EXECUTIVE, LOCK_TEST,
     "in a threaded DPC at DISPATCH_LEVEL the pair leaves it", keeps_dispatch},
    {98, "DOC", "D:kereleasespinlockfordpc", NT_EXECUTIVE, LOCK_TEST,
     "a ForDpc release with DISPATCH_LEVEL does not lower", keeps_dispatch},
    {99, "OBS", "nt-api.md 2.8", NT_EXECUTIVE, LOCK_TEST,
     "outside of a threaded DPC the pages raise and kernels do not",
     outside_both_profiles},
    {100, "DOC", "K:introduction-to-threaded-dpcs", NT_EXECUTIVE, LOCK_TEST,
     "with threaded DPCs disabled the routine runs at DISPATCH_LEVEL",
     disabled_runs_at_dispatch},
};

const struct nt_table NT_NAMED(nt_threaded) = NT_TABLE(rows);
