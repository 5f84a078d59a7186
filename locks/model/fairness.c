/* The order of arrival is that of the doorways. A thread's doorway is its
 * first read-modify-write of the lock word that succeeds: whatever it does
 * there settles its place in the queue, if there is one. One doorway is later
 * than another if it stands later in the word's modification order, or comes
 * after it by program order and reads-from. */
#include "locks/model/fairness.h"

#include <errno.h>

#include "locks/model/machine.h"

enum { ARRIVALS = 64 };

static struct arrival {
  uintptr_t lock;
  unsigned thread, first, entered; /* steps; entered 0: not yet */
} arrivals[ARRIVALS];
static unsigned arrival_count;

void model_fairness_reset(void) {
  arrival_count = 0;
}

void model_fairness_arrive(const void *lock) {
  if (arrival_count == ARRIVALS)
    model_fail(-EOVERFLOW);
  arrivals[arrival_count++] =
      (struct arrival){.lock = (uintptr_t)lock,
                       .thread = model_self(),
                       .first = model_machine.step_count};
}

/* @return the running thread's last arrival */
static struct arrival *mine(void) {
  unsigned i = arrival_count - 1;
  while (arrivals[i].thread != model_self())
    i--;
  return &arrivals[i];
}

void model_fairness_enter(void) {
  mine()->entered = model_machine.step_count;
}

void model_fairness_give_up(void) {
  struct arrival *arrival = mine();
  *arrival = arrivals[--arrival_count];
}

static const struct model_step *doorway(const struct arrival *arrival) {
  const struct model_machine *machine = &model_machine;
  for (unsigned i = arrival->first; i < arrival->entered; i++) {
    const struct model_step *step = &machine->step[i];
    if (step->thread == arrival->thread && step->read != MODEL_NONE &&
        step->written != MODEL_NONE &&
        machine->location[step->event.location].address - arrival->lock <
            sizeof(uint64_t))
      return step;
  }
  return NULL;
}

static bool comes_later(const struct model_step *late,
                        const struct model_step *early) {
  const struct model_message *message = model_machine.message;
  if (late->event.location == early->event.location)
    return message[late->written].time > message[early->written].time;
  return late->earlier[early->thread] >= early->number;
}

/* How often the thread entered before `waiter` though it came later. */
static int passes(const struct arrival *waiter, unsigned thread) {
  const struct model_step *early = doorway(waiter);
  int count = 0;
  for (unsigned i = 0; early && i < arrival_count; i++) {
    const struct arrival *other = &arrivals[i];
    if (other->thread != thread || other->lock != waiter->lock ||
        other->entered >= waiter->entered)
      continue;
    const struct model_step *late = doorway(other);
    count += late && comes_later(late, early);
  }
  return count;
}

bool model_fairness_keeps(int bypass) {
  for (unsigned i = 0; bypass >= 0 && i < arrival_count; i++)
    for (unsigned thread = 0; thread < model_machine.threads; thread++)
      if (thread != arrivals[i].thread && passes(&arrivals[i], thread) > bypass)
        return false;
  return true;
}
