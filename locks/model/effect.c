/* What an event does: to the views of its thread, and to memory. */
#include "locks/model/machine.h"

#include <string.h>

static struct model_thread *self(void) {
  return &model_machine.thread[model_machine.running];
}

static void join_causal(uint16_t *into, const uint16_t *from) {
  for (unsigned i = 0; i < MODEL_CLOCKS; i++)
    into[i] = into[i] > from[i] ? into[i] : from[i];
}

/* seq_cst events are ordered as they are executed. */
static void order_before(const struct model_step *step) {
  if (step->event.order != MODEL_SEQ_CST)
    return;
  model_ordered(step);
  join_causal(self()->causal, model_machine.seq_cst_causal);
}

static void order_after(struct model_step *step) {
  struct model_machine *machine = &model_machine;
  const struct model_thread *thread = self();
  memcpy(step->causal, thread->causal, sizeof step->causal);
  if (step->event.order != MODEL_SEQ_CST)
    return;
  memcpy(machine->seq_cst_causal, thread->causal,
         sizeof machine->seq_cst_causal);
  machine->seq_cst_step = (uint16_t)(step - machine->step);
}

/* A pause leaves to the next load of the location what it has waited for. */
static void remember_read(struct model_thread *thread, unsigned location,
                          uint64_t value) {
  if (thread->forced != MODEL_NONE &&
      model_machine.message[thread->forced].location == location)
    thread->forced = MODEL_NONE;
  unsigned i = 0;
  while (i < thread->read_count && thread->reads[i].location != location)
    i++;
  if (i == MODEL_ITERATION) {
    i = --thread->read_count; /* forget the oldest */
    memmove(thread->reads, thread->reads + 1, i * sizeof *thread->reads);
  }
  thread->reads[i].location = location;
  thread->reads[i].value = value;
  if (i == thread->read_count)
    thread->read_count++;
}

static void read_message(struct model_step *step, uint16_t number,
                         enum model_order order) {
  struct model_machine *machine = &model_machine;
  struct model_thread *thread = self();
  const struct model_message *message = &machine->message[number];
  unsigned location = message->location;
  uint32_t *seen = &thread->current.time[location];
  step->read = number;
  step->before = message->value;
  *seen = *seen > message->time ? *seen : message->time;
  model_view_join(model_acquires(order) ? &thread->current : &thread->acquired,
                  &message->view, machine->location_count);
  join_causal(thread->causal, message->causal);
  remember_read(thread, location, message->value);
  if (message->indeterminate)
    model_violate("T%u reads memory that nobody has written since its birth",
                  step->thread);
}

static void write_message(struct model_step *step, uint16_t after,
                          uint64_t value, enum model_order order) {
  struct model_machine *machine = &model_machine;
  struct model_thread *thread = self();
  if (machine->location[step->event.location].size == sizeof(uint32_t))
    value = (uint32_t)value;
  uint16_t number = model_message_insert(after, value);
  struct model_message *message = &machine->message[number];
  message->view = model_releases(order) ? thread->current : thread->released;
  message->view.time[message->location] = message->time;
  memcpy(message->causal, thread->causal, sizeof message->causal);
  message->step = (uint16_t)(step - machine->step);
  thread->current.time[message->location] = message->time;
  if (order == MODEL_SEQ_CST)
    machine->seq_cst.time[message->location] = message->time;
  step->written = number;
  step->after = value;
}

static uint64_t changed(const struct model_event *event, uint64_t old) {
  switch ((enum model_change)event->detail) {
  case MODEL_ADD:
    return old + event->operand;
  case MODEL_SUB:
    return old - event->operand;
  case MODEL_OR:
    return old | event->operand;
  case MODEL_AND:
    return old & event->operand;
  case MODEL_XOR:
    return old ^ event->operand;
  case MODEL_EXCHANGE:
    break;
  }
  return event->operand;
}

/* The write of a read-modify-write stands right behind what it read, and
 * passes on the view of that message: the release sequence goes on. */
static void update(struct model_step *step, uint16_t read) {
  struct model_machine *machine = &model_machine;
  write_message(step, read, changed(&step->event, step->before),
                step->event.order);
  machine->message[read].consumed = true;
  model_view_join(&machine->message[step->written].view,
                  &machine->message[read].view, machine->location_count);
}

/* A weak compare-exchange that could succeed may also fail. */
static bool fails_anyway(const struct model_event *event,
                         const struct model_message *message) {
  static const uint16_t outcomes[] = {0, 1};
  bool fails = event->weak && (message->consumed || model_choose(outcomes, 2));
  self()->has_failed |= fails;
  return fails;
}

static void read_or_update(struct model_step *step, uint16_t read) {
  const struct model_event *event = &step->event;
  const struct model_message *message = &model_machine.message[read];
  bool updates =
      model_updates(event, message->value) && !fails_anyway(event, message);
  enum model_order order = event->order;
  if (event->kind == MODEL_CAS && !updates)
    order = event->failure;
  step->success = updates;
  read_message(step, read, order);
  if (updates)
    update(step, read);
}

/* Puts the step into its location's chain of readers. */
static void chain(struct model_step *step) {
  struct model_machine *machine = &model_machine;
  struct model_location *location = &machine->location[step->event.location];
  step->reader_before = location->readers;
  location->readers = (uint16_t)(step - machine->step);
}

static void check_region(const struct model_step *step) {
  const struct model_location *location =
      &model_machine.location[step->event.location];
  model_region_access(location->region, location->address);
}

static void do_read(struct model_step *step, uint16_t read) {
  step->bound = self()->current.time[step->event.location];
  check_region(step);
  order_before(step);
  read_or_update(step, read);
  order_after(step);
  if (step->event.kind != MODEL_LOAD && step->event.kind != MODEL_AWAIT)
    model_updated(step);
  if (step->written != MODEL_NONE)
    model_written(step);
  chain(step);
}

static void do_store(struct model_step *step) {
  const struct model_event *event = &step->event;
  uint16_t gaps[MODEL_ALTERNATIVES];
  check_region(step);
  order_before(step);
  uint16_t after =
      model_choose(gaps, model_gaps(event, gaps, MODEL_ALTERNATIVES));
  write_message(step, after, event->operand, event->order);
  order_after(step);
  model_written(step);
}

/* Loads before an acquire fence count as acquire, stores after a release
 * fence as release; a seq_cst fence moreover takes part in the total order. */
static void do_fence(struct model_step *step) {
  struct model_machine *machine = &model_machine;
  struct model_thread *thread = self();
  enum model_order order = step->event.order;
  order_before(step);
  if (model_acquires(order))
    model_view_join(&thread->current, &thread->acquired,
                    machine->location_count);
  for (unsigned i = 0; order == MODEL_SEQ_CST && i < machine->location_count;
       i++) {
    uint32_t *mine = &thread->current.time[i];
    uint32_t *shared = &machine->seq_cst.time[i];
    *mine = *shared = *mine > *shared ? *mine : *shared;
  }
  if (model_releases(order))
    thread->released = thread->current;
  order_after(step);
}

/* The next turn of the loop will find the message, or a newer one. */
static void do_pause(struct model_step *step, uint16_t found) {
  struct model_thread *thread = self();
  const struct model_message *message = &model_machine.message[found];
  uint32_t *seen = &thread->current.time[message->location];
  step->event.location = message->location;
  step->bound = *seen;
  step->read = found;
  step->before = message->value;
  *seen = message->time;
  join_causal(thread->causal, message->causal);
  thread->forced = found;
  thread->read_count = 0;
  order_after(step);
  chain(step);
}

struct model_step *model_happen(const struct model_event *event) {
  struct model_machine *machine = &model_machine;
  bool turn = event->kind <= MODEL_PAUSE || event->order == MODEL_SEQ_CST ||
              machine->every_store;
  if (self()->hurried && model_waits(event))
    model_violate("T%u waits where it must not", machine->running);
  uint16_t read = turn ? model_turn(event) : MODEL_NONE;
  struct model_step *step = model_step_new(event);
  if (turn)
    step->node = machine->node;
  if (event->kind == MODEL_STORE)
    do_store(step);
  else if (event->kind == MODEL_FENCE)
    do_fence(step);
  else if (event->kind == MODEL_PAUSE)
    do_pause(step, read);
  else
    do_read(step, read);
  return step;
}
