/* Checks of the IRQL routines, of callbacks and of waiting. */
#include "locks/nt/checked/state.h"
#include "locks/nt/irql.h"
#include "locks/nt/state.h"

void check_raising(struct check_site site, KIRQL level, enum check_raise why) {
  struct check_call call = {.site = site};
  KIRQL old = lock_irql;
  if (why == CHECK_TO_LEVEL_ && level < old)
    check_add(&call, CHECK_RAISE_TO, old, level, 0);
  else if (why == CHECK_RAISE_ && (level < old || level > HIGH_LEVEL))
    check_add(&call, CHECK_RAISE_DOWN, old, level, 0);
  check_report(&call);
  check_push_raise(old);
}

/* Closes the raises down to the one that returned `level`. */
static void pop_raise(KIRQL level) {
  for (unsigned i = check_self.raised; i-- > 0;)
    if (check_self.raises[i] == level) {
      check_self.raised = i;
      return;
    }
}

static bool closes_a_raise(KIRQL level) {
  if (check_self.raised == 0)
    return level == lock_irql;
  return check_self.raises[check_self.raised - 1] == level;
}

void check_lowered(struct check_site site, KIRQL level) {
  struct check_call call = {.site = site};
  for (unsigned i = check_self.held; i-- > 0;) {
    const struct check_hold *hold = &check_self.holds[i];
    if (hold->level <= level)
      continue;
    call.lock = (const volatile void *)hold->lock->address;
    call.other = hold->site;
    check_add(&call, CHECK_BELOW_LOCK, hold->lock->address, lock_irql, level);
    break;
  }
  if (level > lock_irql || level > HIGH_LEVEL)
    check_add_first(&call, CHECK_LOWER, lock_irql, level, 0);
  else if (lock_in_dpc && level < DISPATCH_LEVEL)
    check_add_first(&call, CHECK_LOWER, lock_irql, level, 1);
  else if (!closes_a_raise(level))
    check_add_first(&call, CHECK_LOWER, lock_irql, level, 0);
  check_report(&call);
  pop_raise(level);
}

void check_waiting(struct check_site site, const void *object,
                   uint64_t timeout) {
  struct check_call call = {.site = site};
  if (lock_irql >= DISPATCH_LEVEL && timeout != 0)
    check_add(&call, CHECK_WAIT, lock_irql, (uintptr_t)object, timeout);
  check_report(&call);
}

unsigned check_held(void) {
  return check_self.held;
}

static void name_last_hold(struct check_call *call) {
  if (check_self.held == 0)
    return;
  const struct check_hold *hold = &check_self.holds[check_self.held - 1];
  call->lock = (const volatile void *)hold->lock->address;
  call->other = hold->site;
}

void check_completing(struct check_site site) {
  struct check_call call = {.site = site};
  name_last_hold(&call);
  if (check_self.held != 0)
    check_add(&call, CHECK_COMPLETING, check_self.held, 0, 0);
  check_report(&call);
}

void check_returned(struct check_site site, enum check_what what,
                    uintptr_t callback, const void *argument, KIRQL level,
                    unsigned held) {
  struct check_call call = {.site = site};
  uintptr_t packed = ((uintptr_t)lock_irql << 16) + ((uintptr_t)level << 8);
  name_last_hold(&call);
  if (what == CHECK_CANCEL_ && check_hold_of(&lock_cancel) != NULL)
    check_add(&call, CHECK_CANCEL_HELD, (uintptr_t)argument, callback, 0);
  else if (what == CHECK_SERVICE_ && lock_irql != level)
    check_add(&call, CHECK_SERVICE_LEVEL, callback, level, lock_irql);
  else if (lock_irql != level)
    check_add(&call, CHECK_CALLBACK_LEVEL, packed, 0, 0);
  if (what == CHECK_DISPATCH_ && check_self.held > held)
    check_add(&call, CHECK_CALLBACK_HOLDS, (uintptr_t) "SpinLock",
              check_self.held - held, 0);
  check_report(&call);
}
