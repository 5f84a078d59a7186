/* nt-api.md 3.2: the ordinary routines between threads. */
#include <signal.h>
#include <string.h>

#include "locks/test/nt/team.h"

static struct {
  unsigned char before[16];
  KSPIN_LOCK lock;
  KIRQL old; /* of whoever holds the lock */
  unsigned char after[15];
} shared;

static _Atomic int level_of_waiter;

static void sample_level(int signal) {
  (void)signal;
  atomic_store(&level_of_waiter, KeGetCurrentIrql());
}

/* Acquires into the KIRQL that `argument` points to. */
static void acquire_once(struct nt_waiter *self) {
  KeAcquireSpinLock(&shared.lock, self->argument);
  atomic_store(&self->entered, 1);
  KeReleaseSpinLock(&shared.lock, *(KIRQL *)self->argument);
}

static const char *waiter_spins_at_dispatch(void) {
  struct nt_waiter waiter;
  struct sigaction action = {.sa_handler = sample_level}, before;
  KIRQL old, its_old = HIGH_LEVEL;
  level_of_waiter = -1;
  sigaction(SIGUSR1, &action, &before);
  KeInitializeSpinLock(&shared.lock);
  KeAcquireSpinLock(&shared.lock, &old);
  NT_EXPECT(nt_waiter_start(&waiter, acquire_once, &its_old));
  pthread_kill(waiter.thread, SIGUSR1);
  while (level_of_waiter == -1)
    sched_yield();
  int seen = level_of_waiter;
  KeReleaseSpinLock(&shared.lock, old);
  nt_waiter_end(&waiter);
  sigaction(SIGUSR1, &before, NULL);
  NT_EXPECT(seen == DISPATCH_LEVEL);
  NT_EXPECT(its_old == PASSIVE_LEVEL);
  return NULL;
}

static const char *old_level_comes_with_the_lock(void) {
  struct nt_waiter waiter;
  KIRQL old, its_old = 0xEE;
  KeInitializeSpinLock(&shared.lock);
  KeAcquireSpinLock(&shared.lock, &old);
  NT_EXPECT(nt_waiter_start(&waiter, acquire_once, &its_old));
  KIRQL while_waiting = its_old;
  KeReleaseSpinLock(&shared.lock, old);
  nt_waiter_end(&waiter);
  NT_EXPECT(while_waiting == 0xEE);
  NT_EXPECT(its_old == PASSIVE_LEVEL);
  return NULL;
}

enum { TEAM = 3, TURNS = 2000 };
static unsigned long count, message[4];
static _Atomic int wrong;

/* The level of the holder lies beside the lock, one for all users. */
static void share_one_level(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  for (unsigned i = 0; i < TURNS; i++) {
    KeAcquireSpinLock(&shared.lock, &shared.old);
    if (shared.old != PASSIVE_LEVEL)
      atomic_store(&wrong, 1);
    count++;
    KeReleaseSpinLock(&shared.lock, shared.old);
    if (KeGetCurrentIrql() != PASSIVE_LEVEL)
      atomic_store(&wrong, 1);
    sched_yield();
  }
}

/* Writes a message of several words, and checks the last one. */
static void leave_message(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  for (unsigned i = 0; i < TURNS; i++) {
    KIRQL old;
    KeAcquireSpinLock(&shared.lock, &old);
    unsigned long last = message[3];
    for (unsigned j = 0; j < 4; j++) {
      if (message[j] != last)
        atomic_store(&wrong, 1);
      message[j] = last + 1;
    }
    KeReleaseSpinLock(&shared.lock, old);
    sched_yield();
  }
}

/* Half of the team raises, the other half is at DISPATCH_LEVEL for long. */
static void mix_forms(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  if (self->argument == NULL) {
    share_one_level(self);
    return;
  }
  KIRQL old = KeRaiseIrqlToDpcLevel();
  for (unsigned i = 0; i < TURNS; i++) {
    KeAcquireSpinLockAtDpcLevel(&shared.lock);
    count++;
    KeReleaseSpinLockFromDpcLevel(&shared.lock);
    sched_yield();
  }
  KeLowerIrql(old);
}

static bool run_team(void (*run)(struct nt_waiter *self)) {
  struct nt_waiter team[TEAM];
  KeInitializeSpinLock(&shared.lock);
  count = 0;
  wrong = 0;
  for (unsigned i = 0; i < TEAM; i++)
    if (!nt_waiter_start(&team[i], run, i % 2 == 0 ? NULL : &shared))
      return false;
  for (unsigned i = 0; i < TEAM; i++)
    nt_waiter_end(&team[i]);
  return true;
}

static const char *one_old_level_for_all_users(void) {
  NT_EXPECT(run_team(share_one_level));
  NT_EXPECT(wrong == 0);
  return NULL;
}

static const char *one_holder_at_a_time(void) {
  NT_EXPECT(run_team(share_one_level));
  NT_EXPECT(count == (unsigned long)TEAM * TURNS);
  return NULL;
}

static const char *writes_are_seen(void) {
  memset(message, 0, sizeof message);
  NT_EXPECT(run_team(leave_message));
  NT_EXPECT(wrong == 0);
  NT_EXPECT(message[0] == (unsigned long)TEAM * TURNS);
  return NULL;
}

static const char *nothing_else_is_written(void) {
  memset(shared.before, 0x6B, sizeof shared.before);
  memset(shared.after, 0x6B, sizeof shared.after);
  NT_EXPECT(run_team(share_one_level));
  for (unsigned i = 0; i < sizeof shared.before; i++)
    NT_EXPECT(shared.before[i] == 0x6B);
  for (unsigned i = 0; i < sizeof shared.after; i++)
    NT_EXPECT(shared.after[i] == 0x6B);
  return NULL;
}

static const char *both_forms_exclude(void) {
  NT_EXPECT(run_team(mix_forms));
  NT_EXPECT(count == (unsigned long)TEAM * TURNS && wrong == 0);
  return NULL;
}

static _Atomic int may_leave;

/* Stays inside until told to leave. */
static void stay_inside(struct nt_waiter *self) {
  KIRQL old;
  KeAcquireSpinLock(&shared.lock, &old);
  atomic_store(&self->entered, 1);
  while (may_leave == 0)
    sched_yield();
  KeReleaseSpinLock(&shared.lock, old);
}

static const char *one_of_two_waiters_enters(void) {
  struct nt_waiter waiters[2];
  KIRQL old;
  may_leave = 0;
  KeInitializeSpinLock(&shared.lock);
  KeAcquireSpinLock(&shared.lock, &old);
  for (unsigned i = 0; i < 2; i++)
    NT_EXPECT(nt_waiter_start(&waiters[i], stay_inside, NULL));
  KeReleaseSpinLock(&shared.lock, old);
  while (waiters[0].entered + waiters[1].entered == 0)
    sched_yield();
  for (unsigned i = 0; i < 20; i++)
    sched_yield(); /* the other one would have time to enter */
  int entered = waiters[0].entered + waiters[1].entered;
  may_leave = 1;
  for (unsigned i = 0; i < 2; i++)
    nt_waiter_end(&waiters[i]);
  NT_EXPECT(entered == 1);
  NT_EXPECT(waiters[0].entered + waiters[1].entered == 2);
  return NULL;
}

static KIRQL level_after_release;

static void release_for_another(struct nt_waiter *self) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeReleaseSpinLock(&shared.lock, APC_LEVEL);
  level_after_release = KeGetCurrentIrql();
  KeLowerIrql(old);
  atomic_store(&self->entered, 1);
}

static const char *another_thread_releases(void) {
  struct nt_waiter other;
  KIRQL old;
  KeInitializeSpinLock(&shared.lock);
  KeAcquireSpinLock(&shared.lock, &old);
  NT_EXPECT(nt_waiter_start(&other, release_for_another, NULL));
  nt_waiter_end(&other);
  NT_EXPECT(KeTestSpinLock(&shared.lock) == TRUE);
  NT_EXPECT(level_after_release == APC_LEVEL);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(old);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {16, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, NT_SEES_WAITING,
     "a waiter spins at DISPATCH_LEVEL", waiter_spins_at_dispatch},
    {17, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, NT_SEES_WAITING,
     "OldIrql is not written before the lock is owned",
     old_level_comes_with_the_lock},
    {18, "DOC", "D:keacquirespinlock", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "one OldIrql beside the lock serves all its users",
     one_old_level_for_all_users},
    {22, "DOC", "K:using-spin-locks--an-example", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "one holder at a time", one_holder_at_a_time},
    {23, "DES", "nt-api.md 2.0", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "the next holder sees what the last one wrote", writes_are_seen},
    {24, "DOC", "K:using-spin-locks--an-example", NT_EXECUTIVE,
     LOCK_EXCLUSIVE | NT_SEES_WAITING,
     "a release lets exactly one of two waiters in", one_of_two_waiters_enters},
    {25, "derived", "nt-api.md 1.1", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "nothing beside the lock and OldIrql is written", nothing_else_is_written},
    {33, "derived", "nt-api.md 3.2", NT_EXECUTIVE, LOCK_TEST | NT_ANY_THREAD,
     "unchecked, another thread may release and takes the level",
     another_thread_releases},
    {91, "DOC", "K:introduction-to-spin-locks", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "raising and AtDpcLevel users of one lock exclude each other",
     both_forms_exclude},
};

const struct nt_table NT_NAMED(nt_ordinary_team) = NT_TABLE(rows);
