/* nt-api.md 2.3: the numbered queued locks, and what cannot be shown. Row 0
 * stands for what nt-api.md 3 has no number for. */
#include "locks/test/nt/team.h"

enum { TURNS = 2000 };

static unsigned long count;

static void take_turns(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  for (unsigned i = 0; i < TURNS; i++) {
    KIRQL old = KeAcquireQueuedSpinLock(LockQueueMasterLock);
    count++;
    KeReleaseQueuedSpinLock(LockQueueMasterLock, old);
    if (i % 8 == 0)
      sched_yield();
  }
}

static void try_it(struct nt_waiter *self) {
  KIRQL old = 0xEE;
  LOGICAL got = KeTryToAcquireQueuedSpinLock(LockQueueVacbLock, &old);
  *(int *)self->argument =
      got == FALSE && old == 0xEE && KeGetCurrentIrql() == PASSIVE_LEVEL;
  atomic_store(&self->entered, 1);
}

static const char *numbered(void) {
  struct nt_waiter others[2];
  KIRQL old;
  int right = 0;
  old = KeAcquireQueuedSpinLock(LockQueueVacbLock);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == DISPATCH_LEVEL);
  NT_EXPECT(nt_waiter_start(&others[0], try_it, &right));
  nt_waiter_end(&others[0]);
  KeReleaseQueuedSpinLock(LockQueueVacbLock, old);
  NT_EXPECT(right == 1 && KeGetCurrentIrql() == PASSIVE_LEVEL);
  NT_EXPECT(KeTryToAcquireQueuedSpinLockRaiseToSynch(LockQueueVacbLock, &old));
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == SYNCH_LEVEL);
  KeReleaseQueuedSpinLock(LockQueueVacbLock, old);
  old = KeAcquireQueuedSpinLockRaiseToSynch(LockQueueVacbLock);
  NT_EXPECT(old == PASSIVE_LEVEL && KeGetCurrentIrql() == SYNCH_LEVEL);
  KeReleaseQueuedSpinLock(LockQueueVacbLock, old);
  count = 0;
  for (unsigned i = 0; i < 2; i++)
    NT_EXPECT(nt_waiter_start(&others[i], take_turns, NULL));
  for (unsigned i = 0; i < 2; i++)
    nt_waiter_end(&others[i]);
  NT_EXPECT(count == 2ul * TURNS);
  return NULL;
}

static const char *own_node(void) {
  KSPIN_LOCK lock = 0;
  KSPIN_LOCK_QUEUE node = {NULL, &lock};
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < 2; i++) {
    KeAcquireQueuedSpinLockAtDpcLevel(&node);
    NT_EXPECT(lock == (KSPIN_LOCK)&node);
    KeReleaseQueuedSpinLockFromDpcLevel(&node);
    NT_EXPECT(lock == 0 && node.Lock == &lock);
  }
  KeLowerIrql(old);
  NtLockStorageFreed(&lock, sizeof lock);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {0, "DES", "nt-api.md 2.3", NT_NEITHER, 0,
     "numbered locks exclude, raise and restore; a failed try does nothing",
     numbered},
    {0, "DES", "nt-api.md 2.3", NT_NEITHER, 0,
     "a node with a lock of its own is reusable", own_node},
};

const struct nt_table NT_NAMED(nt_numbered) = NT_TABLE(rows);

static const struct nt_behaviour hidden[] = {
    {90, "derived", "R, RT", NT_NEITHER, 0,
     "mixed use of a held word corrupts it, so nothing is promised to show",
     NULL},
    {137, "OBS", "R", NT_NEITHER, 0,
     "uniprocessor mode: no such backend, a process has several processors",
     NULL},
};

const struct nt_table NT_NAMED(nt_hidden) = NT_TABLE(hidden);
