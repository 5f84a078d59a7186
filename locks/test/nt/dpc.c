/* nt-api.md 3.3 and 3.12: the routines for callers at DISPATCH_LEVEL. */
#include "locks/test/nt/behaviour.h"

/* A pair at level `at` leaves the level as it is. */
static const char *pair_at(KIRQL at) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  KeRaiseIrql(at, &old);
  KeAcquireSpinLockAtDpcLevel(&lock);
  NT_EXPECT(KeGetCurrentIrql() == at && KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(KeGetCurrentIrql() == at && KeTestSpinLock(&lock) == TRUE);
  KeLowerIrql(old);
  return NULL;
}

static const char *pair_at_dispatch(void) {
  return pair_at(DISPATCH_LEVEL);
}

static const char *pair_at_dirql(void) {
  return pair_at(7);
}

static const char *both_names(void) {
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&lock);
  KefReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(old);
  return NULL;
}

static const char *through_a_pointer(void) {
  VOID (*acquire)(PKSPIN_LOCK) = KeAcquireSpinLockAtDpcLevel;
  VOID(*release[])
  (PKSPIN_LOCK) = {KeReleaseSpinLockFromDpcLevel,
                   KefReleaseSpinLockFromDpcLevel};
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < 2; i++) {
    acquire(&lock);
    release[i](&lock);
    NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  }
  KeLowerIrql(old);
  return NULL;
}

static const char *wrong_release_keeps_dispatch(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(old);
  return NULL;
}

static const char *wrong_release_sets_the_level(void) {
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  (void)KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&lock);
  KeReleaseSpinLock(&lock, PASSIVE_LEVEL);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

static const char *raising_apart_is_the_same(void) {
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&lock);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == DISPATCH_LEVEL);
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLockFromDpcLevel(&lock);
  KeLowerIrql(old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  return NULL;
}

static const char *hand_over_hand(void) {
  enum { LOCKS = 5 };
  KSPIN_LOCK locks[LOCKS];
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < LOCKS; i++)
    KeInitializeSpinLock(&locks[i]);
  KeAcquireSpinLockAtDpcLevel(&locks[0]);
  for (unsigned i = 1; i < LOCKS; i++) {
    KeAcquireSpinLockAtDpcLevel(&locks[i]);
    KeReleaseSpinLockFromDpcLevel(&locks[i - 1]);
    NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  }
  KeReleaseSpinLockFromDpcLevel(&locks[LOCKS - 1]);
  for (unsigned i = 0; i < LOCKS; i++)
    NT_EXPECT(KeTestSpinLock(&locks[i]) == TRUE);
  KeLowerIrql(old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

/* The names of 32-bit x86 and the old ones are the same routines. */
static const char *other_names(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  old = KfAcquireSpinLock(&lock);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == DISPATCH_LEVEL);
  KfReleaseSpinLock(&lock, old);
  ExAcquireSpinLock(&lock, &old);
  NT_EXPECT(old == PASSIVE_LEVEL && KeTestSpinLock(&lock) == FALSE);
  ExReleaseSpinLock(&lock, old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  old = KfRaiseIrql(DISPATCH_LEVEL);
  KefAcquireSpinLockAtDpcLevel(&lock);
  KefReleaseSpinLockFromDpcLevel(&lock);
  ExAcquireSpinLockAtDpcLevel(&lock);
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  ExReleaseSpinLockFromDpcLevel(&lock);
  KfLowerIrql(old);
  old = KzRaiseIrql(APC_LEVEL);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == APC_LEVEL);
  KzLowerIrql(old);
  old = KeAcquireSpinLockRaiseToSynch(&lock);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == SYNCH_LEVEL);
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  return NULL;
}

static const char *word_while_held(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  KeAcquireSpinLock(&lock, &old);
  KSPIN_LOCK word = lock;
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(word == 1 && lock == 0);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {0, "OBS", "nt-api.md 5.1", NT_EXECUTIVE, LOCK_NT_LAYOUT,
     "the word is 1 while held, 0 after", word_while_held},
    {0, "DOC", "nt-api.md 2.1", NT_EXECUTIVE, LOCK_TEST,
     "the other names of the routines are the same routines", other_names},
    {41, "DOC", "S-FromDpc", NT_EXECUTIVE, LOCK_TEST,
     "AtDpcLevel acquires, FromDpcLevel frees, the level stays",
     pair_at_dispatch},
    {42, "DOC", "S-FromDpc", NT_EXECUTIVE, LOCK_TEST,
     "KefReleaseSpinLockFromDpcLevel is the same routine", both_names},
    {43, "DOC", "S-FromDpc", NT_EXECUTIVE, LOCK_TEST,
     "the routines can be called through pointers", through_a_pointer},
    {46, "DES", "nt-api.md 6.2", NT_EXECUTIVE, LOCK_TEST,
     "unchecked, the pair is accepted above DISPATCH_LEVEL", pair_at_dirql},
    {47, "DOC", "S-FromDpc", NT_EXECUTIVE, LOCK_TEST,
     "FromDpcLevel after KeAcquireSpinLock leaves DISPATCH_LEVEL",
     wrong_release_keeps_dispatch},
    {49, "OBS", "RT", NT_EXECUTIVE, LOCK_TEST,
     "KeReleaseSpinLock after AtDpcLevel sets the level given",
     wrong_release_sets_the_level},
    {50, "derived", "PUB", NT_EXECUTIVE, LOCK_TEST,
     "raising and AtDpcLevel together are the plain pair",
     raising_apart_is_the_same},
    {138, "derived", "nt-api.md 3.12", NT_EXECUTIVE, LOCK_TEST,
     "AtDpcLevel locks are released in any order", hand_over_hand},
};

const struct nt_table NT_NAMED(nt_dpc) = NT_TABLE(rows);
