/* nt-api.md 3.1, 3.2, 3.6 in checked mode: the life of a lock, the order of
 * locks, families on one lock, callbacks. */
#include "locks/test/nt/misuse.h"

static const char *uninitialised(void) {
  static KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  NtLockStorageFreed(&lock, sizeof lock);
  KeAcquireSpinLock(&lock, &old);
  NT_EXPECT(nt_reported(0xC4, 0x1002, NT_AT(&lock), 0, 0));
  KeReleaseSpinLock(&lock, old);
  NtLockStorageFreed(&lock, sizeof lock);
  ULONG word = 0;
  (void)ExInterlockedAddUlong(&word, 1, &lock);
  NT_EXPECT(nt_reported(0xC4, 0x1002, NT_AT(&lock), 0, 0));
  NT_END(lock);
}

static const char *second_init(void) {
  KSPIN_LOCK lock;
  nt_record();
  nt_fresh(&lock);
  KeInitializeSpinLock(&lock);
  NT_EXPECT(nt_reported(0xC4, 0x1005, NT_AT(&lock), 0, 0));
  nt_fresh(&lock); /* after the memory was freed */
  NT_EXPECT(nt_silent());
  NT_END(lock);
}

static const char *init_while_held(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeInitializeSpinLock(&lock);
  NT_EXPECT(nt_reported_some(0xC4, 0x100B, NT_AT(&lock)));
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLock(&lock, old);
  NT_END(lock);
}

static void keep_it(void *lock) {
  KeAcquireSpinLockAtDpcLevel(lock);
}

static const char *exit_while_held(void) {
  static KSPIN_LOCK lock;
  nt_record();
  nt_fresh(&lock);
  nt_elsewhere(keep_it, &lock);
  NT_EXPECT(nt_reported(0xC4, 0x40, PASSIVE_LEVEL, NT_AT(&lock), 0));
  struct kspin_bug_check exit_report;
  NT_EXPECT(nt_take(&exit_report));
  NT_EXPECT(exit_report.code == 0xC4 && exit_report.parameters[0] == 0x100A);
  NT_EXPECT(exit_report.parameters[1] != 0 && exit_report.lock == &lock);
  NT_EXPECT(nt_silent());
  return NULL;
}

struct object {
  char before[40];
  KSPIN_LOCK lock;
  char after[20000]; /* long enough to be looked at the other way */
};

static const char *freed_while_held(void) {
  struct object object;
  KIRQL old;
  nt_record();
  for (unsigned i = 0; i < 2; i++) {
    size_t length = i == 0 ? offsetof(struct object, after) : sizeof object;
    nt_fresh(&object.lock);
    KeAcquireSpinLock(&object.lock, &old);
    NtLockStorageFreed(&object, length);
    NT_EXPECT(nt_reported_some(0xC4, 0x100B, NT_AT(&object.lock)));
    KeReleaseSpinLock(&object.lock, old);
  }
  NT_END(object);
}

static void take_both(PKSPIN_LOCK first, PKSPIN_LOCK second) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(first);
  KeAcquireSpinLockAtDpcLevel(second);
  KeReleaseSpinLockFromDpcLevel(second);
  KeReleaseSpinLockFromDpcLevel(first);
  KeLowerIrql(old);
}

static void take_backwards(void *locks) {
  take_both((PKSPIN_LOCK)locks + 1, locks);
}

static const char *order_of_two(void) {
  KSPIN_LOCK locks[2];
  nt_record();
  for (unsigned i = 0; i < 2; i++)
    nt_fresh(&locks[i]);
  take_both(&locks[0], &locks[1]);
  NT_EXPECT(nt_silent());
  nt_elsewhere(take_backwards, locks);
  NT_EXPECT(nt_reported(0xC4, 0x1001, NT_AT(&locks[0]), 0, 0));
  NT_END(locks);
}

static const char *order_of_three(void) {
  KSPIN_LOCK locks[3];
  nt_record();
  for (unsigned i = 0; i < 3; i++)
    nt_fresh(&locks[i]);
  take_both(&locks[0], &locks[1]);
  take_both(&locks[1], &locks[2]);
  NT_EXPECT(nt_silent());
  take_both(&locks[2], &locks[0]);
  NT_EXPECT(nt_reported(0xC4, 0x1001, NT_AT(&locks[0]), 0, 0));
  NT_END(locks);
}

static const char *a_try_is_no_order(void) {
  KSPIN_LOCK locks[2];
  nt_record();
  for (unsigned i = 0; i < 2; i++)
    nt_fresh(&locks[i]);
  take_both(&locks[0], &locks[1]);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&locks[1]);
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&locks[0]) == TRUE);
  KeReleaseSpinLockFromDpcLevel(&locks[0]);
  KeReleaseSpinLockFromDpcLevel(&locks[1]);
  KeLowerIrql(old);
  NT_END(locks);
}

static const char *completing(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  NtAssertNoSpinLocksHeld();
  NT_EXPECT(nt_silent());
  KeAcquireSpinLock(&lock, &old);
  NtAssertNoSpinLocksHeld();
  NT_EXPECT(nt_reported(0xC4, 0xE000001F, 1, 0, 0));
  KeReleaseSpinLock(&lock, old);
  NT_END(lock);
}

static KSPIN_LOCK shared;
static KIRQL shared_old;

static VOID keep_lock(PVOID unused) {
  (void)unused;
  KeAcquireSpinLock(&shared, &shared_old);
}

static VOID wrong_release(PVOID unused) {
  keep_lock(unused);
  KeReleaseSpinLockFromDpcLevel(&shared);
}

static const char *callback_returns(void) {
  nt_record();
  nt_fresh(&shared);
  NtSimDispatch(keep_lock, NULL);
  NT_EXPECT(nt_reported(0xC8, DISPATCH_LEVEL << 16, 0, 0, 0));
  NT_EXPECT(nt_reported_rule(0x40009, "SpinLock", 1, 0));
  KeReleaseSpinLock(&shared, shared_old);
  NtSimDispatch(wrong_release, NULL);
  NT_EXPECT(nt_reported_some(0xC4, 0xE000000B, NT_AT(&shared)));
  NT_EXPECT(nt_reported(0xC8, DISPATCH_LEVEL << 16, 0, 0, 0));
  KeLowerIrql(PASSIVE_LEVEL);
  NT_END(shared);
}

static const char *mixed_after_in_stack(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  KeAcquireSpinLock(&lock, &old);
  NT_EXPECT(nt_reported(0xC4, 0x1008, NT_AT(&lock), 0, 0));
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KeReleaseSpinLock(&lock, PASSIVE_LEVEL);
  NT_EXPECT(nt_reported(0xC4, 0x1009, NT_AT(&lock), 0, 0));
  KeReleaseInStackQueuedSpinLock(&handle);
  NT_END(lock);
}

static const char *mixed_after_ordinary(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLock(&lock, old);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  NT_EXPECT(nt_reported(0xC4, 0x1008, NT_AT(&lock), 0, 0));
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  NT_END(lock);
}

static const struct nt_behaviour rows[] = {
    {9, "DOC", "V:deadlock-detection", NT_EXECUTIVE, NT_MISUSE(18),
     "a lock that was not initialised is reported", uninitialised},
    {10, "DOC", "B:0xC4", NT_EXECUTIVE, NT_MISUSE(19),
     "a second initialisation is reported, one after the free is not",
     second_init},
    {10, "DES", "nt-api.md 4.3", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(19),
     "an initialisation while held is reported", init_while_held},
    {35, "DOC", "V:deadlock-detection", NT_EXECUTIVE, NT_MISUSE(27),
     "a thread that ends while it holds is reported", exit_while_held},
    {36, "DOC", "V:deadlock-detection", NT_EXECUTIVE, NT_MISUSE(28),
     "memory freed while a lock in it is held is reported", freed_while_held},
    {37, "DOC", "V:deadlock-detection", NT_EXECUTIVE, NT_MISUSE(17),
     "two locks in both orders are reported, though nobody waited",
     order_of_two},
    {38, "DOC", "V:deadlock-detection", NT_EXECUTIVE, NT_MISUSE(17),
     "a cycle of three locks is reported", order_of_three},
    {38, "DES", "nt-api.md 4.4", NT_EXECUTIVE, LOCK_TRY,
     "a try says nothing about the order", a_try_is_no_order},
    {39, "DOC", "V:wdm-spinlocksafe", NT_EXECUTIVE, NT_MISUSE(31),
     "completing a request with a lock held is reported", completing},
    {40, "DOC", "V:wdm-spinlock", NT_EXECUTIVE, NT_MISUSE(30),
     "a callback that returns with a lock or at a level is reported",
     callback_returns},
    {88, "DOC", "D:keacquireinstackqueuedspinlock", NT_EXECUTIVE, NT_MISUSE(20),
     "ordinary use after in-stack use is reported", mixed_after_in_stack},
    {89, "DOC", "D:keacquireinstackqueuedspinlock", NT_EXECUTIVE, NT_MISUSE(20),
     "in-stack use after ordinary use is reported", mixed_after_ordinary},
};

const struct nt_table NT_NAMED(nt_misuse_life) = NT_TABLE(rows);
