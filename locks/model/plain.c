/* Plain memory: races by vector clocks, and pieces that live and die.
 *
 * A race is found whatever the order in which this execution happened to run
 * the two accesses: only happens-before counts. */
#include "locks/model/machine.h"

#include <errno.h>
#include <string.h>

static struct model_cell *cell_at(uintptr_t address, size_t size) {
  struct model_machine *machine = &model_machine;
  for (unsigned i = 0; i < machine->cell_count; i++) {
    struct model_cell *cell = &machine->cell[i];
    if (cell->address == address && cell->size == size)
      return cell;
    if (cell->address < address + size && address < cell->address + cell->size)
      model_violate("plain accesses of %zu and %zu bytes overlap", cell->size,
                    size);
  }
  if (machine->cell_count == MODEL_CELLS)
    model_fail(-EOVERFLOW);
  struct model_cell *cell = &machine->cell[machine->cell_count++];
  *cell = (struct model_cell){.address = address, .size = size};
  return cell;
}

/* Knows the running thread of what `thread` did at `clock`? */
static bool known(unsigned thread, uint16_t clock) {
  const struct model_machine *machine = &model_machine;
  return machine->thread[machine->running].current.clock[thread] >= clock;
}

static void race(uintptr_t address, const char *mine, const char *theirs,
                 uint16_t step) {
  const struct model_machine *machine = &model_machine;
  char name[48];
  model_name(address, name, sizeof name);
  model_violate("race on %s: T%u %s and T%u %s (#%u), unordered",
                name[0] ? name : "plain memory", machine->running, mine,
                machine->step[step - 1].thread, theirs, step);
}

void model_plain(const volatile void *at, size_t size, bool write,
                 struct model_site *site) {
  struct model_machine *machine = &model_machine;
  uintptr_t address = (uintptr_t)at;
  struct model_event event = {
      .kind = write ? MODEL_PLAIN_WRITE : MODEL_PLAIN_READ, .site = site};
  struct model_cell *cell = cell_at(address, size);
  model_step_new(&event);
  model_region_access(model_region_of(address), address);
  unsigned running = machine->running;
  const char *mine = write ? "writes" : "reads";
  if (cell->write && !known(cell->writer, cell->write_clock))
    race(address, mine, "writes", cell->write);
  for (unsigned i = 0; write && i <= machine->threads; i++)
    if (cell->reads[i] && !known(i, cell->read_clock[i]))
      race(address, mine, "reads", cell->reads[i]);
  uint16_t clock = machine->thread[running].current.clock[running];
  if (write) {
    cell->write = (uint16_t)machine->step_count;
    cell->write_clock = clock;
    cell->writer = (uint8_t)running;
  } else {
    cell->reads[running] = (uint16_t)machine->step_count;
    cell->read_clock[running] = clock;
  }
}

uint16_t model_region_of(uintptr_t address) {
  const struct model_machine *machine = &model_machine;
  for (unsigned i = 0; i < machine->region_count; i++)
    if (address - machine->region[i].address < machine->region[i].size)
      return (uint16_t)i;
  return MODEL_NONE;
}

static void misuse(const struct model_region *region, uintptr_t address) {
  unsigned running = model_machine.running;
  char name[48];
  model_name(address, name, sizeof name);
  if (known(region->owner, region->clock))
    model_violate("T%u uses %s, which is dead", running, name);
  model_violate("T%u uses %s, unordered with its %s", running, name,
                region->alive ? "birth" : "death");
}

void model_region_access(uint16_t number, uintptr_t address) {
  struct model_machine *machine = &model_machine;
  if (number == MODEL_NONE)
    return;
  struct model_region *region = &machine->region[number];
  unsigned running = machine->running;
  if (!region->alive || !known(region->owner, region->clock))
    misuse(region, address);
  region->access[running] = machine->thread[running].current.clock[running];
}

/* The bytes become somebody's for something else: everything done to them
 * before must have happened before. */
static void pass_on(struct model_region *region, bool alive) {
  struct model_machine *machine = &model_machine;
  unsigned running = machine->running;
  char name[48];
  for (unsigned i = 0; i <= machine->threads; i++) {
    if (known(i, region->access[i]))
      continue;
    model_name(region->address, name, sizeof name);
    model_violate("%s %s while T%u's access to it is unordered", name,
                  alive ? "is born" : "dies", i);
  }
  region->alive = alive;
  region->owner = (uint8_t)running;
  region->clock = machine->thread[running].current.clock[running];
}

/* What the locations in the region hold from its birth on is nobody's. */
static void forget_values(uint16_t number) {
  struct model_machine *machine = &model_machine;
  const struct model_region *region = &machine->region[number];
  struct model_thread *thread = &machine->thread[machine->running];
  for (unsigned i = 0; i < machine->location_count; i++) {
    struct model_location *location = &machine->location[i];
    if (location->address - region->address >= region->size)
      continue;
    location->region = number;
    uint16_t message = model_message_insert(location->newest, 0);
    machine->message[message].view = thread->current;
    machine->message[message].indeterminate = true;
    thread->current.time[i] = machine->message[message].time;
  }
}

void model_birth(void *memory, size_t size) {
  struct model_machine *machine = &model_machine;
  uint16_t number = model_region_of((uintptr_t)memory);
  struct model_event event = {.kind = MODEL_BIRTH};
  model_step_new(&event);
  if (number == MODEL_NONE) {
    if (machine->region_count == MODEL_REGIONS)
      model_fail(-EOVERFLOW);
    number = (uint16_t)machine->region_count++;
    machine->region[number] =
        (struct model_region){.address = (uintptr_t)memory, .size = size};
  }
  pass_on(&machine->region[number], true);
  forget_values(number);
}

void model_death(void *memory) {
  struct model_machine *machine = &model_machine;
  uint16_t number = model_region_of((uintptr_t)memory);
  struct model_event event = {.kind = MODEL_DEATH};
  model_step_new(&event);
  if (number != MODEL_NONE)
    pass_on(&machine->region[number], false);
}
