/* Carries a fuzzer's call out: in the model; in the library, on the thread
 * that it is for. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

#include "locks/nt/kspin.h"
#include "locks/reader/phase_fair.h"
#include "locks/test/nt/fuzz.h"

#include <ntifs.h>

static KSPIN_LOCK words[MODEL_WORDS];
static EX_SPIN_LOCK readers[MODEL_READERS];
static KLOCK_QUEUE_HANDLE handles[MODEL_HANDLES];
static struct fuzz_seen seen;

/* Calls that acquire, try or convert. */
static struct model_answer
expect_acquire(struct model *m, const struct fuzz_call *c, bool *got) {
  bool quiet; /* an acquire returns nothing that says it was refused */
  int t = c->thread;
  if (c->what == FUZZ_CONVERT)
    return model_convert(m, t, c->lock, got);
  if (c->what == FUZZ_TRY)
    return model_acquire(m, t, c->lock, MODEL_ORDINARY, MODEL_TRY, false, -1,
                         got);
  if (c->what == FUZZ_QUEUE)
    return model_acquire(m, t, c->lock, MODEL_STACK, c->form, false, c->handle,
                         &quiet);
  if (c->what == FUZZ_ENTER)
    return model_acquire(m, t, c->lock, MODEL_READER, c->form, c->shared, -1,
                         &quiet);
  return model_acquire(m, t, c->lock, MODEL_ORDINARY, c->form, false, -1,
                       &quiet);
}

static struct model_answer expect(struct model *m, const struct fuzz_call *c,
                                  bool *got) {
  int t = c->thread;
  switch (c->what) {
  case FUZZ_RELEASE:
    return model_release(m, t, c->lock, MODEL_ORDINARY, c->form, false, -1,
                         c->level);
  case FUZZ_DEQUEUE:
    return model_release(m, t, c->lock, MODEL_STACK, c->form, false, c->handle,
                         0);
  case FUZZ_LEAVE:
    return model_release(m, t, c->lock, MODEL_READER, c->form, c->shared, -1,
                         c->level);
  case FUZZ_COPY:
    return model_copy(m, t, c->handle);
  case FUZZ_RAISE:
    return model_raise(m, t, c->level, false);
  case FUZZ_TO_DPC:
    return model_raise(m, t, DISPATCH_LEVEL, true);
  case FUZZ_LOWER:
    return model_lower(m, t, c->level);
  case FUZZ_INTERLOCKED:
    return model_interlocked(m, t, c->lock);
  case FUZZ_INIT:
    return model_initialise(m, c->lock);
  case FUZZ_FREE:
    return model_free(m, c->lock);
  default:
    return expect_acquire(m, c, got);
  }
}

struct fuzz_seen fuzz_expect(struct model *m, const struct fuzz_call *c) {
  bool got = false;
  struct model_answer a = expect(m, c, &got);
  struct fuzz_seen expected = {.count = a.count,
                               .irql = m->thread[c->thread].irql,
                               .got = got,
                               .held = model_anybody(m, c->lock) != NULL};
  memcpy(expected.rows, a.rows, sizeof expected.rows);
  return expected;
}

static void acquire(const struct fuzz_call *c, PKSPIN_LOCK lock) {
  KIRQL old;
  if (c->form == MODEL_RAISE)
    KeAcquireSpinLock(lock, &old);
  else if (c->form == MODEL_DPC)
    KeAcquireSpinLockAtDpcLevel(lock);
  else
    (void)KeAcquireSpinLockForDpc(lock);
}

static void release(const struct fuzz_call *c, PKSPIN_LOCK lock) {
  if (c->form == MODEL_RAISE)
    KeReleaseSpinLock(lock, (KIRQL)c->level);
  else if (c->form == MODEL_DPC)
    KeReleaseSpinLockFromDpcLevel(lock);
  else
    KeReleaseSpinLockForDpc(lock, (KIRQL)c->level);
}

static void queue(const struct fuzz_call *c, PKSPIN_LOCK lock) {
  if (c->form == MODEL_RAISE)
    KeAcquireInStackQueuedSpinLock(lock, &handles[c->handle]);
  else if (c->form == MODEL_DPC)
    KeAcquireInStackQueuedSpinLockAtDpcLevel(lock, &handles[c->handle]);
  else
    KeAcquireInStackQueuedSpinLockForDpc(lock, &handles[c->handle]);
}

static void dequeue(const struct fuzz_call *c) {
  if (c->form == MODEL_RAISE)
    KeReleaseInStackQueuedSpinLock(&handles[c->handle]);
  else if (c->form == MODEL_DPC)
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handles[c->handle]);
  else
    KeReleaseInStackQueuedSpinLockForDpc(&handles[c->handle]);
}

static void enter(const struct fuzz_call *c, PEX_SPIN_LOCK lock) {
  if (c->form == MODEL_RAISE)
    (void)(c->shared ? ExAcquireSpinLockShared(lock)
                     : ExAcquireSpinLockExclusive(lock));
  else if (c->shared)
    ExAcquireSpinLockSharedAtDpcLevel(lock);
  else
    ExAcquireSpinLockExclusiveAtDpcLevel(lock);
}

static void leave(const struct fuzz_call *c, PEX_SPIN_LOCK lock) {
  if (c->form == MODEL_RAISE && c->shared)
    ExReleaseSpinLockShared(lock, (KIRQL)c->level);
  else if (c->form == MODEL_RAISE)
    ExReleaseSpinLockExclusive(lock, (KIRQL)c->level);
  else if (c->shared)
    ExReleaseSpinLockSharedFromDpcLevel(lock);
  else
    ExReleaseSpinLockExclusiveFromDpcLevel(lock);
}

static void rest(const struct fuzz_call *c, PKSPIN_LOCK word,
                 PEX_SPIN_LOCK reader) {
  KLOCK_QUEUE_HANDLE copy;
  KIRQL old;
  ULONG number = 0;
  if (c->what == FUZZ_COPY) {
    copy = handles[c->handle];
    KeReleaseInStackQueuedSpinLock(&copy);
  } else if (c->what == FUZZ_RAISE)
    KeRaiseIrql((KIRQL)c->level, &old);
  else if (c->what == FUZZ_TO_DPC)
    (void)KeRaiseIrqlToDpcLevel();
  else if (c->what == FUZZ_LOWER)
    KeLowerIrql((KIRQL)c->level);
  else if (c->what == FUZZ_INTERLOCKED)
    (void)ExInterlockedAddUlong(&number, 1, word);
  else if (c->what == FUZZ_INIT)
    KeInitializeSpinLock(word);
  else if (c->what == FUZZ_FREE && reader != NULL)
    NtLockStorageFreed((PVOID)(uintptr_t)reader, sizeof *reader);
  else if (c->what == FUZZ_FREE)
    NtLockStorageFreed(word, sizeof *word);
}

/* Anybody in the lock, whose free word need not be 0? */
static bool is_entered(const EX_SPIN_LOCK *lock) {
  uint32_t word = (uint32_t)*lock;
  if (strcmp(kspin_reader_name(), "phase_fair") != 0)
    return word != 0;
  return reader_phase_fair_writers(word) != 0 ||
         reader_phase_fair_readers(word, 0) != 0 ||
         reader_phase_fair_readers(word, 1) != 0;
}

static void call_it(const struct fuzz_call *c) {
  bool is_word = c->lock < MODEL_WORDS;
  PKSPIN_LOCK word = is_word ? &words[c->lock] : NULL;
  PEX_SPIN_LOCK reader = is_word ? NULL : &readers[c->lock - MODEL_WORDS];
  memset(&seen, 0, sizeof seen);
  if (c->what == FUZZ_ACQUIRE)
    acquire(c, word);
  else if (c->what == FUZZ_TRY)
    seen.got = KeTryToAcquireSpinLockAtDpcLevel(word);
  else if (c->what == FUZZ_RELEASE)
    release(c, word);
  else if (c->what == FUZZ_QUEUE)
    queue(c, word);
  else if (c->what == FUZZ_DEQUEUE)
    dequeue(c);
  else if (c->what == FUZZ_ENTER)
    enter(c, reader);
  else if (c->what == FUZZ_LEAVE)
    leave(c, reader);
  else if (c->what == FUZZ_CONVERT)
    seen.got = (int32_t)ExTryConvertSharedSpinLockExclusive(reader);
  else
    rest(c, word, reader);
  seen.irql = KeGetCurrentIrql();
  seen.held = is_word ? KeTestSpinLock(word) == FALSE : is_entered(reader);
}

static void note(const struct kspin_bug_check *check, void *unused) {
  (void)unused;
  if (seen.count < 4)
    seen.rows[seen.count++] = check->row;
}

/* The second thread, and the call that it is to carry out, or none: the end. */
static pthread_t second;
static sem_t asked, answered;
static const struct fuzz_call *order;

static void *serve(void *unused) {
  (void)unused;
  for (;;) {
    sem_wait(&asked);
    if (order == NULL)
      return NULL;
    call_it(order);
    sem_post(&answered);
  }
}

struct fuzz_seen fuzz_do(const struct fuzz_call *call) {
  if (call->thread == 0) {
    call_it(call);
    return seen;
  }
  order = call;
  sem_post(&asked);
  sem_wait(&answered);
  return seen;
}

void fuzz_start(void) {
  sem_init(&asked, 0, 0);
  sem_init(&answered, 0, 0);
  kspin_on_bug_check(note, NULL);
  pthread_create(&second, NULL, serve, NULL);
}

void fuzz_end(void) {
  order = NULL;
  sem_post(&asked);
  pthread_join(second, NULL);
}

void fuzz_print(const char *what, const struct fuzz_seen *s) {
  printf("%s: irql %d, got %d, held %d, reported rows", what, s->irql, s->got,
         s->held);
  for (unsigned i = 0; i < s->count; i++)
    printf(" %u", s->rows[i]);
  printf("\n");
}
