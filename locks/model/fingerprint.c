/* An execution as a number, whatever the order in which it was run: what each
 * thread did, which store each read saw, and every modification order. */
#include "locks/model/machine.h"

static uint64_t mix(uint64_t hash, uint64_t word) {
  hash ^= word + 0x9e3779b97f4a7c15U + (hash << 6) + (hash >> 2);
  hash *= 0xff51afd7ed558ccdU;
  return hash ^ (hash >> 32);
}

/* A step's name: its thread and how many steps that had before. */
static uint64_t name_of(uint16_t number) {
  const struct model_machine *machine = &model_machine;
  if (number == MODEL_NONE)
    return MODEL_NONE;
  unsigned before = 0;
  for (unsigned i = 0; i < number; i++)
    before += machine->step[i].thread == machine->step[number].thread;
  return (uint64_t)machine->step[number].thread << 32 | before;
}

static uint64_t of_thread(unsigned thread) {
  const struct model_machine *machine = &model_machine;
  uint64_t hash = thread;
  for (unsigned i = 0; i < machine->step_count; i++) {
    const struct model_step *step = &machine->step[i];
    if (step->thread != thread)
      continue;
    hash = mix(hash, step->event.kind);
    hash = mix(hash, (uintptr_t)step->event.site);
    hash = mix(hash, step->success);
    if (step->read != MODEL_NONE)
      hash = mix(hash, name_of(machine->message[step->read].step));
  }
  return hash;
}

static uint64_t of_location(const struct model_location *location) {
  const struct model_machine *machine = &model_machine;
  uint64_t hash = location->address;
  uint16_t at = location->oldest;
  for (; at != MODEL_NONE; at = machine->message[at].newer)
    hash = mix(hash, name_of(machine->message[at].step));
  return hash;
}

uint64_t model_fingerprint(void) {
  const struct model_machine *machine = &model_machine;
  uint64_t hash = 0;
  for (unsigned i = 0; i < machine->threads; i++)
    hash = mix(hash, of_thread(i));
  uint64_t locations = 0;
  for (unsigned i = 0; i < machine->location_count; i++)
    locations += of_location(&machine->location[i]);
  return mix(hash, locations);
}
