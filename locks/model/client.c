/* What is run on a lock: a critical section that writes plain data, entered
 * as often as the configuration says; handles re-used at one address, as a
 * loop does on its stack; and one more thread that looks when all is over. */
#include "locks/model/client.h"

#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#include "locks/contract.h"
#include "locks/model/fairness.h"
#include "locks/model/futex.h"
#include "locks/model/hook.h"
#include "locks/model/records.h"

enum { LOCKS = 2, HANDLE_BYTES = 32, LINE = 128 };

/* A lock or a handle in memory that starts as zero, as in the real world. */
static struct {
  alignas(LINE) unsigned char lock[LOCKS][LINE];
  alignas(LINE) unsigned char handle[MODEL_PROGRAM_THREADS + 1][LOCKS]
                                    [HANDLE_BYTES];
  uint64_t data[LOCKS]; /* what the locks protect */
} memory;

static const struct model_lock *lock;
static const struct model_config *config;

static void *handle_of(unsigned which) {
  return memory.handle[model_self()][which];
}

static void touch(unsigned which) {
  model_plain(&memory.data[which], sizeof memory.data[which], true,
              MODEL_SITE("write", "of the protected data"));
}

static void enter(unsigned which) {
  model_note("enters");
  model_fairness_enter();
  touch(which);
}

static void leave(unsigned which) {
  touch(which);
  model_note("leaves");
}

static void acquire(unsigned which) {
  if (lock->handle_bytes)
    model_birth(handle_of(which), lock->handle_bytes);
  model_note("acquires");
  model_fairness_arrive(memory.lock[which]);
  lock->acquire(memory.lock[which], handle_of(which));
  enter(which);
}

static bool try_acquire(unsigned which) {
  model_note("tries");
  model_fairness_arrive(memory.lock[which]);
  model_forbid_waiting(true);
  bool got = lock->try_acquire(memory.lock[which]);
  model_forbid_waiting(false);
  if (!got) {
    model_note("gets a no");
    model_fairness_give_up();
    return false;
  }
  enter(which);
  return true;
}

static void release(unsigned which) {
  leave(which);
  model_note("releases");
  lock->release(memory.lock[which], handle_of(which));
  if (lock->handle_bytes)
    model_death(handle_of(which));
}

static void check_held(unsigned which) {
  if (lock->traits & LOCK_TEST)
    model_claim(lock->is_held(memory.lock[which]),
                "is_held says no to the holder");
}

static void run_loop(unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    acquire(0);
    release(0);
  }
}

static void run_try(unsigned number, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    if (number == 0)
      acquire(0);
    else if (!try_acquire(0))
      continue;
    check_held(0);
    release(0);
  }
}

static void run_test(unsigned number, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    if (number + 1 == config->threads) {
      model_note("asks");
      (void)lock->is_held(memory.lock[0]);
      continue;
    }
    acquire(0);
    check_held(0);
    release(0);
  }
}

static void run_nested(unsigned number, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    acquire(0);
    acquire(1);
    bool stack = number % 2; /* the others not in the order of a stack */
    release(stack ? 1 : 0);
    release(stack ? 0 : 1);
  }
}

static void run_thread(void *context, unsigned number) {
  unsigned times = config->times[number];
  (void)context;
  switch (config->scenario) {
  case MODEL_TRY:
    run_try(number, times);
    break;
  case MODEL_TEST:
    run_test(number, times);
    break;
  case MODEL_NESTED:
    run_nested(number, times);
    break;
  default:
    run_loop(times);
  }
}

/* A free lock: what its traits say of one that nobody uses. */
static void check_free(unsigned which) {
  if (lock->traits & LOCK_TEST)
    model_claim(!lock->is_held(memory.lock[which]),
                "is_held says yes when all is over");
  if (lock->traits & LOCK_ZERO_WHEN_FREE)
    model_claim(model_is_zero(memory.lock[which], sizeof(uint64_t)),
                "the free word is not 0");
}

static void check_use(unsigned which) {
  if (!(lock->traits & LOCK_TRY)) {
    acquire(which);
  } else {
    model_claim(try_acquire(which), "a try fails on a free lock");
    model_claim(!lock->try_acquire(memory.lock[which]),
                "a try succeeds on a held lock");
  }
  check_held(which);
  release(which);
}

static void run_finish(void *context) {
  (void)context;
  unsigned locks = config->scenario == MODEL_NESTED ? LOCKS : 1;
  model_claim(model_fairness_keeps(
                  lock->traits & LOCK_FIFO ? 0 : lock->properties->bypass),
              lock->traits & LOCK_FIFO
                  ? "FIFO broken: a later arrival entered first"
                  : "a waiter was passed more often than claimed");
  for (unsigned i = 0; i < locks; i++) {
    check_free(i);
    check_use(i);
    check_free(i);
  }
}

static void run_prepare(void *context) {
  (void)context;
  memset(&memory, 0, sizeof memory);
  model_records_reset(config->threads + 1);
  model_futex_reset();
  model_fairness_reset();
}

static void resume(void *context, unsigned number) {
  (void)context;
  model_records_select(number);
}

static void name(void *context, uintptr_t address, char *text, size_t size) {
  uintptr_t word = address - (uintptr_t)memory.lock;
  uintptr_t handle = address - (uintptr_t)memory.handle;
  uintptr_t data = address - (uintptr_t)memory.data;
  size_t offset = 0;
  int used = 0;
  (void)context;
  if (word < sizeof memory.lock) {
    used = snprintf(text, size, word < LINE ? "lock" : "second lock");
    offset = word % LINE;
  } else if (handle < sizeof memory.handle) {
    used = snprintf(text, size, "T%zu's handle",
                    (size_t)handle / sizeof *memory.handle);
    offset = handle % sizeof *memory.handle;
  } else if (data < sizeof memory.data) {
    snprintf(text, size, "the protected data");
  } else {
    model_records_name(address, text, size);
  }
  if (offset)
    snprintf(text + used, size - (size_t)used, "+%zu", offset);
}

const char *model_scenario_name(enum model_scenario scenario) {
  static const char *const names[] = {[MODEL_LOOP] = "loop",
                                      [MODEL_TRY] = "try",
                                      [MODEL_TEST] = "test",
                                      [MODEL_NESTED] = "nested"};
  return names[scenario];
}

bool model_applies(const struct model_lock *which,
                   const struct model_config *how) {
  unsigned needs = how->scenario == MODEL_TRY    ? LOCK_TRY
                   : how->scenario == MODEL_TEST ? LOCK_TEST
                                                 : 0;
  return (which->traits & needs) == needs;
}

int model_check(const struct model_lock *which, const struct model_config *how,
                const struct model_search *search, struct model_result *out) {
  struct model_program program = {.threads = how->threads,
                                  .prepare = run_prepare,
                                  .thread = run_thread,
                                  .finish = run_finish,
                                  .resume = resume,
                                  .name = name};
  lock = which;
  config = how;
  return model_explore(&program, search, out);
}

static const struct model_lock *find(const struct model_lock *const *locks,
                                     const char *family, const char *wanted) {
  for (; *locks; locks++)
    if (strcmp((*locks)->family, family) == 0 &&
        strcmp((*locks)->name, wanted) == 0)
      return *locks;
  return NULL;
}

const struct model_lock *model_lock_find(const char *family,
                                         const char *wanted) {
  const struct model_lock *found = find(model_locks, family, wanted);
  return found ? found : find(model_hidden_locks, family, wanted);
}
