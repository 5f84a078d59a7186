/* nt-api.md 3.5: in-stack queued locks between threads. */
#include <string.h>

#include "locks/cpu.h"
#include "locks/test/nt/team.h"

enum { WAITERS = 5, ROUNDS = 10, TEAM = 3, TURNS = 3000 };

static KSPIN_LOCK shared;
static _Atomic unsigned entries;
static unsigned order[WAITERS], before_late[WAITERS];
static unsigned long count;
static _Atomic int wrong;

/* Enters once; `argument` is where to write as the how-manieth. */
static void enter_once(struct nt_waiter *self) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&shared, &handle);
  *(unsigned *)self->argument = atomic_fetch_add(&entries, 1);
  atomic_store(&self->entered, 1);
  KeReleaseInStackQueuedSpinLock(&handle);
}

/* Holds the lock until all waiters are seen to wait, in turn. */
static bool line_up(unsigned turn[WAITERS]) {
  struct nt_waiter waiters[WAITERS];
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&shared);
  entries = 0;
  KeAcquireInStackQueuedSpinLock(&shared, &handle);
  for (unsigned i = 0; i < WAITERS; i++)
    if (!nt_waiter_start(&waiters[i], enter_once, &turn[i]))
      return false;
  KeReleaseInStackQueuedSpinLock(&handle);
  for (unsigned i = 0; i < WAITERS; i++)
    nt_waiter_end(&waiters[i]);
  return true;
}

static const char *in_order_of_arrival(void) {
  for (unsigned round = 0; round < ROUNDS; round++) {
    NT_EXPECT(line_up(order));
    for (unsigned i = 0; i < WAITERS; i++)
      NT_EXPECT(order[i] == i);
  }
  return NULL;
}

/* Comes again and again, after the waiters have lined up. */
static void overtake(struct nt_waiter *self) {
  KLOCK_QUEUE_HANDLE handle;
  for (unsigned i = 0; i < WAITERS; i++) {
    KeAcquireInStackQueuedSpinLock(&shared, &handle);
    before_late[i] = atomic_load(&entries);
    KeReleaseInStackQueuedSpinLock(&handle);
  }
  atomic_store(&self->entered, 1);
}

static const char *late_arrival_does_not_overtake(void) {
  struct nt_waiter waiters[WAITERS], late;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&shared);
  entries = 0;
  KeAcquireInStackQueuedSpinLock(&shared, &handle);
  for (unsigned i = 0; i < WAITERS; i++)
    NT_EXPECT(nt_waiter_start(&waiters[i], enter_once, &order[i]));
  NT_EXPECT(nt_waiter_start(&late, overtake, NULL));
  KeReleaseInStackQueuedSpinLock(&handle);
  for (unsigned i = 0; i < WAITERS; i++)
    nt_waiter_end(&waiters[i]);
  nt_waiter_end(&late);
  for (unsigned i = 0; i < WAITERS; i++)
    NT_EXPECT(before_late[i] == WAITERS);
  return NULL;
}

static const char *layout_with_a_waiter(void) {
  struct nt_waiter waiter;
  KLOCK_QUEUE_HANDLE handle;
  unsigned turn;
  KeInitializeSpinLock(&shared);
  entries = 0;
  KeAcquireInStackQueuedSpinLock(&shared, &handle);
  NT_EXPECT(nt_waiter_start(&waiter, enter_once, &turn));
  KSPIN_LOCK_QUEUE *next = handle.LockQueue.Next;
  KSPIN_LOCK word = *(volatile KSPIN_LOCK *)&shared;
  ULONG_PTR its_lock = next == NULL ? 0 : (ULONG_PTR)next->Lock;
  KeReleaseInStackQueuedSpinLock(&handle);
  nt_waiter_end(&waiter);
  NT_EXPECT(next != NULL && word == (KSPIN_LOCK)next);
  NT_EXPECT(its_lock == (ULONG_PTR)&shared + LOCK_QUEUE_WAIT);
  return NULL;
}

/* Poisons the handle as soon as it is released. */
static void poison_handle(struct nt_waiter *self) {
  KLOCK_QUEUE_HANDLE handle;
  atomic_store(&self->entered, 1);
  for (unsigned i = 0; i < TURNS; i++) {
    KeAcquireInStackQueuedSpinLock(&shared, &handle);
    count++;
    if (KeGetCurrentIrql() != DISPATCH_LEVEL)
      atomic_store(&wrong, 1);
    KeReleaseInStackQueuedSpinLock(&handle);
    memset(&handle, 0x5A, sizeof handle);
    cpu_compiler_barrier();
    if (KeGetCurrentIrql() != PASSIVE_LEVEL)
      atomic_store(&wrong, 1);
    if (i % 8 == 0)
      sched_yield();
  }
}

/* One member is at DISPATCH_LEVEL for long, the others raise. */
static void mix_forms(struct nt_waiter *self) {
  if (self->argument == NULL) {
    poison_handle(self);
    return;
  }
  atomic_store(&self->entered, 1);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < TURNS; i++) {
    KLOCK_QUEUE_HANDLE handle;
    KeAcquireInStackQueuedSpinLockAtDpcLevel(&shared, &handle);
    count++;
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
    if (i % 8 == 0)
      sched_yield();
  }
  KeLowerIrql(old);
}

static bool run_team(void (*run)(struct nt_waiter *self)) {
  struct nt_waiter team[TEAM];
  KeInitializeSpinLock(&shared);
  count = 0;
  wrong = 0;
  for (unsigned i = 0; i < TEAM; i++)
    if (!nt_waiter_start(&team[i], run, i == 1 ? &shared : NULL))
      return false;
  for (unsigned i = 0; i < TEAM; i++)
    nt_waiter_end(&team[i]);
  return true;
}

static const char *handle_may_die_at_release(void) {
  NT_EXPECT(run_team(poison_handle));
  NT_EXPECT(wrong == 0 && count == (unsigned long)TEAM * TURNS);
  return NULL;
}

static const char *both_forms_exclude(void) {
  NT_EXPECT(run_team(mix_forms));
  NT_EXPECT(wrong == 0 && count == (unsigned long)TEAM * TURNS);
  return NULL;
}

static KIRQL level_after_release;

static void release_for_another(struct nt_waiter *self) {
  KeReleaseInStackQueuedSpinLock(self->argument);
  level_after_release = KeGetCurrentIrql();
  atomic_store(&self->entered, 1);
}

static const char *another_thread_releases(void) {
  struct nt_waiter other;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL old;
  KeInitializeSpinLock(&shared);
  KeRaiseIrql(APC_LEVEL, &old);
  KeAcquireInStackQueuedSpinLock(&shared, &handle);
  NT_EXPECT(nt_waiter_start(&other, release_for_another, &handle));
  nt_waiter_end(&other);
  NT_EXPECT(level_after_release == APC_LEVEL);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&shared, &handle);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  KeLowerIrql(old);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {69, "OBS", "PUB", NT_QUEUED, LOCK_NT_LAYOUT | NT_SEES_WAITING,
     "a waiter's Lock has WAIT, the holder's Next names it",
     layout_with_a_waiter},
    {70, "DOC", "K:queued-spin-locks", NT_QUEUED, LOCK_FIFO | NT_SEES_WAITING,
     "waiters own the lock in the order in which they queued",
     in_order_of_arrival},
    {71, "DOC", "K:queued-spin-locks", NT_QUEUED, LOCK_FIFO | NT_SEES_WAITING,
     "a late arrival does not pass a waiter", late_arrival_does_not_overtake},
    {72, "derived", "nt-api.md 1.1", NT_QUEUED, LOCK_EXCLUSIVE,
     "the handle's memory is free when release returns",
     handle_may_die_at_release},
    {86, "derived", "nt-api.md 3.5", NT_QUEUED, NT_ANY_THREAD,
     "unchecked, another thread may release and takes the level",
     another_thread_releases},
    {91, "DOC", "K:queued-spin-locks", NT_QUEUED, LOCK_EXCLUSIVE,
     "raising and AtDpcLevel users of one lock exclude each other",
     both_forms_exclude},
};

const struct nt_table NT_NAMED(nt_queued_team) = NT_TABLE(rows);
