/* nt-api.md 3.5 and 3.12: in-stack queued locks on one thread. */
#include <string.h>

#include "locks/test/nt/behaviour.h"

/* What `Lock` in a handle holds, as a number. */
static ULONG_PTR lock_field(const KLOCK_QUEUE_HANDLE *handle) {
  return (ULONG_PTR)handle->LockQueue.Lock;
}

static const char *raising_pair_at(KIRQL at) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL before;
  KeInitializeSpinLock(&lock);
  KeRaiseIrql(at, &before);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  NT_EXPECT(handle.OldIrql == at);
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(KeGetCurrentIrql() == at);
  KeLowerIrql(before);
  return NULL;
}

static const char *from_passive(void) {
  return raising_pair_at(PASSIVE_LEVEL);
}

static const char *from_apc_and_dispatch(void) {
  const char *failure = raising_pair_at(APC_LEVEL);
  return failure != NULL ? failure : raising_pair_at(DISPATCH_LEVEL);
}

static const char *released_by_handle_alone(void) {
  KSPIN_LOCK locks[2];
  KLOCK_QUEUE_HANDLE handles[2];
  for (unsigned i = 0; i < 2; i++)
    KeInitializeSpinLock(&locks[i]);
  for (unsigned round = 0; round < 2; round++) {
    for (unsigned i = 0; i < 2; i++)
      KeAcquireInStackQueuedSpinLock(&locks[i], &handles[i]);
    for (unsigned i = 2; i-- > 0;)
      KeReleaseInStackQueuedSpinLock(&handles[i]);
    NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  }
  return NULL;
}

static const char *handle_needs_no_initialisation(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  memset(&handle, 0xCC, sizeof handle);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

static const char *handle_keeps_the_level(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, APC_LEVEL, DISPATCH_LEVEL};
  for (unsigned i = 0; i < sizeof levels; i++) {
    const char *failure = raising_pair_at(levels[i]);
    if (failure != NULL)
      return failure;
  }
  return NULL;
}

static const char *layout_while_held(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KSPIN_LOCK word = lock;
  KLOCK_QUEUE_HANDLE seen = handle;
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(word == (KSPIN_LOCK)&handle.LockQueue);
  NT_EXPECT(seen.LockQueue.Next == NULL);
  NT_EXPECT(lock_field(&seen) == (ULONG_PTR)&lock + LOCK_QUEUE_OWNER);
  return NULL;
}

static const char *layout_after_release(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(lock == 0);
  NT_EXPECT(lock_field(&handle) == (ULONG_PTR)&lock);
  NT_EXPECT(handle.LockQueue.Next == NULL);
  return NULL;
}

static const char *handle_used_again(void) {
  KSPIN_LOCK locks[2];
  KLOCK_QUEUE_HANDLE handle;
  for (unsigned i = 0; i < 2; i++)
    KeInitializeSpinLock(&locks[i]);
  for (unsigned i = 0; i < 10; i++) {
    KeAcquireInStackQueuedSpinLock(&locks[i % 2], &handle);
    KeReleaseInStackQueuedSpinLock(&handle);
    NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  }
  return NULL;
}

static const char *order_of_two_handles(void) {
  KSPIN_LOCK a, b;
  KLOCK_QUEUE_HANDLE handle_a, handle_b;
  KeInitializeSpinLock(&a);
  KeInitializeSpinLock(&b);
  KeAcquireInStackQueuedSpinLock(&a, &handle_a);
  KeAcquireInStackQueuedSpinLock(&b, &handle_b);
  KeReleaseInStackQueuedSpinLock(&handle_b);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeReleaseInStackQueuedSpinLock(&handle_a);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  KeAcquireInStackQueuedSpinLock(&a, &handle_a);
  KeAcquireInStackQueuedSpinLock(&b, &handle_b);
  KeReleaseInStackQueuedSpinLock(&handle_a);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL); /* too early: b is held */
  KeReleaseInStackQueuedSpinLock(&handle_b);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(PASSIVE_LEVEL);
  return NULL;
}

static void acquire_twice(void) {
  static KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE first, second;
  KeAcquireInStackQueuedSpinLock(&lock, &first);
  nt_announce();
  KeAcquireInStackQueuedSpinLock(&lock, &second);
}

static const char *recursion_never_returns(void) {
  NT_EXPECT(nt_waits_for_ever(acquire_twice));
  return NULL;
}

static const char *dpc_pair_at(KIRQL at) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL before;
  KeInitializeSpinLock(&lock);
  KeRaiseIrql(at, &before);
  handle.OldIrql = 0xEE;
  for (unsigned i = 0; i < 2; i++) {
    KeAcquireInStackQueuedSpinLockAtDpcLevel(&lock, &handle);
    NT_EXPECT(KeGetCurrentIrql() == at && handle.OldIrql == 0xEE);
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
    NT_EXPECT(KeGetCurrentIrql() == at);
  }
  KeLowerIrql(before);
  return NULL;
}

static const char *dpc_pair_at_dispatch(void) {
  return dpc_pair_at(DISPATCH_LEVEL);
}

static const char *dpc_pair_at_dirql(void) {
  return dpc_pair_at(7);
}

static const char *wrong_release_keeps_dispatch(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  for (unsigned i = 0; i < 2; i++) {
    KeAcquireInStackQueuedSpinLock(&lock, &handle);
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
    NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
    KeLowerIrql(PASSIVE_LEVEL);
  }
  return NULL;
}

static const char *test_sees_a_queued_holder(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  return NULL;
}

static const char *dpc_handles_in_any_order(void) {
  enum { LOCKS = 4 };
  static const unsigned order[LOCKS] = {1, 3, 0, 2};
  KSPIN_LOCK locks[LOCKS];
  KLOCK_QUEUE_HANDLE handles[LOCKS];
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < LOCKS; i++)
    KeInitializeSpinLock(&locks[i]);
  for (unsigned round = 0; round < 3; round++) {
    for (unsigned i = 0; i < LOCKS; i++)
      KeAcquireInStackQueuedSpinLockAtDpcLevel(&locks[i], &handles[i]);
    for (unsigned i = 0; i < LOCKS; i++) {
      KeReleaseInStackQueuedSpinLockFromDpcLevel(&handles[order[i]]);
      NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
    }
  }
  KeLowerIrql(old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {62, "DOC", "D:keacquireinstackqueuedspinlock", NT_QUEUED, 0,
     "from PASSIVE_LEVEL: held at DISPATCH_LEVEL, restored", from_passive},
    {63, "DOC", "D:keacquireinstackqueuedspinlock", NT_QUEUED, 0,
     "from APC_LEVEL and DISPATCH_LEVEL: restored likewise",
     from_apc_and_dispatch},
    {64, "DOC", "D:kereleaseinstackqueuedspinlock", NT_QUEUED, 0,
     "the handle alone says what to release", released_by_handle_alone},
    {65, "DOC", "D:keacquireinstackqueuedspinlock", NT_QUEUED, 0,
     "a handle needs no initialisation", handle_needs_no_initialisation},
    {66, "OBS", "RT", NT_QUEUED, LOCK_NT_LAYOUT,
     "OldIrql in the handle is the entry level", handle_keeps_the_level},
    {67, "OBS", "RT", NT_QUEUED, LOCK_NT_LAYOUT,
     "held: the word names the handle, Lock has OWNER, Next is null",
     layout_while_held},
    {68, "OBS", "RT", NT_QUEUED, LOCK_NT_LAYOUT,
     "released: the word is 0, Lock has no flag, Next is null",
     layout_after_release},
    {75, "DOC", "D:keacquireinstackqueuedspinlock", NT_QUEUED, 0,
     "a handle may be used again after release", handle_used_again},
    {76, "DOC", "L", NT_QUEUED, 0,
     "two handles restore the level when released in reverse order only",
     order_of_two_handles},
    {77, "DOC", "V:wdm-queuedspinlock", NT_QUEUED, LOCK_EXCLUSIVE,
     "unchecked, a recursive acquire never returns", recursion_never_returns},
    {78, "DOC", "S-IsqFromDpc", NT_QUEUED, 0,
     "the AtDpcLevel pair leaves DISPATCH_LEVEL as it is",
     dpc_pair_at_dispatch},
    {79, "DOC", "D:keacquireinstackqueuedspinlockatdpclevel", NT_QUEUED, 0,
     "the AtDpcLevel pair leaves a device level as it is", dpc_pair_at_dirql},
    {81, "DES", "nt-api.md 3.5", NT_QUEUED, 0,
     "the AtDpcLevel pair neither writes nor uses OldIrql",
     dpc_pair_at_dispatch},
    {82, "derived", "S-IsqFromDpc", NT_QUEUED, 0,
     "FromDpcLevel after the raising acquire leaves DISPATCH_LEVEL",
     wrong_release_keeps_dispatch},
    {87, "derived", "nt-api.md 3.5", NT_BOTH, LOCK_ZERO_WHEN_FREE,
     "KeTestSpinLock sees an in-stack holder", test_sees_a_queued_holder},
    {139, "derived", "nt-api.md 3.12", NT_QUEUED, 0,
     "AtDpcLevel handles are released in any order", dpc_handles_in_any_order},
};

const struct nt_table NT_NAMED(nt_queued) = NT_TABLE(rows);
