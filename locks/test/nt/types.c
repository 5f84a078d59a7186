/* nt-api.md 3.1: types. Sizes and offsets are static asserts in
 * locks/nt/types.h; here they are looked at again at run time. */
#include "locks/test/nt/behaviour.h"

static const char *sizes(void) {
  NT_EXPECT(sizeof(KIRQL) == 1);
  NT_EXPECT(sizeof(KSPIN_LOCK) == 8);
  NT_EXPECT(sizeof(KSPIN_LOCK_QUEUE) == 16);
  NT_EXPECT(sizeof(KLOCK_QUEUE_HANDLE) == 24);
  NT_EXPECT(sizeof(EX_SPIN_LOCK) == 4);
  NT_EXPECT(sizeof(KSPIN_LOCK_QUEUE_NUMBER) == 8);
  NT_EXPECT(sizeof(LONG) == 4 && sizeof(ULONG) == 4);
  NT_EXPECT(sizeof(BOOLEAN) == 1 && sizeof(LOGICAL) == 4);
  return NULL;
}

static const char *offsets(void) {
  NT_EXPECT(offsetof(KLOCK_QUEUE_HANDLE, LockQueue) == 0);
  NT_EXPECT(offsetof(KLOCK_QUEUE_HANDLE, OldIrql) == 16);
  NT_EXPECT(offsetof(KSPIN_LOCK_QUEUE, Next) == 0);
  NT_EXPECT(offsetof(KSPIN_LOCK_QUEUE, Lock) == 8);
  return NULL;
}

static const char *levels(void) {
  NT_EXPECT(PASSIVE_LEVEL == 0 && LOW_LEVEL == 0 && APC_LEVEL == 1);
  NT_EXPECT(DISPATCH_LEVEL == 2 && SYNCH_LEVEL == 12 && CLOCK_LEVEL == 13);
  NT_EXPECT(IPI_LEVEL == 14 && POWER_LEVEL == 14 && HIGH_LEVEL == 15);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {1, "derived", "H", NT_NEITHER, 0, "the types have the sizes of x64",
     sizes},
    {2, "derived", "H", NT_NEITHER, 0, "the fields have the offsets of x64",
     offsets},
    {3, "DOC", "K:managing-hardware-priorities", NT_NEITHER, 0,
     "PASSIVE < APC < DISPATCH < SYNCH < CLOCK < IPI < HIGH", levels},
};

const struct nt_table NT_NAMED(nt_types) = NT_TABLE(rows);
