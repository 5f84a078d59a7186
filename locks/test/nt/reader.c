/* nt-api.md 3.8: reader/writer locks on one thread. */
#include "locks/test/nt/free_word.h"

static const char *zero_works(void) {
  static EX_SPIN_LOCK lock;
  KIRQL old = ExAcquireSpinLockExclusive(&lock);
  ExReleaseSpinLockExclusive(&lock, old);
  old = ExAcquireSpinLockShared(&lock);
  ExReleaseSpinLockShared(&lock, old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

static const char *raising_forms(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, APC_LEVEL, DISPATCH_LEVEL};
  EX_SPIN_LOCK lock = 0;
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL before, old;
    KeRaiseIrql(levels[i], &before);
    old = ExAcquireSpinLockExclusive(&lock);
    NT_EXPECT(old == levels[i] && KeGetCurrentIrql() == DISPATCH_LEVEL);
    ExReleaseSpinLockExclusive(&lock, old);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    old = ExAcquireSpinLockShared(&lock);
    NT_EXPECT(old == levels[i] && KeGetCurrentIrql() == DISPATCH_LEVEL);
    ExReleaseSpinLockShared(&lock, old);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    KeLowerIrql(before);
  }
  return NULL;
}

static const char *dpc_forms(void) {
  static const KIRQL levels[] = {DISPATCH_LEVEL, 7, HIGH_LEVEL};
  EX_SPIN_LOCK lock = 0;
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL before;
    KeRaiseIrql(levels[i], &before);
    ExAcquireSpinLockExclusiveAtDpcLevel(&lock);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    ExReleaseSpinLockExclusiveFromDpcLevel(&lock);
    ExAcquireSpinLockSharedAtDpcLevel(&lock);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    ExReleaseSpinLockSharedFromDpcLevel(&lock);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    KeLowerIrql(before);
  }
  return NULL;
}

static const char *converts(void) {
  EX_SPIN_LOCK lock = 0;
  KIRQL old = ExAcquireSpinLockShared(&lock);
  NT_EXPECT(ExTryConvertSharedSpinLockExclusive(&lock) == TRUE);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  ExReleaseSpinLockExclusive(&lock, old);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL && nt_is_free(&lock));
  old = KeRaiseIrqlToDpcLevel();
  ExAcquireSpinLockSharedAtDpcLevel(&lock);
  NT_EXPECT(ExTryConvertSharedSpinLockExclusive(&lock) == TRUE);
  ExReleaseSpinLockExclusiveFromDpcLevel(&lock);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL && nt_is_free(&lock));
  KeLowerIrql(old);
  return NULL;
}

static const char *word_returns_to_zero(void) {
  EX_SPIN_LOCK lock = 0;
  for (unsigned i = 0; i < 4; i++) {
    KIRQL old = ExAcquireSpinLockShared(&lock);
    NT_EXPECT(lock != 0);
    ExReleaseSpinLockShared(&lock, old);
    NT_EXPECT(lock == 0);
    old = ExAcquireSpinLockExclusive(&lock);
    NT_EXPECT(lock != 0);
    ExReleaseSpinLockExclusive(&lock, old);
    NT_EXPECT(lock == 0);
  }
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {8, "DOC", "D:exacquirespinlockexclusive", NT_NEITHER, 0,
     "an EX_SPIN_LOCK of zero is usable at once", zero_works},
    {102, "DOC", "D:exacquirespinlockexclusive", NT_NEITHER, 0,
     "raising forms return the level, hold at DISPATCH_LEVEL, restore",
     raising_forms},
    {103, "DOC", "D:exacquirespinlockexclusiveatdpclevel", NT_NEITHER, 0,
     "AtDpcLevel forms leave the level as found", dpc_forms},
    {109, "DOC", "D:extryconvertsharedspinlockexclusive", NT_NEITHER, 0,
     "a converted reader releases as a writer", converts},
    {111, "DOC", "D:extryconvertsharedspinlockexclusive", NT_NEITHER, 0,
     "converting leaves the level", converts},
    {114, "derived", "nt-api.md 3.8", NT_READER, LOCK_ZERO_WHEN_FREE,
     "the word is 0 after every balanced sequence", word_returns_to_zero},
};

const struct nt_table NT_NAMED(nt_reader) = NT_TABLE(rows);
