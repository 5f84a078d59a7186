/* nt-api.md 3.1 to 3.3: KeInitializeSpinLock, and the routines that raise, on
 * one thread. */
#include <string.h>

#include "locks/test/nt/behaviour.h"

static const char *initialised_is_free(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLock(&lock, old);
  return NULL;
}

static const char *garbage_is_overwritten(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  memset(&lock, 0xFF, sizeof lock);
  KeInitializeSpinLock(&lock);
  KeAcquireSpinLock(&lock, &old);
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLock(&lock, old);
  return NULL;
}

static const char *initialised_at_any_level(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, DISPATCH_LEVEL, HIGH_LEVEL};
  for (unsigned i = 0; i < sizeof levels; i++) {
    KSPIN_LOCK lock;
    KIRQL old;
    KeRaiseIrql(levels[i], &old);
    KeInitializeSpinLock(&lock);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
    KeLowerIrql(old);
  }
  return NULL;
}

static const char *initialised_word_is_zero(void) {
  KSPIN_LOCK lock = ~(KSPIN_LOCK)0;
  KeInitializeSpinLock(&lock);
  NT_EXPECT(lock == 0);
  return NULL;
}

static const char *zero_memory_works(void) {
  static KSPIN_LOCK lock;
  KIRQL old;
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLock(&lock, old);
  return NULL;
}

/* Acquires and releases at level `at`. */
static const char *pair_at(KIRQL at) {
  KSPIN_LOCK lock;
  KIRQL before, old = HIGH_LEVEL;
  KeInitializeSpinLock(&lock);
  KeRaiseIrql(at, &before);
  KeAcquireSpinLock(&lock, &old);
  NT_EXPECT(old == at);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(KeGetCurrentIrql() == at);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  KeLowerIrql(before);
  return NULL;
}

static const char *from_passive(void) {
  return pair_at(PASSIVE_LEVEL);
}

static const char *from_apc(void) {
  return pair_at(APC_LEVEL);
}

static const char *from_dispatch(void) {
  return pair_at(DISPATCH_LEVEL);
}

static const char *from_high(void) {
  return pair_at(HIGH_LEVEL);
}

static const char *release_frees_and_restores(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  for (int i = 0; i < 3; i++) {
    KeAcquireSpinLock(&lock, &old);
    KeReleaseSpinLock(&lock, old);
    NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
    NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  }
  return NULL;
}

static const char *raise_to_dpc_returns_the_level(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, APC_LEVEL, DISPATCH_LEVEL};
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL before;
    KeRaiseIrql(levels[i], &before);
    KIRQL old = KeAcquireSpinLockRaiseToDpc(&lock);
    NT_EXPECT(old == levels[i] && KeGetCurrentIrql() == DISPATCH_LEVEL);
    KeReleaseSpinLock(&lock, old);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    KeLowerIrql(before);
  }
  return NULL;
}

static KSPIN_LOCK seen_lock;
static BOOLEAN seen_free;
static KIRQL seen_level;

static void look_while_lowering(void) {
  seen_free = KeTestSpinLock(&seen_lock);
  seen_level = KeGetCurrentIrql();
}

static const char *free_before_the_level_drops(void) {
  KIRQL old;
  KeInitializeSpinLock(&seen_lock);
  seen_free = FALSE;
  KeAcquireSpinLock(&seen_lock, &old);
  nt_on_lowering = look_while_lowering;
  KeReleaseSpinLock(&seen_lock, old);
  nt_on_lowering = NULL;
  NT_EXPECT(seen_free == TRUE && seen_level == DISPATCH_LEVEL);
  return NULL;
}

static const char *two_locks_nest(void) {
  KSPIN_LOCK a, b;
  KIRQL old_a, old_b;
  KeInitializeSpinLock(&a);
  KeInitializeSpinLock(&b);
  KeAcquireSpinLock(&a, &old_a);
  KeAcquireSpinLock(&b, &old_b);
  NT_EXPECT(old_a == PASSIVE_LEVEL && old_b == DISPATCH_LEVEL);
  KeReleaseSpinLock(&b, old_b);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  NT_EXPECT(KeTestSpinLock(&a) == FALSE && KeTestSpinLock(&b) == TRUE);
  KeReleaseSpinLock(&a, old_a);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

static const char *release_out_of_order_drops_the_level(void) {
  KSPIN_LOCK a, b;
  KIRQL old_a, old_b;
  KeInitializeSpinLock(&a);
  KeInitializeSpinLock(&b);
  KeAcquireSpinLock(&a, &old_a);
  KeAcquireSpinLock(&b, &old_b);
  KeReleaseSpinLock(&a, old_a);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  NT_EXPECT(KeTestSpinLock(&b) == FALSE);
  KeReleaseSpinLock(&b, old_b);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(PASSIVE_LEVEL);
  return NULL;
}

static void acquire_twice(void) {
  static KSPIN_LOCK lock;
  KIRQL old;
  KeAcquireSpinLock(&lock, &old);
  nt_announce();
  KeAcquireSpinLock(&lock, &old);
}

static const char *recursion_never_returns(void) {
  NT_EXPECT(nt_waits_for_ever(acquire_twice));
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {4, "DOC", "D:keinitializespinlock", NT_EXECUTIVE, LOCK_TEST,
     "KeInitializeSpinLock leaves a free lock", initialised_is_free},
    {5, "DOC", "D:keinitializespinlock", NT_EXECUTIVE, LOCK_TEST,
     "KeInitializeSpinLock overwrites garbage", garbage_is_overwritten},
    {6, "DOC", "D:keinitializespinlock", NT_EXECUTIVE, LOCK_TEST,
     "KeInitializeSpinLock works at any level and keeps it",
     initialised_at_any_level},
    {7, "OBS", "RT", NT_EXECUTIVE, LOCK_ZERO_WHEN_FREE,
     "the word is 0 after initialisation", initialised_word_is_zero},
    {9, "DES", "nt-api.md 6.2", NT_EXECUTIVE, LOCK_TEST,
     "unchecked, zero memory is a free lock", zero_memory_works},
    {11, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, LOCK_TEST,
     "from PASSIVE_LEVEL: held at DISPATCH_LEVEL, restored", from_passive},
    {12, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, LOCK_TEST,
     "from APC_LEVEL: held at DISPATCH_LEVEL, restored", from_apc},
    {13, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, LOCK_TEST,
     "from DISPATCH_LEVEL: there throughout", from_dispatch},
    {14, "DOC", "D:kereleasespinlock", NT_EXECUTIVE, LOCK_TEST,
     "KeReleaseSpinLock frees the lock and restores the level",
     release_frees_and_restores},
    {15, "DOC", "D:keacquirespinlockraisetodpc", NT_EXECUTIVE, 0,
     "KeAcquireSpinLockRaiseToDpc returns the old level",
     raise_to_dpc_returns_the_level},
    {19, "DES", "nt-api.md 2.0", NT_EXECUTIVE, LOCK_TEST | NT_SEES_WAITING,
     "the lock is free before the level drops", free_before_the_level_drops},
    {20, "DOC", "V:wdm-spinlock", NT_EXECUTIVE, LOCK_TEST, "two locks nest",
     two_locks_nest},
    {21, "derived", "nt-api.md 2.9", NT_EXECUTIVE, LOCK_TEST,
     "raising locks released out of order drop the level too early",
     release_out_of_order_drops_the_level},
    {26, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "unchecked, a recursive acquire never returns", recursion_never_returns},
    {28, "OBS", "RT", NT_EXECUTIVE, LOCK_TEST,
     "unchecked, an acquire at HIGH_LEVEL drops to DISPATCH_LEVEL", from_high},
};

const struct nt_table NT_NAMED(nt_ordinary) = NT_TABLE(rows);
