/* nt-api.md 3.9 in checked mode: misuse of the IRQL routines. */
#include "locks/test/nt/misuse.h"

static const char *raise_downwards(void) {
  KSPIN_LOCK none = 0;
  KIRQL high, old;
  nt_record();
  KeRaiseIrql(7, &high);
  KeRaiseIrql(APC_LEVEL, &old);
  NT_EXPECT(nt_reported(0xC4, 0x30, 7, APC_LEVEL, 0));
  KeLowerIrql(old);
  NT_EXPECT(nt_reported(0xC4, 0x31, APC_LEVEL, 7, 0));
  KeLowerIrql(high);
  NT_END(none);
}

static const char *raise_too_high(void) {
  KSPIN_LOCK none = 0;
  KIRQL old;
  nt_record();
  KeRaiseIrql(HIGH_LEVEL + 1, &old);
  NT_EXPECT(nt_reported(0xC4, 0x30, PASSIVE_LEVEL, HIGH_LEVEL + 1, 0));
  KeLowerIrql(old);
  NT_END(none);
}

static VOID lower_in_dpc(PVOID unused) {
  (void)unused;
  KeLowerIrql(PASSIVE_LEVEL);
}

static const char *lower_wrongly(void) {
  KSPIN_LOCK none = 0;
  nt_record();
  KeLowerIrql(DISPATCH_LEVEL);
  NT_EXPECT(nt_reported(0xC4, 0x31, PASSIVE_LEVEL, DISPATCH_LEVEL, 0));
  KeLowerIrql(HIGH_LEVEL + 1);
  NT_EXPECT(nt_reported(0xC4, 0x31, DISPATCH_LEVEL, HIGH_LEVEL + 1, 0));
  KeLowerIrql(PASSIVE_LEVEL);
  NT_EXPECT(nt_reported(0xC4, 0x31, HIGH_LEVEL + 1, PASSIVE_LEVEL, 0));
  NtSimDpc(lower_in_dpc, NULL);
  NT_EXPECT(nt_reported(0xC4, 0x31, DISPATCH_LEVEL, PASSIVE_LEVEL, 1));
  NT_EXPECT(nt_reported(0xC8, DISPATCH_LEVEL << 8, 0, 0, 0));
  NT_END(none);
}

static const char *lower_skipping(void) {
  KSPIN_LOCK none = 0;
  KIRQL first, second;
  nt_record();
  KeRaiseIrql(APC_LEVEL, &first);
  KeRaiseIrql(7, &second);
  KeLowerIrql(first);
  NT_EXPECT(nt_reported(0xC4, 0x31, 7, PASSIVE_LEVEL, 0));
  NT_END(none);
}

static const char *to_dpc_level_from_above(void) {
  KSPIN_LOCK none = 0;
  KIRQL high;
  nt_record();
  KeRaiseIrql(7, &high);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(nt_reported(0xC4, 0x30, 7, DISPATCH_LEVEL, 0));
  NT_EXPECT(old == 7 && KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(old);
  NT_EXPECT(nt_reported(0xC4, 0x31, DISPATCH_LEVEL, 7, 0));
  KeLowerIrql(high);
  NT_END(none);
}

static const char *waits(void) {
  KSPIN_LOCK none = 0;
  nt_record();
  NtSimWait(&none, 5);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NtSimWait(&none, 0);
  NT_EXPECT(nt_silent());
  NtSimWait(&none, 5);
  NT_EXPECT(nt_reported(0xC4, 0x3B, DISPATCH_LEVEL, NT_AT(&none), 5));
  KeLowerIrql(old);
  NT_END(none);
}

static const struct nt_behaviour rows[] = {
    {117, "DOC", "B:0xC4", NT_NEITHER, NT_MISUSE(24),
     "KeRaiseIrql downwards is reported", raise_downwards},
    {118, "DOC", "B:0xC4", NT_NEITHER, NT_MISUSE(24),
     "KeRaiseIrql above HIGH_LEVEL is reported", raise_too_high},
    {119, "DOC", "B:0xC4", NT_NEITHER, NT_MISUSE(25),
     "KeLowerIrql upwards, too high, or in a DPC is reported", lower_wrongly},
    {120, "DOC", "V:wdm-irqlkeraiselower2", NT_NEITHER, NT_MISUSE(25),
     "KeLowerIrql that skips a raise is reported", lower_skipping},
    {121, "DOC", "D:keraiseirqltodpclevel", NT_NEITHER, NT_MISUSE(26),
     "KeRaiseIrqlToDpcLevel above it is reported", to_dpc_level_from_above},
    {48, "DOC", "B:0xC4", NT_NEITHER, NT_MISUSE(29),
     "a wait at DISPATCH_LEVEL is reported, a look is not", waits},
};

const struct nt_table NT_NAMED(nt_misuse_levels) = NT_TABLE(rows);
