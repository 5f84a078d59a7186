/* Checks of releases: level, holder, pairing with the acquire, order. */
#include <string.h>

#include "locks/nt/checked/state.h"
#include "locks/nt/irql.h"
#include "locks/nt/kspin.h"
#include "locks/nt/state.h"

/* A release while it is checked. */
struct request {
  struct check_call call;
  enum check_kind kind;
  unsigned form, mode; /* CHECK_FORM and CHECK_SHARED parts */
  const void *handle;
  KIRQL level;             /* to go to */
  struct check_hold *hold; /* what is released, or null */
};

static void check_dpc_level(struct request *r) {
  bool plain = r->kind == CHECK_ORDINARY || r->kind == CHECK_IN_STACK;
  if (lock_in_threaded_dpc && plain)
    check_add_first(&r->call, CHECK_THREADED, r->form, lock_irql, 0);
  else if (lock_irql < DISPATCH_LEVEL)
    check_add_first(&r->call, CHECK_RELEASE_BELOW, lock_irql,
                    (uintptr_t)r->call.lock, 0);
  else if (lock_irql > DISPATCH_LEVEL && plain &&
           lock_profile_has(KSPIN_PROFILE_STRICT))
    check_add_first(&r->call, CHECK_NOT_DISPATCH, (uintptr_t) "IrqlDispatch", 0,
                    0);
}

static void check_level(struct request *r) {
  uintptr_t lock = (uintptr_t)r->call.lock;
  KIRQL held_at = r->hold != NULL ? r->hold->level : DISPATCH_LEVEL;
  if (r->form == CHECK_DPC)
    check_dpc_level(r);
  else if (r->form == CHECK_SYNCHRONIZE || lock_irql == held_at)
    return;
  else if (r->kind == CHECK_NUMBERED)
    check_add_first(&r->call, CHECK_RELEASE_NUMBERED, lock_irql,
                    (lock - (uintptr_t)lock_numbered) / sizeof *lock_numbered,
                    r->level);
  else if (r->kind != CHECK_INTERRUPT || r->hold != NULL)
    check_add_first(&r->call, CHECK_RELEASE_LEVEL, lock_irql, lock, 0);
}

/* Finds the hold of a handle, and with it the lock. */
static void find_by_handle(struct request *r) {
  const KLOCK_QUEUE_HANDLE *handle = r->handle;
  for (unsigned i = check_self.held; i-- > 0 && r->hold == NULL;)
    if (check_self.holds[i].handle == handle)
      r->hold = &check_self.holds[i];
  uintptr_t lock = (uintptr_t)handle->LockQueue.Lock & ~(uintptr_t)7;
  if (r->hold != NULL)
    r->call.lock = (const volatile void *)r->hold->lock->address;
  else if (check_find((const volatile void *)lock) != NULL)
    r->call.lock = (const volatile void *)lock;
}

/* A handle that this thread did not acquire: a copy, another thread's, or
 * none. */
static void report_handle(struct request *r) {
  const KLOCK_QUEUE_HANDLE *handle = r->handle;
  uintptr_t lock = (uintptr_t)handle->LockQueue.Lock;
  for (unsigned i = check_self.held; i-- > 0 && lock != 0;)
    if (check_self.holds[i].handle_lock == lock) {
      r->call.other = check_self.holds[i].site;
      check_add_first(&r->call, CHECK_HANDLE_MOVED, (uintptr_t)handle,
                      (uintptr_t)check_self.holds[i].handle, 0);
      return;
    }
  for (const struct check_lock *live = check_live; live; live = live->live)
    if (live->handle == handle) {
      r->call.lock = (const volatile void *)live->address;
      r->call.other = live->site;
      check_add_first(&r->call, CHECK_OTHER_THREAD, live->address,
                      (uintptr_t)live->owner, (uintptr_t)&check_self);
      return;
    }
  check_add_first(&r->call, CHECK_NOT_HELD,
                  r->call.lock ? (uintptr_t)r->call.lock : (uintptr_t)handle, 0,
                  0);
}

/* A lock that this thread does not hold. */
static void report_holder(struct request *r) {
  const struct check_lock *lock = check_find(r->call.lock);
  if (lock != NULL && lock->owner != NULL && lock->owner != &check_self) {
    r->call.other = lock->site;
    check_add_first(&r->call, CHECK_OTHER_THREAD, lock->address,
                    (uintptr_t)lock->owner, (uintptr_t)&check_self);
  } else {
    check_add_first(&r->call, CHECK_NOT_HELD, (uintptr_t)r->call.lock, 0, 0);
  }
}

/* @return whether the thread holds it, in this mode and through this family */
static bool check_holder(struct request *r) {
  const struct check_hold *hold = r->hold;
  if (hold == NULL) {
    if (r->kind == CHECK_IN_STACK)
      report_handle(r);
    else
      report_holder(r);
    return false;
  }
  uintptr_t lock = hold->lock->address;
  r->call.other = hold->site;
  if (hold->lock->kind != r->kind)
    check_add_first(&r->call, CHECK_MIXED_RELEASE, lock, 0, 0);
  else if ((hold->form & CHECK_SHARED) != r->mode)
    check_add_first(&r->call, CHECK_READER_MODE, lock, hold->form,
                    r->form | r->mode);
  else
    return true;
  return false;
}

static bool restores(unsigned form) {
  return form != CHECK_DPC && form != 0;
}

/* Whether the routine that releases goes with the one that acquired. */
static void check_pair(struct request *r) {
  unsigned acquired = r->hold->form & CHECK_FORM;
  if (acquired == CHECK_SYNCH)
    acquired = CHECK_RAISE;
  if (acquired == r->form || acquired == 0)
    return;
  enum check_fault fault = CHECK_PAIR_QUEUED;
  if (r->kind != CHECK_IN_STACK) {
    if (restores(acquired) == restores(r->form))
      return;
    fault = restores(acquired) ? CHECK_PAIR_RAISING : CHECK_PAIR_DPC;
  }
  check_add_first(&r->call, fault, r->hold->lock->address, acquired, r->form);
}

static bool may_go_to(const struct request *r) {
  unsigned raised = check_self.raised;
  if ((r->hold->form & CHECK_FORM) != 0)
    return r->level == r->hold->saved;
  return r->level == DISPATCH_LEVEL || r->level == lock_irql ||
         (raised > 0 && r->level == check_self.raises[raised - 1]);
}

static void check_saved(struct request *r) {
  if (!restores(r->form) || may_go_to(r))
    return;
  if (r->level > lock_irql)
    check_add_first(&r->call, CHECK_RELEASE_RAISES, lock_irql, r->level, 0);
  else
    check_add_first(&r->call, CHECK_OTHER_LEVEL,
                    (uintptr_t) "IrqlKeReleaseSpinLock", r->hold->saved,
                    r->level);
}

/* The forms that carry a level must be released in reverse order. */
static void check_release_order(struct request *r) {
  struct check_hold *last = &check_self.holds[check_self.held - 1];
  if (!restores(r->form) || !restores(r->hold->form & CHECK_FORM))
    return;
  bool clean = r->call.count == 0;
  for (struct check_hold *later = last; later > r->hold; later--)
    if (restores(later->form & CHECK_FORM)) {
      r->call.other = later->site;
      check_add_first(&r->call, CHECK_RELEASE_ORDER, r->hold->lock->address,
                      later->lock->address, 0);
      break;
    }
  for (struct check_hold *other = last; clean && other >= check_self.holds;
       other--)
    if (other != r->hold && r->level < other->level) {
      check_add(&r->call, CHECK_BELOW_LOCK, other->lock->address, lock_irql,
                r->level);
      return;
    }
}

/* @return whether to carry the release out */
static bool check(struct request *r) {
  if (r->kind == CHECK_IN_STACK) {
    if (r->handle == NULL) {
      check_add_first(&r->call, CHECK_NULL_LOCK, 0, 0, 0);
      return false;
    }
    find_by_handle(r);
    if (restores(r->form))
      r->level = ((const KLOCK_QUEUE_HANDLE *)r->handle)->OldIrql;
  } else {
    if (!check_address(&r->call, r->kind))
      return false;
    r->hold = check_hold_of(r->call.lock);
  }
  check_level(r);
  if (!check_holder(r))
    return false;
  check_pair(r);
  check_saved(r);
  check_release_order(r);
  uint64_t limit = check_hold_ends(r->hold);
  if (limit != 0)
    check_add_first(&r->call, CHECK_HELD_LONG, 1, limit, 0);
  return true;
}

static void forget_handle(struct check_lock *lock) {
  if (lock->live != NULL)
    lock->live->live_before = lock->live_before;
  if (lock->live_before != NULL)
    lock->live_before->live = lock->live;
  else
    check_live = lock->live;
  lock->handle = NULL;
}

static void forget(const struct request *r) {
  struct check_lock *lock = r->hold->lock;
  unsigned form = r->hold->form & CHECK_FORM;
  check_lock_state();
  if (r->mode & CHECK_SHARED)
    lock->readers--;
  else
    lock->owner = NULL;
  if (lock->handle != NULL)
    forget_handle(lock);
  if (lock->freed && !check_is_held(lock))
    check_drop(lock);
  check_unlock_state();
  if (restores(form) && !restores(r->form))
    check_push_raise(r->hold->saved); /* that is still to be lowered */
  unsigned raised = check_self.raised;
  if (form == 0 && restores(r->form) && r->level < lock_irql && raised > 0 &&
      check_self.raises[raised - 1] == r->level)
    check_self.raised--; /* a try's release that ends the caller's raise */
  size_t above = (size_t)(&check_self.holds[--check_self.held] - r->hold);
  memmove(r->hold, r->hold + 1, above * sizeof *r->hold);
}

bool check_may_release(struct check_site site, enum check_kind kind,
                       unsigned form, const volatile void *lock,
                       const void *handle, KIRQL level) {
  struct request r = {.call = {.site = site, .lock = lock},
                      .kind = kind,
                      .form = form & CHECK_FORM,
                      .mode = form & CHECK_SHARED,
                      .handle = handle,
                      .level = level};
  check_lock_state();
  bool may = check(&r);
  check_unlock_state();
  check_report(&r.call);
  if (may)
    forget(&r);
  return may;
}
