/* nt-api.md 3.2 in checked mode: misuse of the raising ordinary routines. */
#include "locks/test/nt/misuse.h"

static const char *recursion(void) {
  KSPIN_LOCK lock;
  KIRQL old, again;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeAcquireSpinLock(&lock, &again);
  NT_EXPECT(nt_reported(0xF, NT_AT(&lock), 0, 0, 0));
  KeReleaseSpinLock(&lock, old);
  NT_END(lock);
}

static const char *acquire_above(void) {
  static const KIRQL levels[] = {7, HIGH_LEVEL};
  KSPIN_LOCK lock;
  nt_record();
  nt_fresh(&lock);
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL before, old;
    KeRaiseIrql(levels[i], &before);
    KeAcquireSpinLock(&lock, &old);
    NT_EXPECT(nt_reported(0xC4, 0x42, levels[i], NT_AT(&lock), 0));
    NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
    KeReleaseSpinLock(&lock, old);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    KeLowerIrql(before);
  }
  NT_END(lock);
}

static const char *release_at_another_level(void) {
  KSPIN_LOCK lock;
  KIRQL old, before;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeRaiseIrql(7, &before);
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(nt_reported(0xC4, 0x32, 7, NT_AT(&lock), 0));
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  NT_END(lock);
}

static const char *release_with_another_level(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLock(&lock, APC_LEVEL);
  NT_EXPECT(nt_reported_rule(0x20015, "IrqlKeReleaseSpinLock", PASSIVE_LEVEL,
                             APC_LEVEL));
  NT_EXPECT(nt_silent() && KeGetCurrentIrql() == APC_LEVEL);
  KeLowerIrql(old); /* of no raise: reported too */
  NT_EXPECT(nt_reported(0xC4, 0x31, APC_LEVEL, PASSIVE_LEVEL, 0));
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLock(&lock, HIGH_LEVEL);
  NT_EXPECT(nt_reported(0xC4, 0x31, DISPATCH_LEVEL, HIGH_LEVEL, 0));
  NT_EXPECT(KeGetCurrentIrql() == HIGH_LEVEL);
  KeLowerIrql(PASSIVE_LEVEL);
  NT_EXPECT(nt_reported(0xC4, 0x31, HIGH_LEVEL, PASSIVE_LEVEL, 0));
  NT_END(lock);
}

static const char *release_of_a_free_lock(void) {
  KSPIN_LOCK lock;
  nt_record();
  nt_fresh(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeReleaseSpinLock(&lock, DISPATCH_LEVEL);
  NT_EXPECT(nt_reported(0xC4, 0x1007, NT_AT(&lock), 0, 0));
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(nt_reported(0xC4, 0x1007, NT_AT(&lock), 0, 0));
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  KeLowerIrql(old);
  NT_END(lock);
}

static const char *release_twice(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLock(&lock, old);
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(nt_reported(0xC4, 0x32, PASSIVE_LEVEL, NT_AT(&lock), 0));
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  NT_END(lock);
}

static void release_it(void *lock) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeReleaseSpinLock(lock, DISPATCH_LEVEL);
  KeLowerIrql(old);
}

static const char *release_by_another(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  nt_elsewhere(release_it, &lock);
  NT_EXPECT(nt_reported_some(0xC4, 0x1004, NT_AT(&lock)));
  NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLock(&lock, old);
  NT_END(lock);
}

static const char *release_out_of_order(void) {
  KSPIN_LOCK locks[2];
  KIRQL old[2];
  nt_record();
  for (unsigned i = 0; i < 2; i++) {
    nt_fresh(&locks[i]);
    KeAcquireSpinLock(&locks[i], &old[i]);
  }
  KeReleaseSpinLock(&locks[0], old[0]);
  NT_EXPECT(nt_reported(0xC4, 0x1003, NT_AT(&locks[0]), NT_AT(&locks[1]), 0));
  NT_EXPECT(nt_reported(0xC4, 0xE0000017, NT_AT(&locks[1]), DISPATCH_LEVEL,
                        PASSIVE_LEVEL));
  KeReleaseSpinLock(&locks[1], old[1]);
  NT_EXPECT(nt_reported(0xC4, 0x32, PASSIVE_LEVEL, NT_AT(&locks[1]), 0));
  KeLowerIrql(PASSIVE_LEVEL);
  NT_EXPECT(nt_reported(0xC4, 0x31, DISPATCH_LEVEL, PASSIVE_LEVEL, 0));
  NT_END(locks);
}

static const char *hand_over_hand_raising(void) {
  KSPIN_LOCK locks[2];
  KIRQL old[2];
  nt_record();
  for (unsigned i = 0; i < 2; i++) {
    nt_fresh(&locks[i]);
    KeAcquireSpinLock(&locks[i], &old[i]);
  }
  KeReleaseSpinLock(&locks[0], old[1]);
  NT_EXPECT(nt_reported_rule(0x20015, "IrqlKeReleaseSpinLock", PASSIVE_LEVEL,
                             DISPATCH_LEVEL));
  KeReleaseSpinLock(&locks[1], old[0]);
  NT_EXPECT(nt_reported_rule(0x20015, "IrqlKeReleaseSpinLock", DISPATCH_LEVEL,
                             PASSIVE_LEVEL));
  NT_END(locks);
}

static const char *lowered_while_held(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  nt_record();
  nt_fresh(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeLowerIrql(APC_LEVEL);
  NT_EXPECT(
      nt_reported(0xC4, 0xE0000017, NT_AT(&lock), DISPATCH_LEVEL, APC_LEVEL));
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(nt_reported(0xC4, 0x32, APC_LEVEL, NT_AT(&lock), 0));
  NT_END(lock);
}

static const struct nt_behaviour rows[] = {
    {26, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, NT_MISUSE(1),
     "a recursive acquire is reported and does not hang", recursion},
    {27, "DOC", "B:0xC4", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(4),
     "a raising acquire above DISPATCH_LEVEL is reported", acquire_above},
    {29, "DOC", "B:0xC4", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(8),
     "a release at another level is reported", release_at_another_level},
    {30, "DOC", "V:wdm-irqlkereleasespinlock", NT_EXECUTIVE, NT_MISUSE(9),
     "a release with another level than saved is reported",
     release_with_another_level},
    {30, "DOC", "B:0xC4", NT_EXECUTIVE, NT_MISUSE(10),
     "a release with a level above the current is reported",
     release_with_another_level},
    {31, "DOC", "B:0xC4", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(14),
     "a release of a free lock is reported", release_of_a_free_lock},
    {32, "DOC", "B:0xC4", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(8),
     "a second release is reported", release_twice},
    {33, "DOC", "V:deadlock-detection", NT_EXECUTIVE, LOCK_TEST | NT_MISUSE(15),
     "a release by another thread is reported", release_by_another},
    {21, "DES", "nt-api.md 3.2", NT_EXECUTIVE, NT_MISUSE(16),
     "raising locks released out of order are reported", release_out_of_order},
    {34, "DOC", "B:0xF", NT_EXECUTIVE, NT_MISUSE(23),
     "lowering the level below a held lock's is reported", lowered_while_held},
    {140, "DOC", "V:wdm-irqlkereleasespinlock", NT_EXECUTIVE, NT_MISUSE(9),
     "hand over hand with swapped levels is reported", hand_over_hand_raising},
};

const struct nt_table NT_NAMED(nt_misuse_ordinary) = NT_TABLE(rows);
