/* Locations and their messages: what may be read, and where a store may go.
 *
 * Times are numbers with gaps, so that a message can enter between two
 * others without moving them: views stay valid. */
#include "locks/model/machine.h"

#include <errno.h>
#include <string.h>

enum { TIME_STEP = 1 << 16 };

static uint16_t message_new(unsigned location, uint64_t value, uint32_t time) {
  struct model_machine *machine = &model_machine;
  if (machine->message_count == MODEL_MESSAGES)
    model_fail(-EOVERFLOW);
  uint16_t number = (uint16_t)machine->message_count++;
  struct model_message *message = &machine->message[number];
  message->value = value;
  message->time = time;
  message->location = (uint8_t)location;
  message->thread = (uint8_t)machine->running;
  message->older = message->newer = message->step = MODEL_NONE;
  message->consumed = message->indeterminate = false;
  memset(message->causal, 0, sizeof message->causal);
  return number;
}

static uint64_t plain_value(uintptr_t address, size_t size) {
  uint32_t half;
  uint64_t whole;
  if (size == sizeof half) {
    memcpy(&half, (const void *)address, sizeof half);
    return half;
  }
  memcpy(&whole, (const void *)address, sizeof whole);
  return whole;
}

static unsigned location_new(uintptr_t address, size_t size) {
  struct model_machine *machine = &model_machine;
  if (machine->location_count == MODEL_LOCATIONS)
    model_fail(-EOVERFLOW);
  if (size != sizeof(uint32_t) && size != sizeof(uint64_t))
    model_violate("an atomic access of %zu bytes", size);
  unsigned number = machine->location_count++;
  struct model_location *location = &machine->location[number];
  uint16_t first = message_new(number, plain_value(address, size), 0);
  struct model_message *message = &machine->message[first];
  memset(&message->view, 0, sizeof message->view);
  *location = (struct model_location){.address = address,
                                      .size = size,
                                      .oldest = first,
                                      .newest = first,
                                      .readers = MODEL_NONE,
                                      .region = model_region_of(address)};
  message->indeterminate = location->region != MODEL_NONE;
  return number;
}

unsigned model_location_at(const volatile void *at, size_t size) {
  struct model_machine *machine = &model_machine;
  uintptr_t address = (uintptr_t)at;
  for (unsigned i = machine->location_count; i-- > 0;) {
    const struct model_location *location = &machine->location[i];
    if (location->address == address && location->size == size)
      return i;
    if (location->address < address + size &&
        address < location->address + location->size)
      model_violate("accesses of mixed sizes: %zu and %zu bytes",
                    location->size, size);
  }
  return location_new(address, size);
}

/* @return a time after the message and before its successor */
static uint32_t time_after(const struct model_message *message) {
  if (message->newer == MODEL_NONE) {
    if (message->time > UINT32_MAX - TIME_STEP)
      model_fail(-EOVERFLOW);
    return message->time + TIME_STEP;
  }
  uint32_t gap = model_machine.message[message->newer].time - message->time;
  if (gap < 2)
    model_fail(-EOVERFLOW);
  return message->time + gap / 2;
}

uint16_t model_message_insert(uint16_t after, uint64_t value) {
  struct model_machine *machine = &model_machine;
  struct model_message *older = &machine->message[after];
  struct model_location *location = &machine->location[older->location];
  uint16_t number = message_new(older->location, value, time_after(older));
  struct model_message *message = &machine->message[number];
  message->older = after;
  message->newer = older->newer;
  if (older->newer == MODEL_NONE)
    location->newest = number;
  else
    machine->message[older->newer].older = number;
  older->newer = number;
  return number;
}

bool model_satisfies(const struct model_thread *thread,
                     const struct model_event *event,
                     const struct model_message *message) {
  if (event->kind == MODEL_AWAIT_RMW)
    return message->value == event->expected;
  if (event->kind == MODEL_AWAIT)
    return (message->value == event->operand) == (event->detail == MODEL_EQUAL);
  for (unsigned i = 0; i < thread->read_count; i++)
    if (thread->reads[i].location == message->location)
      return message->time > thread->current.time[message->location] &&
             message->value != thread->reads[i].value;
  return false;
}

/* The oldest time that a thread may still read, or put a store after. */
static uint32_t bound_of(const struct model_thread *thread,
                         const struct model_event *event, unsigned location) {
  uint32_t bound = thread->current.time[location];
  uint32_t seq_cst = model_machine.seq_cst.time[location];
  return event->order == MODEL_SEQ_CST && seq_cst > bound ? seq_cst : bound;
}

/* Two updates cannot both stand right behind one message. */
static bool may_read(const struct model_thread *thread,
                     const struct model_event *event,
                     const struct model_message *message) {
  const struct model_machine *machine = &model_machine;
  if (message->consumed && model_updates(event, message->value))
    return event->weak;
  if (model_waits(event))
    return model_satisfies(thread, event, message);
  return event->kind != MODEL_LOAD || thread->forced == MODEL_NONE ||
         &machine->message[thread->forced] == message ||
         machine->message[thread->forced].location != message->location;
}

static unsigned readable_at(const struct model_thread *thread,
                            unsigned location, uint16_t since,
                            uint16_t *messages, unsigned room) {
  const struct model_machine *machine = &model_machine;
  const struct model_event *event = &thread->pending;
  uint32_t bound = bound_of(thread, event, location);
  unsigned count = 0;
  uint16_t at = machine->location[location].newest;
  for (; at != MODEL_NONE; at = machine->message[at].older) {
    const struct model_message *message = &machine->message[at];
    if (message->time < bound)
      break;
    if (at < since || !may_read(thread, event, message))
      continue;
    if (count == room)
      model_fail(-EOVERFLOW);
    else
      messages[count++] = at;
  }
  return count;
}

unsigned model_readable(unsigned number, uint16_t since, uint16_t *messages,
                        unsigned room) {
  const struct model_thread *thread = &model_machine.thread[number];
  const struct model_event *event = &thread->pending;
  if (event->kind == MODEL_STORE || event->kind == MODEL_FENCE) {
    messages[0] = MODEL_NONE; /* its turn is all that it needs */
    return since == 0;
  }
  if (event->kind != MODEL_PAUSE)
    return readable_at(thread, event->location, since, messages, room);
  unsigned count = 0;
  for (unsigned i = 0; i < thread->read_count; i++)
    count += readable_at(thread, thread->reads[i].location, since,
                         messages + count, room - count);
  return count;
}

unsigned model_gaps(const struct model_event *event, uint16_t *messages,
                    unsigned room) {
  const struct model_machine *machine = &model_machine;
  const struct model_thread *thread = &machine->thread[machine->running];
  uint32_t bound = bound_of(thread, event, event->location);
  unsigned count = 0;
  uint16_t at = machine->location[event->location].newest;
  for (; at != MODEL_NONE; at = machine->message[at].older) {
    if (machine->message[at].time < bound)
      break;
    if (machine->message[at].consumed)
      continue;
    if (count == room)
      model_fail(-EOVERFLOW);
    messages[count++] = at;
  }
  return count;
}

bool model_is_zero(const void *memory, size_t size) {
  const struct model_machine *machine = &model_machine;
  for (unsigned i = 0; i < machine->location_count; i++) {
    const struct model_location *location = &machine->location[i];
    if (location->address - (uintptr_t)memory < size &&
        machine->message[location->newest].value != 0)
      return false;
  }
  return true;
}
