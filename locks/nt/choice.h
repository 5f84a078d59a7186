/* The verbs of the implementations in use, for the routines of libkspin. */
#ifndef LOCKS_NT_CHOICE_H
#define LOCKS_NT_CHOICE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "locks/nt/types.h"

struct kspin_executive {
  const char *name;
  void (*acquire)(KSPIN_LOCK *lock);
  bool (*try_acquire)(KSPIN_LOCK *lock);
  void (*release)(KSPIN_LOCK *lock);
  bool (*is_held)(const KSPIN_LOCK *lock);
};

struct kspin_queued {
  const char *name;
  void (*acquire)(KSPIN_LOCK *lock, KSPIN_LOCK_QUEUE *node);
  void (*release)(KSPIN_LOCK_QUEUE *node);
};

struct kspin_reader {
  const char *name;
  void (*acquire_exclusive)(EX_SPIN_LOCK *lock);
  void (*release_exclusive)(EX_SPIN_LOCK *lock);
  void (*acquire_shared)(EX_SPIN_LOCK *lock);
  void (*release_shared)(EX_SPIN_LOCK *lock);
  bool (*try_convert)(EX_SPIN_LOCK *lock);
  bool (*convert_draining)(EX_SPIN_LOCK *lock);
};

/* Until the first use these are stand-ins that settle the choice and go on. */
extern const struct kspin_executive *_Atomic kspin_executive_now;
extern const struct kspin_queued *_Atomic kspin_queued_now;
extern const struct kspin_reader *_Atomic kspin_reader_now;

#endif
