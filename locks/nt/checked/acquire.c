/* Checks of acquires: address, level, family, recursion, handle, order. */
#include "locks/nt/checked/state.h"
#include "locks/nt/irql.h"
#include "locks/nt/kspin.h"
#include "locks/nt/state.h"
#include "locks/thread.h"

/* An acquire while it is checked. */
struct request {
  struct check_call call;
  enum check_kind kind;
  unsigned form; /* CHECK_FORM part; 0: a try of an ordinary lock */
  bool is_try;
  const void *handle;
};

static void check_interrupt_level(struct request *r) {
  const KINTERRUPT *interrupt = r->handle;
  if (lock_irql > interrupt->SynchronizeIrql && !interrupt->PassiveLevel)
    check_add_first(&r->call, CHECK_ACQUIRE_ABOVE, lock_irql,
                    (uintptr_t)r->call.lock, 0);
}

/* The forms that leave the level alone. */
static void check_dpc_level(struct request *r) {
  uintptr_t lock = (uintptr_t)r->call.lock;
  bool plain = r->kind == CHECK_ORDINARY || r->kind == CHECK_IN_STACK;
  if (lock_in_threaded_dpc && plain && !r->is_try)
    check_add_first(&r->call, CHECK_THREADED, r->form, lock_irql, 0);
  else if (lock_irql < DISPATCH_LEVEL)
    check_add_first(&r->call, CHECK_ACQUIRE_BELOW, lock_irql, lock, 0);
  else if (lock_irql > DISPATCH_LEVEL && r->kind == CHECK_ORDINARY &&
           lock_profile_has(KSPIN_PROFILE_STRICT))
    check_add_first(&r->call, CHECK_NOT_DISPATCH, (uintptr_t) "IrqlDispatch", 0,
                    0);
}

static void check_level(struct request *r) {
  KIRQL most = r->form == CHECK_SYNCH ? SYNCH_LEVEL : DISPATCH_LEVEL;
  if (r->kind == CHECK_INTERRUPT)
    check_interrupt_level(r);
  else if (r->form == CHECK_DPC || r->form == 0)
    check_dpc_level(r);
  else if (lock_irql > most)
    check_add_first(&r->call, CHECK_ACQUIRE_ABOVE, lock_irql,
                    (uintptr_t)r->call.lock, 0);
  else if (r->form == CHECK_FOR_DPC && !lock_in_threaded_dpc && !lock_in_dpc)
    check_add_first(&r->call, CHECK_THREADED, r->form, lock_irql, 0);
}

/* @return the record, made if it is new; null if the call is refused */
static struct check_lock *check_family(struct request *r) {
  struct check_lock *lock = check_find(r->call.lock);
  bool needs_init = r->kind == CHECK_ORDINARY || r->kind == CHECK_IN_STACK;
  uintptr_t address = (uintptr_t)r->call.lock;
  if (lock == NULL && needs_init) {
    check_add_first(&r->call, CHECK_UNINITIALISED, address, 0, 0);
    *(volatile KSPIN_LOCK *)address = 0; /* whatever it was, nobody holds it */
  }
  lock = check_make(r->call.lock);
  if ((lock->kind != 0 && lock->kind != r->kind) ||
      (lock->interlocked && r->kind != CHECK_ORDINARY)) {
    r->call.other = lock->site;
    check_add_first(&r->call, CHECK_MIXED_ACQUIRE, address, 0, 0);
    return NULL;
  }
  lock->kind = r->kind;
  if (lock->isr && r->kind == CHECK_ORDINARY)
    check_add_first(&r->call, CHECK_ISR_SHARED, address, lock_irql, 0);
  return lock;
}

static enum check_fault recursion(const struct request *r) {
  if (r->kind == CHECK_READER)
    return CHECK_READER_RECURSION;
  if (r->kind == CHECK_IN_STACK || r->kind == CHECK_NUMBERED)
    return CHECK_RECURSION_QUEUED;
  return r->is_try ? CHECK_RECURSION_TRY : CHECK_RECURSION;
}

/* @return whether the thread does not hold it yet */
static bool check_recursion(struct request *r) {
  const struct check_hold *hold = check_hold_of(r->call.lock);
  if (hold == NULL)
    return true;
  r->call.other = hold->site;
  check_add_first(&r->call, recursion(r), (uintptr_t)r->call.lock, 0, 0);
  return false;
}

/* @return whether the handle is free */
static bool check_handle(struct request *r) {
  if (r->kind != CHECK_IN_STACK)
    return true;
  for (const struct check_lock *lock = check_live; lock; lock = lock->live)
    if (lock->handle == r->handle) {
      r->call.other = lock->site;
      check_add_first(&r->call, CHECK_HANDLE_LIVE, (uintptr_t)r->handle,
                      (uintptr_t)r->call.lock, lock->address);
      return false;
    }
  return true;
}

/* A try cannot wait, so it says nothing about the order. */
static void check_orders(struct request *r, struct check_lock *lock) {
  for (unsigned i = 0; i < check_self.held && !r->is_try; i++) {
    const struct check_edge *opposite =
        check_order(check_self.holds[i].lock, lock, r->call.site);
    if (opposite == NULL)
      continue;
    r->call.other = opposite->site;
    check_add_first(&r->call, CHECK_CYCLE, (uintptr_t)r->call.lock, 0, 0);
  }
}

/* @return whether to carry the acquire out */
static bool check(struct request *r) {
  const KINTERRUPT *interrupt = r->handle;
  if (!check_address(&r->call, r->kind))
    return false;
  if (r->kind == CHECK_INTERRUPT && r->form == CHECK_RAISE &&
      interrupt->PassiveLevel) {
    check_add_first(&r->call, CHECK_PASSIVE, 1, (uintptr_t)interrupt, 0);
    return false;
  }
  check_level(r);
  struct check_lock *lock = check_family(r);
  if (lock == NULL || !check_recursion(r) || !check_handle(r))
    return false;
  check_orders(r, lock);
  return true;
}

bool check_may_acquire(struct check_site site, enum check_kind kind,
                       unsigned form, const volatile void *lock,
                       const void *handle) {
  struct request r = {.call = {.site = site, .lock = lock},
                      .kind = kind,
                      .form = form & CHECK_FORM,
                      .is_try = (form & CHECK_TRY) != 0,
                      .handle = handle};
  check_lock_state();
  bool may = check(&r);
  check_unlock_state();
  check_report(&r.call);
  return may;
}

static void remember_handle(struct check_lock *lock, const void *handle) {
  lock->handle = handle;
  lock->live = check_live;
  lock->live_before = NULL;
  if (check_live != NULL)
    check_live->live_before = lock;
  check_live = lock;
}

void check_acquired(struct check_site site, enum check_kind kind, unsigned form,
                    const volatile void *address, const void *handle,
                    KIRQL old) {
  bool keeps = (form & CHECK_FORM) == CHECK_DPC || (form & CHECK_FORM) == 0;
  if (check_self.held == CHECK_HOLDS_MAX)
    lock_thread_fail("a thread holds too many locks for checked mode");
  struct check_hold *hold = &check_self.holds[check_self.held];
  check_lock_state();
  struct check_lock *lock = check_make(address);
  lock->site = site;
  if (form & CHECK_SHARED)
    lock->readers++;
  else
    lock->owner = &check_self;
  if (kind == CHECK_IN_STACK)
    remember_handle(lock, handle);
  check_unlock_state();
  *hold = (struct check_hold){
      .lock = lock,
      .form = form,
      .handle = handle,
      .saved = old,
      .level = keeps && lock_irql > DISPATCH_LEVEL ? DISPATCH_LEVEL : lock_irql,
      .site = site,
      .since_ns = check_now_ns(),
  };
  if (kind == CHECK_IN_STACK)
    hold->handle_lock =
        (uintptr_t)((const KLOCK_QUEUE_HANDLE *)handle)->LockQueue.Lock;
  check_self.held++;
  check_watch_exit();
}
