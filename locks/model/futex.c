/* Futexes, as the kernel has them: a list of sleepers under a lock; the value
 * is compared with the lock held. One list for all words. Compiled like lock
 * code, so that the kernel's own steps are events. */
#include "locks/model/futex.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>

#include "locks/await.h"
#include "locks/model/model.h"
#include "locks/model/view.h"

struct sleeper {
  const _Atomic uint32_t *word; /* null: not in the list */
  unsigned arrival;
  _Atomic uint32_t awake;
};

static struct sleeper sleepers[MODEL_THREADS]; /* by thread; under `bucket` */
static unsigned arrivals;
static _Atomic uintptr_t bucket;

void model_futex_reset(void) {
  for (unsigned i = 0; i < MODEL_THREADS; i++)
    sleepers[i].word = NULL;
  arrivals = 0;
}

static void lock_bucket(void) {
  await_exchange_ptr(&bucket, 0, 1, memory_order_acquire);
}

static void unlock_bucket(void) {
  atomic_store_explicit(&bucket, 0, memory_order_release);
}

static long wait_for_wake(const _Atomic uint32_t *word, uint32_t value) {
  struct sleeper *self = &sleepers[model_self()];
  lock_bucket();
  if (atomic_load_explicit(word, memory_order_relaxed) != value) {
    unlock_bucket();
    return -EAGAIN;
  }
  self->word = word;
  self->arrival = arrivals++;
  atomic_store_explicit(&self->awake, 0, memory_order_relaxed);
  unlock_bucket();
  await_equal_32(&self->awake, 1, memory_order_acquire);
  return 0;
}

static struct sleeper *first_asleep(const _Atomic uint32_t *word) {
  struct sleeper *first = NULL;
  for (unsigned i = 0; i < MODEL_THREADS; i++)
    if (sleepers[i].word == word &&
        (!first || sleepers[i].arrival < first->arrival))
      first = &sleepers[i];
  return first;
}

static long wake(const _Atomic uint32_t *word, long most) {
  struct sleeper *sleeper;
  long woken = 0;
  lock_bucket();
  for (; woken < most && (sleeper = first_asleep(word)); woken++) {
    sleeper->word = NULL;
    atomic_store_explicit(&sleeper->awake, 1, memory_order_release);
  }
  unlock_bucket();
  return woken;
}

long model_syscall(long number, long a, long b, long c, long d) {
  const _Atomic uint32_t *word = (const _Atomic uint32_t *)a;
  long operation = b & FUTEX_CMD_MASK;
  if (number == SYS_futex && operation == FUTEX_WAIT && d == 0)
    return wait_for_wake(word, (uint32_t)c);
  if (number == SYS_futex && operation == FUTEX_WAKE)
    return wake(word, c);
  model_claim(false, "a system call that the checker does not know");
  return -ENOSYS;
}
