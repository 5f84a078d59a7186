/* The order of arrival is that of the doorways. A thread's doorway is its
 * first read-modify-write of the lock word that succeeds: whatever it does
 * there settles its place in the queue, if there is one. Doorways on one half
 * of the word come in its modification order. Where a lock has two, a thread
 * is later if all of its acquire may have come after the other's doorway:
 * nothing that was seen says that it began before. */
#include "locks/model/fairness.h"

#include <errno.h>
#include <string.h>

#include "locks/model/machine.h"

enum { ARRIVALS = 64 };

static struct arrival {
  uintptr_t lock;
  bool shared;
  unsigned thread;
  unsigned first, entered, left; /* steps; 0: not yet */
  const struct model_step *doorway;
} arrivals[ARRIVALS];
static unsigned arrival_count;

void model_fairness_reset(void) {
  arrival_count = 0;
}

void model_fairness_arrive(const void *lock, bool shared) {
  if (arrival_count == ARRIVALS)
    model_fail(-EOVERFLOW);
  arrivals[arrival_count++] =
      (struct arrival){.lock = (uintptr_t)lock,
                       .shared = shared,
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

void model_fairness_left(void) {
  mine()->left = model_machine.step_count;
}

void model_fairness_give_up(void) {
  struct arrival *arrival = mine();
  *arrival = arrivals[--arrival_count];
}

static const struct model_step *find_doorway(const struct arrival *arrival) {
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

/* Steps that must have come before a given one. */
struct past {
  bool has[MODEL_STEPS];
  unsigned pending[MODEL_STEPS], count;
};

static void add(struct past *past, uint16_t step) {
  if (step == MODEL_NONE || past->has[step])
    return;
  past->has[step] = true;
  past->pending[past->count++] = step;
}

/* A store comes after those that stand before it in modification order, and
 * after the reads of these. */
static void add_before_store(struct past *past,
                             const struct model_step *store) {
  const struct model_machine *machine = &model_machine;
  const struct model_message *message = &machine->message[store->written];
  if (message->older != MODEL_NONE)
    add(past, machine->message[message->older].step);
  uint16_t at = machine->location[message->location].readers;
  for (; at != MODEL_NONE; at = machine->step[at].reader_before)
    if (machine->message[machine->step[at].read].time < message->time)
      add(past, at);
}

static void add_before(struct past *past, unsigned number) {
  const struct model_machine *machine = &model_machine;
  const struct model_step *step = &machine->step[number];
  unsigned before = number;
  while (before > 0 && machine->step[--before].thread != step->thread)
    ;
  if (machine->step[before].thread == step->thread)
    add(past, (uint16_t)before);
  if (step->read != MODEL_NONE)
    add(past, machine->message[step->read].step);
  if (step->written != MODEL_NONE)
    add_before_store(past, step);
}

/* Finds all that the step must have come after. */
static void find_past(struct past *past, const struct model_step *step) {
  memset(past->has, 0, sizeof past->has);
  past->count = 0;
  add(past, (uint16_t)(step - model_machine.step));
  while (past->count > 0)
    add_before(past, past->pending[--past->count]);
}

/* @return the arrival's first access */
static unsigned first_access(const struct arrival *arrival) {
  const struct model_machine *machine = &model_machine;
  unsigned i = arrival->first;
  while (machine->step[i].thread != arrival->thread ||
         machine->step[i].event.kind == MODEL_NOTE)
    i++;
  return i;
}

static bool comes_later(const struct arrival *other,
                        const struct model_step *early) {
  static struct past past;
  const struct model_message *message = model_machine.message;
  const struct model_step *late = other->doorway;
  if (!late)
    return false;
  if (late->event.location == early->event.location)
    return message[late->written].time > message[early->written].time;
  find_past(&past, early);
  return !past.has[first_access(other)];
}

/* How often the thread entered as such before `waiter` though it came later. */
static int passes(const struct arrival *waiter, unsigned thread, bool shared) {
  const struct model_step *early = waiter->doorway;
  int count = 0;
  for (unsigned i = 0; early && i < arrival_count; i++) {
    const struct arrival *other = &arrivals[i];
    if (other->thread == thread && other->lock == waiter->lock &&
        other->shared == shared && other->entered < waiter->entered)
      count += comes_later(other, early);
  }
  return count;
}

/* Was nobody of the one kind passed more often by one of the other? */
static bool keeps(bool waits_shared, bool passes_shared, int bypass) {
  for (unsigned i = 0; i < arrival_count; i++)
    arrivals[i].doorway = find_doorway(&arrivals[i]);
  for (unsigned i = 0; bypass >= 0 && i < arrival_count; i++)
    for (unsigned thread = 0; thread < model_machine.threads; thread++)
      if (arrivals[i].shared == waits_shared && thread != arrivals[i].thread &&
          passes(&arrivals[i], thread, passes_shared) > bypass)
        return false;
  return true;
}

bool model_fairness_keeps(int bypass) {
  return keeps(false, false, bypass);
}

bool model_fairness_writers_pass(void) {
  return keeps(false, true, 0);
}

bool model_fairness_readers_pass(void) {
  return keeps(true, false, 0);
}

/* @return how many writers were inside while the reader waited */
static unsigned writers_during(const struct arrival *reader) {
  unsigned count = 0;
  unsigned doorway = (unsigned)(reader->doorway - model_machine.step);
  for (unsigned i = 0; i < arrival_count; i++)
    count += !arrivals[i].shared && arrivals[i].lock == reader->lock &&
             arrivals[i].left > doorway &&
             arrivals[i].entered < reader->entered;
  return count;
}

bool model_fairness_phases(void) {
  for (unsigned i = 0; i < arrival_count; i++) {
    arrivals[i].doorway = find_doorway(&arrivals[i]);
    if (arrivals[i].shared && arrivals[i].doorway &&
        writers_during(&arrivals[i]) > 1)
      return false;
  }
  return true;
}
