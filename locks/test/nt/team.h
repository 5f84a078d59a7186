/* Two parts of a behaviour that needs a holder and somebody who waits. */
#ifndef LOCKS_TEST_NT_TEAM_H
#define LOCKS_TEST_NT_TEAM_H

#include <pthread.h>

#include "locks/test/nt/behaviour.h"

/* A thread that runs `run(self)` and is seen to wait. */
struct nt_waiter {
  waiting_flag waits;
  _Atomic int entered; /* raised by `run` when it is past the wait */
  pthread_t thread;
  void (*run)(struct nt_waiter *self);
  void *argument;
};

/* Starts it and returns when it waits, or, if `run` never waits, when it has
 * raised `entered`. @return whether it could be started */
bool nt_waiter_start(struct nt_waiter *waiter,
                     void (*run)(struct nt_waiter *self), void *argument);

/* Returns when `run` has returned. */
void nt_waiter_end(struct nt_waiter *waiter);

#endif
