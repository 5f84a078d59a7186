/* nt-api.md 3.5 in checked mode: misuse of in-stack and numbered locks. */
#include <string.h>

#include "locks/test/nt/misuse.h"

static const char *recursion(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE first, second;
  nt_record();
  nt_fresh(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &first);
  KeAcquireInStackQueuedSpinLock(&lock, &second);
  NT_EXPECT(nt_reported(0xC4, 0x1000, NT_AT(&lock), 0, 0));
  KeReleaseInStackQueuedSpinLock(&first);
  KIRQL old = KeAcquireQueuedSpinLock(LockQueueMasterLock);
  (void)KeAcquireQueuedSpinLock(LockQueueMasterLock);
  NT_EXPECT(nt_take(&(struct kspin_bug_check){0}));
  KeReleaseQueuedSpinLock(LockQueueMasterLock, old);
  NT_END(lock);
}

static const char *copied_handle(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle, copy;
  nt_record();
  nt_fresh(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  memcpy(&copy, &handle, sizeof copy);
  KeReleaseInStackQueuedSpinLock(&copy);
  NT_EXPECT(nt_reported(0xC4, 0xE0000016, NT_AT(&copy), NT_AT(&handle), 0));
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_END(lock);
}

static const char *handle_used_twice(void) {
  KSPIN_LOCK locks[2];
  KLOCK_QUEUE_HANDLE handle;
  nt_record();
  for (unsigned i = 0; i < 2; i++)
    nt_fresh(&locks[i]);
  KeAcquireInStackQueuedSpinLock(&locks[0], &handle);
  KeAcquireInStackQueuedSpinLock(&locks[1], &handle);
  NT_EXPECT(nt_reported(0xC4, 0xE0000015, NT_AT(&handle), NT_AT(&locks[1]),
                        NT_AT(&locks[0])));
  KeReleaseInStackQueuedSpinLock(&handle);
  KeAcquireInStackQueuedSpinLock(&locks[1], &handle); /* after release: fine */
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_END(locks);
}

static const char *release_out_of_order(void) {
  KSPIN_LOCK locks[2];
  KLOCK_QUEUE_HANDLE handles[2];
  nt_record();
  for (unsigned i = 0; i < 2; i++) {
    nt_fresh(&locks[i]);
    KeAcquireInStackQueuedSpinLock(&locks[i], &handles[i]);
  }
  KeReleaseInStackQueuedSpinLock(&handles[0]);
  NT_EXPECT(nt_reported(0xC4, 0x1003, NT_AT(&locks[0]), NT_AT(&locks[1]), 0));
  NT_EXPECT(nt_reported(0xC4, 0xE0000017, NT_AT(&locks[1]), DISPATCH_LEVEL,
                        PASSIVE_LEVEL));
  (void)KeRaiseIrqlToDpcLevel();
  KeReleaseInStackQueuedSpinLock(&handles[1]);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(PASSIVE_LEVEL);
  NT_END(locks);
}

static const char *above_dispatch(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeRaiseIrql(7, &old);
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&lock, &handle);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  NT_EXPECT(nt_silent()); /* the profile of the pages */
  unsigned profile = kspin_set_profile(KSPIN_PROFILE_STRICT);
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&lock, &handle);
  NT_EXPECT(nt_silent()); /* its page allows it */
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  (void)kspin_set_profile(profile);
  NT_EXPECT(nt_reported_rule(0x20003, "IrqlDispatch", 0, 0));
  KeLowerIrql(old);
  NT_END(lock);
}

static const char *below_dispatch(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  nt_record();
  nt_fresh(&lock);
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&lock, &handle);
  NT_EXPECT(nt_reported(0xC4, 0x40, PASSIVE_LEVEL, NT_AT(&lock), 0));
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  NT_EXPECT(nt_reported(0xC4, 0x41, PASSIVE_LEVEL, NT_AT(&lock), 0));
  NT_END(lock);
}

static const char *raising_with_from_dpc(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  nt_record();
  nt_fresh(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  NT_EXPECT(nt_reported_some(0xC4, 0xE000000D, NT_AT(&lock)));
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(PASSIVE_LEVEL);
  NT_END(lock);
}

static const char *dpc_with_restoring(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  nt_record();
  nt_fresh(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&lock, &handle);
  handle.OldIrql = DISPATCH_LEVEL; /* meaningless: what is in memory */
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(nt_reported_some(0xC4, 0xE000000D, NT_AT(&lock)));
  KeLowerIrql(old);
  NT_END(lock);
}

static const char *acquire_above(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeRaiseIrql(7, &old);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  NT_EXPECT(nt_reported(0xC4, 0x42, 7, NT_AT(&lock), 0));
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(KeGetCurrentIrql() == 7);
  KeLowerIrql(old);
  NT_END(lock);
}

static const char *release_without_acquire(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  nt_record();
  nt_fresh(&lock);
  memset(&handle, 0, sizeof handle);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(nt_reported(0xC4, 0x1007, NT_AT(&handle), 0, 0));
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  NT_EXPECT(nt_reported(0xC4, 0x1007, NT_AT(&handle), 0, 0));
  KeReleaseQueuedSpinLock(LockQueueVacbLock, DISPATCH_LEVEL);
  NT_EXPECT(nt_take(&(struct kspin_bug_check){0}));
  KeLowerIrql(old);
  NT_END(lock);
}

static void release_it(void *handle) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeReleaseInStackQueuedSpinLock(handle);
  KeLowerIrql(old);
}

static const char *release_by_another(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  nt_record();
  nt_fresh(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  nt_elsewhere(release_it, &handle);
  NT_EXPECT(nt_reported_some(0xC4, 0x1004, NT_AT(&lock)));
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_END(lock);
}

static const char *numbered_level(void) {
  KSPIN_LOCK lock;
  KIRQL old, before;
  nt_record();
  nt_fresh(&lock);
  old = KeAcquireQueuedSpinLock(LockQueueBcbLock);
  KeRaiseIrql(7, &before);
  KeReleaseQueuedSpinLock(LockQueueBcbLock, old);
  NT_EXPECT(nt_reported(0xC4, 0x36, 7, LockQueueBcbLock, old));
  NT_END(lock);
}

static const char *handles_in_any_order(void) {
  KSPIN_LOCK locks[2];
  KLOCK_QUEUE_HANDLE handles[2];
  nt_record();
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < 2; i++) {
    nt_fresh(&locks[i]);
    KeAcquireInStackQueuedSpinLockAtDpcLevel(&locks[i], &handles[i]);
  }
  for (unsigned i = 0; i < 2; i++)
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handles[i]);
  KeLowerIrql(old);
  NT_END(locks);
}

static const struct nt_behaviour rows[] = {
    {73, "DOC", "D:keacquireinstackqueuedspinlock", NT_QUEUED, NT_MISUSE(22),
     "a release through a copied handle is reported", copied_handle},
    {74, "DOC", "K:queued-spin-locks", NT_QUEUED, NT_MISUSE(21),
     "a handle in use that is used again is reported", handle_used_twice},
    {76, "DOC", "L", NT_QUEUED, NT_MISUSE(16),
     "handles released in the order of their acquires are reported",
     release_out_of_order},
    {77, "DOC", "V:wdm-queuedspinlock", NT_QUEUED, NT_MISUSE(2),
     "a recursive acquire is reported and does not hang", recursion},
    {79, "SAL", "nt-api.md 3.5", NT_QUEUED, NT_MISUSE(7),
     "above DISPATCH_LEVEL the strict profile reports the release",
     above_dispatch},
    {80, "DOC", "nt-api.md 3.5", NT_QUEUED, NT_MISUSE(5),
     "AtDpcLevel below DISPATCH_LEVEL is reported", below_dispatch},
    {80, "DOC", "nt-api.md 3.5", NT_QUEUED, NT_MISUSE(6),
     "FromDpcLevel below DISPATCH_LEVEL is reported", below_dispatch},
    {82, "derived", "S-IsqFromDpc", NT_QUEUED, NT_MISUSE(13),
     "FromDpcLevel after the raising acquire is reported",
     raising_with_from_dpc},
    {83, "derived", "nt-api.md 2.9", NT_QUEUED, NT_MISUSE(13),
     "the restoring release of an AtDpcLevel handle is reported",
     dpc_with_restoring},
    {84, "DOC", "PUB", NT_QUEUED, NT_MISUSE(4),
     "a raising acquire above DISPATCH_LEVEL is reported", acquire_above},
    {85, "DOC", "V:wdm-queuedspinlockrelease", NT_QUEUED, NT_MISUSE(14),
     "a release without an acquire is reported", release_without_acquire},
    {86, "DOC", "V:deadlock-detection", NT_QUEUED, NT_MISUSE(15),
     "a release by another thread is reported", release_by_another},
    {139, "derived", "nt-api.md 3.12", NT_QUEUED, 0,
     "AtDpcLevel handles released in any order are not reported",
     handles_in_any_order},
    {0, "DOC", "B:0xC4", NT_QUEUED, NT_MISUSE(8),
     "a numbered lock released at another level is reported", numbered_level},
};

const struct nt_table NT_NAMED(nt_misuse_queued) = NT_TABLE(rows);
