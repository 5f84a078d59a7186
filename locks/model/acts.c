/* What a thread of the programs does with the lock, and the memory it does it
 * in (see acts.h). */
#include "locks/model/acts.h"

#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#include "locks/model/fairness.h"
#include "locks/model/hook.h"
#include "locks/model/records.h"

enum { HANDLE_BYTES = 32, LINE = 128 };

/* A lock or a handle in memory that starts as zero, as in the real world. */
static struct {
  alignas(LINE) unsigned char lock[MODEL_ACT_LOCKS][LINE];
  alignas(LINE) unsigned char handle[MODEL_PROGRAM_THREADS + 1][MODEL_ACT_LOCKS]
                                    [HANDLE_BYTES];
  uint64_t data[MODEL_ACT_LOCKS]; /* what the locks protect */
} memory;

static const struct model_lock *lock;

void model_act_reset(const struct model_lock *which) {
  memset(&memory, 0, sizeof memory);
  lock = which;
}

bool model_act_is_held(unsigned which) {
  return lock->is_held(memory.lock[which]);
}

bool model_act_is_zero(unsigned which) {
  return model_is_zero(memory.lock[which], sizeof(uint64_t));
}

static void *handle_of(unsigned which) {
  return memory.handle[model_self()][which];
}

static void touch(unsigned which) {
  model_plain(&memory.data[which], sizeof memory.data[which], true,
              MODEL_SITE("write", "of the protected data"));
}

static void look(void) {
  model_plain(&memory.data[0], sizeof memory.data[0], false,
              MODEL_SITE("read", "of the protected data"));
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

void model_act_acquire(unsigned which) {
  if (lock->handle_bytes)
    model_birth(handle_of(which), lock->handle_bytes);
  model_note("acquires");
  model_fairness_arrive(memory.lock[which], false);
  lock->acquire(memory.lock[which], handle_of(which));
  enter(which);
}

bool model_act_try_acquire(unsigned which) {
  model_note("tries");
  model_fairness_arrive(memory.lock[which], false);
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

bool model_act_try_again(unsigned which) {
  return lock->try_acquire(memory.lock[which]);
}

void model_act_release(unsigned which) {
  leave(which);
  model_note("releases");
  lock->release(memory.lock[which], handle_of(which));
  model_fairness_left();
  if (lock->handle_bytes)
    model_death(handle_of(which));
}

void model_act_acquire_shared(void) {
  model_note("acquires shared");
  model_fairness_arrive(memory.lock[0], true);
  lock->acquire_shared(memory.lock[0]);
  model_note("enters");
  model_fairness_enter();
  look();
}

void model_act_release_shared(void) {
  look();
  model_note("leaves");
  model_note("releases shared");
  lock->release_shared(memory.lock[0]);
}

bool model_act_convert_and_release(bool (*convert)(void *lock)) {
  model_note("converts");
  bool writes = convert(memory.lock[0]);
  model_note(writes ? "writes" : "gets a no");
  if (writes) {
    touch(0);
    model_act_release(0);
  } else {
    model_act_release_shared();
  }
  return writes;
}

void model_act_check_held(unsigned which) {
  if (lock->traits & LOCK_TEST)
    model_claim(model_act_is_held(which), "is_held says no to the holder");
}

void model_act_name(void *context, uintptr_t address, char *text, size_t size) {
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
