/* The checks of the routines in a free build: none. What they are for stands
 * in locks/nt/checked/hooks.h, which takes the place of this file when
 * KSPIN_CHECKED is defined. */
#ifndef LOCKS_NT_FREE_H
#define LOCKS_NT_FREE_H

#define KSPIN_MAY_ACQUIRE(kind, form, lock, handle) true
#define KSPIN_ACQUIRED(kind, form, lock, handle, old) ((void)0)
#define KSPIN_MAY_RELEASE(kind, form, lock, handle, level) true
#define KSPIN_MAY_CONVERT(lock) true
#define KSPIN_CONVERTED(lock) ((void)0)
#define KSPIN_MAY_INTERLOCK(lock) true
#define KSPIN_MAY_INITIALISE(lock) true
#define KSPIN_RAISING(level, why) ((void)0)
#define KSPIN_LOWERED(level) ((void)0)
#define KSPIN_WAITING(object, timeout) ((void)0)
#define KSPIN_COMPLETING() ((void)0)
#define KSPIN_FREED(storage, length) ((void)0)
#define KSPIN_HELD() 0u
#define KSPIN_RETURNED(what, callback, argument, level, held)                  \
  ((void)(held), (void)(level))

#endif
