/* The checks of the routines. A MAY routine says whether the call is carried
 * out: if it would hang, or corrupt the lock, it is reported and refused, and
 * then has no effect; other misuse is reported and carried out as a free
 * kernel would. The includer defines KSPIN_CHECKED. */
#ifndef LOCKS_NT_CHECKED_HOOKS_H
#define LOCKS_NT_CHECKED_HOOKS_H

#include "locks/nt/checked/fault.h"
#include "locks/nt/objects.h"

/* What a lock is, which it stays for all its life. */
enum check_kind {
  CHECK_ORDINARY = 1,
  CHECK_IN_STACK,
  CHECK_NUMBERED,
  CHECK_READER,
  CHECK_INTERRUPT,
  CHECK_GLOBAL,
};

/* By which routines it is acquired and released, and how. */
enum check_form {
  CHECK_RAISE = 1,
  CHECK_SYNCH,
  CHECK_DPC,
  CHECK_FOR_DPC,
  CHECK_SYNCHRONIZE, /* inside KeSynchronizeExecution */
  CHECK_FORM = 7,    /* mask of the former */
  CHECK_TRY = 8,
  CHECK_SHARED = 16,
};

/* What returned, for check_returned(). */
enum check_what { CHECK_DISPATCH_, CHECK_SERVICE_, CHECK_CANCEL_ };
enum check_raise { CHECK_RAISE_, CHECK_TO_LEVEL_ };

bool check_may_acquire(struct check_site site, enum check_kind kind,
                       unsigned form, const volatile void *lock,
                       const void *handle);
void check_acquired(struct check_site site, enum check_kind kind, unsigned form,
                    const volatile void *lock, const void *handle, KIRQL old);
bool check_may_release(struct check_site site, enum check_kind kind,
                       unsigned form, const volatile void *lock,
                       const void *handle, KIRQL level);
bool check_may_convert(struct check_site site, const volatile void *lock);
void check_converted(const volatile void *lock);
bool check_may_interlock(struct check_site site, const volatile void *lock);
bool check_may_initialise(struct check_site site, const volatile void *lock);
void check_raising(struct check_site site, KIRQL level, enum check_raise why);
void check_lowered(struct check_site site, KIRQL level);
void check_waiting(struct check_site site, const void *object,
                   uint64_t timeout);
void check_completing(struct check_site site);
void check_freed(struct check_site site, const void *storage, size_t length);
unsigned check_held(void);
void check_returned(struct check_site site, enum check_what what,
                    uintptr_t callback, const void *argument, KIRQL level,
                    unsigned held);

#define CHECK_SITE                                                             \
  ((struct check_site){                                                        \
      __func__, __builtin_extract_return_addr(__builtin_return_address(0))})

#define KSPIN_MAY_ACQUIRE(kind, form, lock, handle)                            \
  check_may_acquire(CHECK_SITE, CHECK_##kind, CHECK_##form, lock, handle)
#define KSPIN_ACQUIRED(kind, form, lock, handle, old)                          \
  check_acquired(CHECK_SITE, CHECK_##kind, CHECK_##form, lock, handle, old)
#define KSPIN_MAY_RELEASE(kind, form, lock, handle, level)                     \
  check_may_release(CHECK_SITE, CHECK_##kind, CHECK_##form, lock, handle, level)
#define KSPIN_MAY_CONVERT(lock) check_may_convert(CHECK_SITE, lock)
#define KSPIN_CONVERTED(lock) check_converted(lock)
#define KSPIN_MAY_INTERLOCK(lock) check_may_interlock(CHECK_SITE, lock)
#define KSPIN_MAY_INITIALISE(lock) check_may_initialise(CHECK_SITE, lock)
#define KSPIN_RAISING(level, why)                                              \
  check_raising(CHECK_SITE, level, CHECK_##why##_)
#define KSPIN_LOWERED(level) check_lowered(CHECK_SITE, level)
#define KSPIN_WAITING(object, timeout)                                         \
  check_waiting(CHECK_SITE, object, timeout)
#define KSPIN_COMPLETING() check_completing(CHECK_SITE)
#define KSPIN_FREED(storage, length) check_freed(CHECK_SITE, storage, length)
#define KSPIN_HELD() check_held()
#define KSPIN_RETURNED(what, callback, argument, level, held)                  \
  check_returned(CHECK_SITE, CHECK_##what##_, (uintptr_t)(callback), argument, \
                 level, held)

#endif
