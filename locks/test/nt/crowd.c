/* Checked mode under 64 threads: the locks still exclude, each mistake is
 * reported once and on the lock it was made with, and the right use between
 * the mistakes is not reported. Run under the sanitizers too. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#include "locks/nt/kspin.h"

#include <ntifs.h>

enum { THREADS = 64, TURNS = 12, ROWS = 64 };

static KSPIN_LOCK outer, inner, queued;
static EX_SPIN_LOCK both;
static unsigned long counts[4];
static _Atomic unsigned reports[ROWS];
static _Atomic unsigned wrong_lock;
static _Thread_local const volatile void *mine;

static void note(const struct kspin_bug_check *check, void *unused) {
  (void)unused;
  atomic_fetch_add(&reports[check->row % ROWS], 1);
  if (check->lock != mine)
    atomic_fetch_add(&wrong_lock, 1);
}

/* As it should be: two nested, a queue, readers and writers. */
static void use_well(unsigned turn) {
  KLOCK_QUEUE_HANDLE handle;
  KIRQL first, second;
  KeAcquireSpinLock(&outer, &first);
  KeAcquireSpinLock(&inner, &second);
  counts[0]++;
  sched_yield(); /* so that others come to wait */
  KeReleaseSpinLock(&inner, second);
  KeReleaseSpinLock(&outer, first);
  KeAcquireInStackQueuedSpinLock(&queued, &handle);
  counts[1]++;
  KeReleaseInStackQueuedSpinLock(&handle);
  if (turn % 4 != 0) {
    first = ExAcquireSpinLockShared(&both);
    ExReleaseSpinLockShared(&both, first);
    return;
  }
  first = ExAcquireSpinLockExclusive(&both);
  counts[2]++;
  ExReleaseSpinLockExclusive(&both, first);
}

static void take(PKSPIN_LOCK first, PKSPIN_LOCK second) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(first);
  KeAcquireSpinLockAtDpcLevel(second);
  KeReleaseSpinLockFromDpcLevel(second);
  KeReleaseSpinLockFromDpcLevel(first);
  KeLowerIrql(old);
}

/* Four mistakes, with locks of this thread's own. */
static void use_badly(void) {
  KSPIN_LOCK own[2];
  KIRQL old, again;
  for (unsigned i = 0; i < 2; i++) {
    NtLockStorageFreed(&own[i], sizeof own[i]);
    KeInitializeSpinLock(&own[i]);
  }
  mine = &own[0];
  KeAcquireSpinLock(&own[0], &old);
  KeAcquireSpinLock(&own[0], &again);
  KeReleaseSpinLock(&own[0], old);
  (void)KeRaiseIrqlToDpcLevel();
  KeReleaseSpinLockFromDpcLevel(&own[0]);
  KeLowerIrql(PASSIVE_LEVEL);
  take(&own[0], &own[1]);
  take(&own[1], &own[0]);
  mine = &own[1];
  KeInitializeSpinLock(&own[1]);
  NtLockStorageFreed(own, sizeof own);
}

static void *run(void *unused) {
  (void)unused;
  for (unsigned i = 0; i < TURNS; i++) {
    use_well(i);
    use_badly();
    sched_yield();
  }
  return NULL;
}

int main(void) {
  static const unsigned rows[] = {1, 14, 17, 19};
  pthread_t threads[THREADS];
  unsigned wrong = 0, all = 0;
  KeInitializeSpinLock(&outer);
  KeInitializeSpinLock(&inner);
  KeInitializeSpinLock(&queued);
  kspin_on_bug_check(note, NULL);
  for (unsigned i = 0; i < THREADS; i++)
    if (pthread_create(&threads[i], NULL, run, NULL) != 0)
      return 2;
  for (unsigned i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
    if (reports[rows[i]] != THREADS * TURNS) {
      printf("row %u: %u reports\n", rows[i], reports[rows[i]]);
      wrong++;
    }
  for (unsigned i = 0; i < ROWS; i++)
    all += reports[i];
  wrong += all != 4 * THREADS * TURNS || wrong_lock != 0;
  wrong += counts[0] != THREADS * TURNS || counts[1] != THREADS * TURNS ||
           counts[2] != THREADS * ((TURNS + 3) / 4);
  printf("%u reports, %u on another lock; counts %lu %lu %lu\n", all,
         wrong_lock, counts[0], counts[1], counts[2]);
  return wrong != 0;
}
