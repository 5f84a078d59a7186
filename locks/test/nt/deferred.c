/* nt-api.md 3.9: deferred procedure calls of a processor, over a library. */
#include "locks/test/nt/misuse.h"

static unsigned runs;
static KIRQL level;

static VOID note(struct _KDPC *dpc, PVOID context, PVOID first, PVOID second) {
  (void)dpc, (void)first, (void)second;
  level = KeGetCurrentIrql();
  runs += context == &runs;
}

static const char *runs_when_lowered(void) {
  KSPIN_LOCK none = 0;
  KDPC dpc;
  nt_record();
  runs = 0;
  KeInitializeDpc(&dpc, note, &runs);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(KeInsertQueueDpc(&dpc, NULL, NULL) == TRUE && runs == 0);
  KeLowerIrql(old);
  NT_EXPECT(runs == 1 && level == DISPATCH_LEVEL);
  NT_EXPECT(KeInsertQueueDpc(&dpc, NULL, NULL) == TRUE && runs == 2);
  NT_END(none);
}

static const char *queued_once(void) {
  KSPIN_LOCK none = 0;
  KDPC dpc;
  nt_record();
  runs = 0;
  KeInitializeDpc(&dpc, note, &runs);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(KeInsertQueueDpc(&dpc, NULL, NULL) == TRUE);
  NT_EXPECT(KeInsertQueueDpc(&dpc, NULL, NULL) == FALSE);
  KeLowerIrql(old);
  NT_EXPECT(runs == 1);
  old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(KeInsertQueueDpc(&dpc, NULL, NULL) == TRUE);
  NT_EXPECT(KeRemoveQueueDpc(&dpc) == TRUE);
  NT_EXPECT(KeRemoveQueueDpc(&dpc) == FALSE);
  KeLowerIrql(old);
  NT_EXPECT(runs == 1);
  NT_END(none);
}

static const struct nt_behaviour rows[] = {
    {123, "DOC", "K:organization-of-dpc-queues", NT_NEITHER, 0,
     "a DPC waits for the level to fall, and runs before that returns",
     runs_when_lowered},
    {124, "DOC", "D:keinsertqueuedpc", NT_NEITHER, 0,
     "a DPC that is queued already is not queued again", queued_once},
};

const struct nt_table NT_NAMED(nt_deferred) = NT_TABLE(rows);
