/* nt-api.md 3.4: KeTryToAcquireSpinLockAtDpcLevel and KeTestSpinLock. */
#include <pthread.h>
#include <sched.h>

#include "locks/test/nt/behaviour.h"

static KSPIN_LOCK shared;

static const char *true_when_free_false_when_held(void) {
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == 1);
  KSPIN_LOCK held = lock;
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == 0);
  NT_EXPECT(lock == held && KeTestSpinLock(&lock) == FALSE);
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == 1);
  KeReleaseSpinLockFromDpcLevel(&lock);
  KeLowerIrql(old);
  return NULL;
}

static void *try_shared(void *result) {
  *(BOOLEAN *)result = KeTryToAcquireSpinLockAtDpcLevel(&shared);
  return NULL;
}

/* The holder does not let go before the other one has its answer. */
static const char *never_blocks(void) {
  pthread_t thread;
  BOOLEAN result = TRUE;
  KeInitializeSpinLock(&shared);
  KeAcquireSpinLockAtDpcLevel(&shared);
  NT_EXPECT(pthread_create(&thread, NULL, try_shared, &result) == 0);
  pthread_join(thread, NULL);
  NT_EXPECT(result == FALSE);
  KeReleaseSpinLockFromDpcLevel(&shared);
  return NULL;
}

static const char *level_stays(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, DISPATCH_LEVEL, HIGH_LEVEL};
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL old;
    KeRaiseIrql(levels[i], &old);
    for (BOOLEAN expected = TRUE + 1; expected-- > 0;) {
      NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == expected);
      NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    }
    KeReleaseSpinLockFromDpcLevel(&lock);
    KeLowerIrql(old);
  }
  return NULL;
}

static const char *both_releases(void) {
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == TRUE);
  KeReleaseSpinLock(&lock, DISPATCH_LEVEL);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == TRUE);
  KeReleaseSpinLockFromDpcLevel(&lock);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  KeLowerIrql(old);
  return NULL;
}

static const char *holder_gets_false(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  KeAcquireSpinLock(&lock, &old);
  NT_EXPECT(KeTryToAcquireSpinLockAtDpcLevel(&lock) == FALSE);
  KeReleaseSpinLock(&lock, old);
  NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
  return NULL;
}

enum { MESSAGES = 2000 };
static unsigned long message[4];
static _Atomic int torn;

/* Counts the message up from `parity` to `parity`, trying until it may. */
static void count_by_trying(unsigned parity) {
  for (bool done = false; !done;) {
    if (!KeTryToAcquireSpinLockAtDpcLevel(&shared)) {
      sched_yield();
      continue;
    }
    unsigned long now = message[3];
    done = now >= MESSAGES;
    if (!done && now % 2 == parity)
      for (unsigned i = 0; i < 4; i++) {
        if (message[i] != now)
          atomic_store(&torn, 1);
        message[i] = now + 1;
      }
    KeReleaseSpinLockFromDpcLevel(&shared);
    sched_yield();
  }
}

static void *count_odd(void *unused) {
  (void)unused;
  count_by_trying(1);
  return NULL;
}

static const char *success_acquires(void) {
  pthread_t thread;
  KeInitializeSpinLock(&shared);
  NT_EXPECT(pthread_create(&thread, NULL, count_odd, NULL) == 0);
  count_by_trying(0);
  pthread_join(thread, NULL);
  NT_EXPECT(torn == 0 && message[0] == MESSAGES);
  return NULL;
}

static const char *test_tells(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, DISPATCH_LEVEL, HIGH_LEVEL};
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  for (unsigned i = 0; i < sizeof levels; i++) {
    KIRQL old;
    KeRaiseIrql(levels[i], &old);
    NT_EXPECT(KeTestSpinLock(&lock) == TRUE);
    KeAcquireSpinLockAtDpcLevel(&lock);
    KSPIN_LOCK held = lock;
    for (unsigned j = 0; j < 1000000 / sizeof levels; j++)
      NT_EXPECT(KeTestSpinLock(&lock) == FALSE);
    NT_EXPECT(lock == held && KeGetCurrentIrql() == levels[i]);
    KeReleaseSpinLockFromDpcLevel(&lock);
    KeLowerIrql(old);
  }
  return NULL;
}

static void *take_turns(void *unused) {
  (void)unused;
  for (unsigned i = 0; i < MESSAGES; i++) {
    KeAcquireSpinLockAtDpcLevel(&shared);
    KeReleaseSpinLockFromDpcLevel(&shared);
    sched_yield();
  }
  return NULL;
}

/* Whatever the test said, the try may go either way, and nothing breaks. */
static const char *test_is_a_hint(void) {
  pthread_t thread;
  KeInitializeSpinLock(&shared);
  NT_EXPECT(pthread_create(&thread, NULL, take_turns, NULL) == 0);
  for (unsigned i = 0; i < MESSAGES; i++) {
    BOOLEAN hint = KeTestSpinLock(&shared);
    NT_EXPECT(hint == TRUE || hint == FALSE);
    if (KeTryToAcquireSpinLockAtDpcLevel(&shared))
      KeReleaseSpinLockFromDpcLevel(&shared);
    sched_yield();
  }
  pthread_join(thread, NULL);
  NT_EXPECT(KeTestSpinLock(&shared) == TRUE);
  return NULL;
}

static const char *raw_words(void) {
  static const KSPIN_LOCK held[] = {1, 2, ~(KSPIN_LOCK)0, (KSPIN_LOCK)1 << 63};
  KSPIN_LOCK word = 0;
  NT_EXPECT(KeTestSpinLock(&word) == TRUE);
  for (unsigned i = 0; i < sizeof held / sizeof *held; i++) {
    word = held[i];
    NT_EXPECT(KeTestSpinLock(&word) == FALSE);
  }
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {52, "DOC", "D:ketrytoacquirespinlockatdpclevel", NT_EXECUTIVE,
     LOCK_TRY | LOCK_TEST, "a try owns a free lock and leaves a held one alone",
     true_when_free_false_when_held},
    {53, "DOC", "D:ketrytoacquirespinlockatdpclevel", NT_EXECUTIVE, LOCK_TRY,
     "a try that fails does not wait for the holder", never_blocks},
    {54, "DOC", "D:ketrytoacquirespinlockatdpclevel", NT_EXECUTIVE, LOCK_TRY,
     "a try leaves the level as it is", level_stays},
    {56, "DOC", "D:ketrytoacquirespinlockatdpclevel", NT_EXECUTIVE,
     LOCK_TRY | LOCK_TEST,
     "after a try both KeReleaseSpinLock and FromDpcLevel release",
     both_releases},
    {57, "OBS", "RT", NT_EXECUTIVE, LOCK_TRY | LOCK_TEST,
     "unchecked, a try by the holder returns FALSE", holder_gets_false},
    {58, "DES", "nt-api.md 2.0", NT_EXECUTIVE, LOCK_TRY,
     "a successful try sees what the last holder wrote", success_acquires},
    {59, "DOC", "D:ketestspinlock", NT_EXECUTIVE, LOCK_TEST,
     "KeTestSpinLock tells held from free and changes nothing", test_tells},
    {60, "DOC", "D:ketestspinlock", NT_EXECUTIVE, LOCK_TRY | LOCK_TEST,
     "KeTestSpinLock is only a hint to a try", test_is_a_hint},
    {61, "OBS", "RT", NT_EXECUTIVE, LOCK_ZERO_WHEN_FREE | LOCK_TEST,
     "KeTestSpinLock takes any word but 0 as held", raw_words},
};

const struct nt_table NT_NAMED(nt_try) = NT_TABLE(rows);
