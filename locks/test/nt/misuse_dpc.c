/* nt-api.md 3.3, 3.4 and 3.12 in checked mode: misuse of the AtDpcLevel
 * routines and of the try. */
#include "locks/test/nt/misuse.h"

static const char *hand_over_hand_at_dpc(void) {
  enum { LOCKS = 4 };
  KSPIN_LOCK locks[LOCKS];
  nt_record();
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < LOCKS; i++) {
    nt_fresh(&locks[i]);
    KeAcquireSpinLockAtDpcLevel(&locks[i]);
    if (i > 0)
      KeReleaseSpinLockFromDpcLevel(&locks[i - 1]);
  }
  KeReleaseSpinLockFromDpcLevel(&locks[LOCKS - 1]);
  KeLowerIrql(old);
  NT_END(locks);
}

static const char *below_dispatch(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, APC_LEVEL};
  KSPIN_LOCK lock;
  nt_record();
  nt_fresh(&lock);
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL before;
    KeRaiseIrql(levels[i], &before);
    KeAcquireSpinLockAtDpcLevel(&lock);
    NT_EXPECT(nt_reported(0xC4, 0x40, levels[i], NT_AT(&lock), 0));
    KeReleaseSpinLockFromDpcLevel(&lock);
    NT_EXPECT(nt_reported(0xC4, 0x41, levels[i], NT_AT(&lock), 0));
    NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == TRUE);
    NT_EXPECT(nt_reported(0xC4, 0x40, levels[i], NT_AT(&lock), 0));
    KeReleaseSpinLockFromDpcLevel(&lock);
    NT_EXPECT(nt_reported(0xC4, 0x41, levels[i], NT_AT(&lock), 0));
    KeLowerIrql(before);
  }
  NT_END(lock);
}

static const char *above_dispatch(void) {
  KSPIN_LOCK lock;
  KIRQL before;
  nt_record();
  nt_fresh(&lock);
  KeRaiseIrql(7, &before);
  KeAcquireSpinLockAtDpcLevel(&lock);
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(nt_silent()); /* the profile of the pages */
  unsigned profile = kspin_set_profile(KSPIN_PROFILE_STRICT);
  KeAcquireSpinLockAtDpcLevel(&lock);
  KeReleaseSpinLockFromDpcLevel(&lock);
  (void)kspin_set_profile(profile);
  NT_EXPECT(nt_reported_rule(0x20003, "IrqlDispatch", 0, 0));
  NT_EXPECT(nt_reported_rule(0x20003, "IrqlDispatch", 0, 0));
  KeLowerIrql(before);
  NT_END(lock);
}

static const char *raising_with_from_dpc(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(nt_reported_some(0xC4, 0xE000000B, NT_AT(&lock)));
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  NtSimWait(&lock, 1);
  NT_EXPECT(nt_reported(0xC4, 0x3B, DISPATCH_LEVEL, NT_AT(&lock), 1));
  KeLowerIrql(old);
  NT_END(lock);
}

static const char *dpc_with_restoring(void) {
  KSPIN_LOCK lock;
  nt_record();
  nt_fresh(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&lock);
  KeReleaseSpinLock(&lock, DISPATCH_LEVEL);
  NT_EXPECT(nt_reported_some(0xC4, 0xE000000C, NT_AT(&lock)));
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  KeLowerIrql(old);
  NT_END(lock);
}

static const char *try_by_the_holder(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == FALSE);
  NT_EXPECT(nt_reported(0xF, NT_AT(&lock), 0, 0, 0));
  KeReleaseSpinLock(&lock, old);
  NT_END(lock);
}

static const char *releases_of_a_try(void) {
  KSPIN_LOCK lock;
  nt_record();
  nt_fresh(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == TRUE);
  KeReleaseSpinLock(&lock, DISPATCH_LEVEL);
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == TRUE);
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == TRUE);
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(nt_silent());
  NT_END(lock);
}

static const struct nt_behaviour rows[] = {
    {44, "DOC", "B:0xC4", NT_EXECUTIVE, NT_MISUSE(5),
     "AtDpcLevel below DISPATCH_LEVEL is reported", below_dispatch},
    {45, "DOC", "B:0xC4", NT_EXECUTIVE, NT_MISUSE(6),
     "FromDpcLevel below DISPATCH_LEVEL is reported", below_dispatch},
    {46, "DES", "nt-api.md 6.2", NT_EXECUTIVE, NT_MISUSE(7),
     "above DISPATCH_LEVEL: the strict profile reports, the other does not",
     above_dispatch},
    {47, "DOC", "S-FromDpc", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(11),
     "FromDpcLevel after KeAcquireSpinLock is reported", raising_with_from_dpc},
    {48, "DOC", "K:managing-hardware-priorities", NT_EXECUTIVE,
     LOCK_TEST | NT_MISUSE(29), "and so is the wait that follows",
     raising_with_from_dpc},
    {49, "DOC", "nt-api.md 2.9", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(12),
     "KeReleaseSpinLock after AtDpcLevel is reported", dpc_with_restoring},
    {55, "DOC", "nt-api.md 3.4", NT_EXECUTIVE, LOCK_TRY | NT_MISUSE(5),
     "a try below DISPATCH_LEVEL is reported", below_dispatch},
    {56, "DES", "nt-api.md 6.2", NT_EXECUTIVE, LOCK_TRY,
     "neither release of a try is reported", releases_of_a_try},
    {57, "OBS", "R", NT_EXECUTIVE, LOCK_TRY | NT_MISUSE(3),
     "a try by the holder is reported", try_by_the_holder},
    {138, "derived", "nt-api.md 3.12", NT_EXECUTIVE, 0,
     "AtDpcLevel locks released in any order are not reported",
     hand_over_hand_at_dpc},
};

const struct nt_table NT_NAMED(nt_misuse_dpc) = NT_TABLE(rows);
