/* A thread that is seen to wait. */
#include "locks/test/nt/team.h"

_Thread_local waiting_flag *waiting_mine;

static void *waiter_main(void *argument) {
  struct nt_waiter *waiter = argument;
  waiting_mine = &waiter->waits;
  waiter->run(waiter);
  return NULL;
}

bool nt_waiter_start(struct nt_waiter *waiter,
                     void (*run)(struct nt_waiter *self), void *argument) {
  waiter->waits = 0;
  waiter->entered = 0;
  waiter->run = run;
  waiter->argument = argument;
  if (pthread_create(&waiter->thread, NULL, waiter_main, waiter) != 0)
    return false;
  while (waiter->waits == 0 && waiter->entered == 0)
    sched_yield();
  return true;
}

void nt_waiter_end(struct nt_waiter *waiter) {
  pthread_join(waiter->thread, NULL);
}
