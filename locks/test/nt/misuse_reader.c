/* nt-api.md 3.8 in checked mode: misuse of reader/writer locks. */
#include "locks/test/nt/free_word.h"
#include "locks/test/nt/misuse.h"

static const char *recursion(void) {
  EX_SPIN_LOCK lock = 0;
  nt_record();
  NtLockStorageFreed((PVOID)(uintptr_t)&lock, sizeof lock);
  KIRQL old = ExAcquireSpinLockShared(&lock);
  (void)ExAcquireSpinLockExclusive(&lock);
  NT_EXPECT(nt_reported(0xC4, 0x1000, NT_AT(&lock), 0, 0));
  (void)ExAcquireSpinLockShared(&lock);
  NT_EXPECT(nt_reported(0xC4, 0x1000, NT_AT(&lock), 0, 0));
  ExReleaseSpinLockShared(&lock, old);
  NT_EXPECT(lock == 0);
  NT_END(lock);
}

static const char *other_mode(void) {
  EX_SPIN_LOCK lock = 0;
  nt_record();
  NtLockStorageFreed((PVOID)(uintptr_t)&lock, sizeof lock);
  KIRQL old = ExAcquireSpinLockShared(&lock);
  ExReleaseSpinLockExclusive(&lock, old);
  NT_EXPECT(nt_reported_some(0xC4, 0xE0000022, NT_AT(&lock)));
  NT_EXPECT(lock != 0);
  ExReleaseSpinLockShared(&lock, old);
  old = ExAcquireSpinLockExclusive(&lock);
  ExReleaseSpinLockShared(&lock, old);
  NT_EXPECT(nt_reported_some(0xC4, 0xE0000022, NT_AT(&lock)));
  ExReleaseSpinLockExclusive(&lock, old);
  old = KeRaiseIrqlToDpcLevel();
  ExReleaseSpinLockSharedFromDpcLevel(&lock);
  NT_EXPECT(nt_reported(0xC4, 0x1007, NT_AT(&lock), 0, 0));
  KeLowerIrql(old);
  NT_EXPECT(nt_is_free(&lock));
  NT_END(lock);
}

static const char *convert(void) {
  EX_SPIN_LOCK lock = 0;
  nt_record();
  NtLockStorageFreed((PVOID)(uintptr_t)&lock, sizeof lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(ExTryConvertSharedSpinLockExclusive(&lock) == FALSE);
  NT_EXPECT(nt_reported(0xC4, 0x1009, NT_AT(&lock), 0, 0));
  ExAcquireSpinLockSharedAtDpcLevel(&lock);
  NT_EXPECT(ExTryConvertSharedSpinLockExclusive(&lock) == TRUE);
  NT_EXPECT(ExTryConvertSharedSpinLockExclusive(&lock) == FALSE);
  NT_EXPECT(nt_reported(0xC4, 0x1009, NT_AT(&lock), 0, 0));
  ExReleaseSpinLockExclusiveFromDpcLevel(&lock);
  KeLowerIrql(old);
  NT_END(lock);
}

static const char *convert_below(void) {
  EX_SPIN_LOCK lock = 0;
  nt_record();
  NtLockStorageFreed((PVOID)(uintptr_t)&lock, sizeof lock);
  ExAcquireSpinLockSharedAtDpcLevel(&lock);
  NT_EXPECT(nt_reported(0xC4, 0x40, PASSIVE_LEVEL, NT_AT(&lock), 0));
  NT_EXPECT(ExTryConvertSharedSpinLockExclusive(&lock) == TRUE);
  NT_EXPECT(nt_reported(0xC4, 0x40, PASSIVE_LEVEL, NT_AT(&lock), 0));
  ExReleaseSpinLockExclusiveFromDpcLevel(&lock);
  NT_EXPECT(nt_reported(0xC4, 0x41, PASSIVE_LEVEL, NT_AT(&lock), 0));
  NT_END(lock);
}

static const struct nt_behaviour rows[] = {
    {112, "DOC", "K:reader-writer-spin-locks", NT_NEITHER, NT_MISUSE(34),
     "entering twice, in any mode, is reported", recursion},
    {113, "DOC", "D:exreleasespinlockexclusive", NT_NEITHER, NT_MISUSE(34),
     "leaving in another mode is reported", other_mode},
    {113, "DOC", "D:exreleasespinlockshared", NT_NEITHER, NT_MISUSE(14),
     "leaving without having entered is reported", other_mode},
    {111, "DOC", "nt-api.md 3.8", NT_NEITHER, NT_MISUSE(5),
     "converting below DISPATCH_LEVEL is reported", convert_below},
    {106, "DOC", "nt-api.md 4.3", NT_NEITHER, NT_MISUSE(35),
     "converting without being a reader is reported", convert},
};

const struct nt_table NT_NAMED(nt_misuse_reader) = NT_TABLE(rows);
