/* Checks around the life of a lock and of a thread: initialising, converting,
 * interlocked use, freed memory, thread exit, and how long a lock is held. */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "locks/nt/checked/state.h"
#include "locks/nt/irql.h"
#include "locks/nt/kspin.h"

bool check_may_initialise(struct check_site site, const volatile void *lock) {
  struct check_call call = {.site = site, .lock = lock};
  if (!check_address(&call, CHECK_ORDINARY)) {
    check_report(&call);
    return false;
  }
  check_lock_state();
  struct check_lock *record = check_find(lock);
  bool held = record != NULL && check_is_held(record);
  if (record != NULL)
    call.other = record->site;
  if (held)
    check_add(&call, CHECK_HELD_INIT, (uintptr_t)lock, (uintptr_t)record->owner,
              0);
  else if (record != NULL)
    check_add(&call, CHECK_SECOND_INIT, (uintptr_t)lock, 0, 0);
  if (!held) {
    record = check_make(lock);
    record->kind = 0;
    record->interlocked = record->isr = false;
    record->site = site;
  }
  check_unlock_state();
  check_report(&call);
  return !held;
}

bool check_may_convert(struct check_site site, const volatile void *lock) {
  struct check_call call = {.site = site, .lock = lock};
  bool good = check_address(&call, CHECK_READER);
  const struct check_hold *hold = good ? check_hold_of(lock) : NULL;
  bool reader = hold != NULL && (hold->form & CHECK_SHARED) != 0;
  if (good && lock_irql < DISPATCH_LEVEL)
    check_add_first(&call, CHECK_ACQUIRE_BELOW, lock_irql, (uintptr_t)lock, 0);
  if (good && !reader)
    check_add_first(&call, CHECK_CONVERT, (uintptr_t)lock, 0, 0);
  check_report(&call);
  return reader;
}

void check_converted(const volatile void *lock) {
  struct check_hold *hold = check_hold_of(lock);
  check_lock_state();
  hold->lock->readers--;
  hold->lock->owner = &check_self;
  check_unlock_state();
  hold->form &= ~(unsigned)CHECK_SHARED;
}

/* @return whether to carry it out */
static bool check_interlocked(struct check_call *call) {
  uintptr_t address = (uintptr_t)call->lock;
  struct check_lock *lock = check_find(call->lock);
  if (lock == NULL) {
    check_add_first(call, CHECK_UNINITIALISED, address, 0, 0);
    *(volatile KSPIN_LOCK *)address = 0; /* as in acquire.c */
    lock = check_make(call->lock);
  }
  call->other = lock->site;
  if (check_hold_of(call->lock) != NULL) {
    check_add_first(call, CHECK_INTERLOCKED, address, 0, 0);
    return false;
  }
  if (lock->kind != 0 && lock->kind != CHECK_ORDINARY) {
    check_add_first(call, CHECK_MIXED_ACQUIRE, address, 0, 0);
    return false;
  }
  lock->interlocked = true;
  lock->isr |= lock_irql > DISPATCH_LEVEL;
  if (lock->isr && lock->kind == CHECK_ORDINARY)
    check_add_first(call, CHECK_ISR_SHARED, address, lock_irql, 0);
  return true;
}

bool check_may_interlock(struct check_site site, const volatile void *lock) {
  struct check_call call = {.site = site, .lock = lock};
  bool may = check_address(&call, CHECK_ORDINARY);
  check_lock_state();
  may = may && check_interlocked(&call);
  check_unlock_state();
  check_report(&call);
  return may;
}

static void forget(struct check_lock *lock, void *context) {
  struct check_call *call = context;
  if (!check_is_held(lock)) {
    check_drop(lock);
    return;
  }
  lock->freed = true; /* until it is released */
  call->lock = (const volatile void *)lock->address;
  call->other = lock->site;
  check_add(call, CHECK_FREED, lock->address, (uintptr_t)lock->owner, 0);
}

void check_freed(struct check_site site, const void *storage, size_t length) {
  struct check_call call = {.site = site};
  check_lock_state();
  check_each((uintptr_t)storage, (uintptr_t)storage + length, forget, &call);
  check_unlock_state();
  check_report(&call);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t exit_key;
static _Thread_local bool watched;

static void thread_ends(void *unused) {
  (void)unused;
  for (unsigned i = check_self.held; i-- > 0;) {
    const struct check_hold *hold = &check_self.holds[i];
    struct check_call call = {.site = {"thread exit", NULL},
                              .other = hold->site,
                              .lock =
                                  (const volatile void *)hold->lock->address};
    check_add(&call, CHECK_THREAD_EXIT, (uintptr_t)&check_self, 0, 0);
    check_report(&call);
  }
}

static void make_exit_key(void) {
  (void)pthread_key_create(&exit_key, thread_ends);
}

void check_watch_exit(void) {
  if (watched)
    return;
  watched = true;
  pthread_once(&once, make_exit_key);
  pthread_setspecific(exit_key, &check_self);
}

/* relaxed, everywhere below: numbers that order nothing. */
static _Atomic unsigned long long limit_ns = 25000, long_holds;
static _Atomic int report_long;

uint64_t check_now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t check_hold_ends(const struct check_hold *hold) {
  unsigned long long limit =
      atomic_load_explicit(&limit_ns, memory_order_relaxed);
  if (check_now_ns() - hold->since_ns <= limit)
    return 0;
  atomic_fetch_add_explicit(&long_holds, 1, memory_order_relaxed);
  if (atomic_load_explicit(&report_long, memory_order_relaxed) == 0)
    return 0;
  return limit != 0 ? limit : 1;
}

unsigned long long kspin_set_hold_limit_ns(unsigned long long ns, int report) {
  atomic_store_explicit(&report_long, report, memory_order_relaxed);
  return atomic_exchange_explicit(&limit_ns, ns, memory_order_relaxed);
}

unsigned long long kspin_long_holds(void) {
  return atomic_load_explicit(&long_holds, memory_order_relaxed);
}

int kspin_is_checked(void) {
  return 1;
}
