/* What is run on a lock: a critical section that writes plain data, entered
 * as often as the configuration says, and one more thread that looks when all
 * is over. */
#include "locks/model/client.h"

#include <string.h>

#include "locks/contract.h"
#include "locks/model/acts.h"
#include "locks/model/fairness.h"
#include "locks/model/futex.h"
#include "locks/model/hook.h"
#include "locks/model/records.h"

static const struct model_lock *lock;
static const struct model_config *config;

static void run_loop(unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    model_act_acquire(0);
    model_act_release(0);
  }
}

static void run_try(unsigned number, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    if (number == 0)
      model_act_acquire(0);
    else if (!model_act_try_acquire(0))
      continue;
    model_act_check_held(0);
    model_act_release(0);
  }
}

static void run_test(unsigned number, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    if (number + 1 == config->threads) {
      model_note("asks");
      (void)model_act_is_held(0);
      continue;
    }
    model_act_acquire(0);
    model_act_check_held(0);
    model_act_release(0);
  }
}

static void run_nested(unsigned number, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    model_act_acquire(0);
    model_act_acquire(1);
    bool stack = number % 2; /* the others not in the order of a stack */
    model_act_release(stack ? 1 : 0);
    model_act_release(stack ? 0 : 1);
  }
}

static void run_share(bool reads, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    if (reads) {
      model_act_acquire_shared();
      model_act_release_shared();
    } else {
      model_act_acquire(0);
      model_act_release(0);
    }
  }
}

static void run_read(unsigned times) {
  model_forbid_waiting(true);
  run_share(true, times);
  model_forbid_waiting(false);
}

static void run_convert(unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    model_act_acquire_shared();
    model_forbid_waiting(true);
    (void)model_act_convert_and_release(lock->try_convert);
    model_forbid_waiting(false);
  }
}

static void run_drain(bool reads, unsigned times) {
  for (unsigned i = 0; i < times; i++) {
    model_act_acquire_shared();
    if (reads)
      model_act_release_shared();
    else
      (void)model_act_convert_and_release(lock->convert_draining);
  }
}

static void run_thread(void *context, unsigned number) {
  unsigned times = config->times[number];
  (void)context;
  switch (config->scenario) {
  case MODEL_SHARE:
    run_share(number != 0, times);
    break;
  case MODEL_CLAIM:
    run_share(number + 1 == config->threads, times);
    break;
  case MODEL_READ:
    run_read(times);
    break;
  case MODEL_CONVERT:
    run_convert(times);
    break;
  case MODEL_DRAIN:
    run_drain(number + 1 == config->threads, times);
    break;
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
    model_claim(!model_act_is_held(which), "is_held says yes when all is over");
  if (lock->traits & LOCK_ZERO_WHEN_FREE)
    model_claim(model_act_is_zero(which), "the free word is not 0");
}

static void check_use(unsigned which) {
  if (!(lock->traits & LOCK_TRY)) {
    model_act_acquire(which);
  } else {
    model_claim(model_act_try_acquire(which), "a try fails on a free lock");
    model_claim(!model_act_try_again(which), "a try succeeds on a held lock");
  }
  model_act_check_held(which);
  model_act_release(which);
}

/* A free reader/writer lock: a reader who is alone may always write. */
static void check_share(void) {
  model_act_acquire_shared();
  model_claim(model_act_convert_and_release(lock->try_convert),
              "the only reader is not let write");
}

static void check_order(void) {
  bool fair = lock->traits & LOCK_PHASE_FAIR;
  model_claim(model_fairness_keeps(
                  lock->traits & LOCK_FIFO ? 0 : lock->properties->bypass),
              lock->traits & LOCK_FIFO
                  ? "FIFO broken: a later arrival entered first"
                  : "a waiter was passed more often than claimed");
  model_claim(config->scenario != MODEL_SHARE || model_fairness_writers_pass(),
              "a reader that came later entered before the writer");
  model_claim(!fair || model_fairness_readers_pass(),
              "a writer that came later entered before a reader");
  model_claim(!fair || model_fairness_phases(),
              "a reader waited for more than one writer");
}

static void run_finish(void *context) {
  (void)context;
  unsigned locks = config->scenario == MODEL_NESTED ? MODEL_ACT_LOCKS : 1;
  check_order();
  if (lock->acquire_shared)
    check_share();
  for (unsigned i = 0; i < locks; i++) {
    check_free(i);
    check_use(i);
    check_free(i);
  }
}

static void run_prepare(void *context) {
  (void)context;
  model_act_reset(lock);
  model_records_reset(config->threads + 1);
  model_futex_reset();
  model_fairness_reset();
}

static void resume(void *context, unsigned number) {
  (void)context;
  model_records_select(number);
}

const char *model_scenario_name(enum model_scenario scenario) {
  static const char *const names[] = {
      [MODEL_LOOP] = "loop",   [MODEL_TRY] = "try",
      [MODEL_TEST] = "test",   [MODEL_NESTED] = "nested",
      [MODEL_SHARE] = "share", [MODEL_CLAIM] = "claim",
      [MODEL_READ] = "read",   [MODEL_CONVERT] = "convert",
      [MODEL_DRAIN] = "drain"};
  return names[scenario];
}

bool model_applies(const struct model_lock *which,
                   const struct model_config *how) {
  unsigned needs = how->scenario == MODEL_TRY    ? LOCK_TRY
                   : how->scenario == MODEL_TEST ? LOCK_TEST
                                                 : 0;
  bool readers = how->scenario >= MODEL_SHARE;
  return (which->traits & needs) == needs &&
         (!readers || which->acquire_shared);
}

int model_check(const struct model_lock *which, const struct model_config *how,
                const struct model_search *search, struct model_result *out) {
  struct model_program program = {.threads = how->threads,
                                  .prepare = run_prepare,
                                  .thread = run_thread,
                                  .finish = run_finish,
                                  .resume = resume,
                                  .name = model_act_name};
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
