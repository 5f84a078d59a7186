/* One execution: the threads take turns until all have finished, none can go
 * on, or nothing new is to be seen this way. */
#include "locks/model/explore.h"

#include <string.h>

static void thread_main(void *argument) {
  const struct model_program *program = model_machine.program;
  program->thread(program->context, *(const unsigned *)argument);
}

static void prepare_main(void *argument) {
  const struct model_program *program = model_machine.program;
  (void)argument;
  if (program->prepare)
    program->prepare(program->context);
}

static void finish_main(void *argument) {
  const struct model_program *program = model_machine.program;
  (void)argument;
  if (program->finish)
    program->finish(program->context);
}

/* Lets the thread run up to its next event that reads, or its end. */
static void resume(unsigned number) {
  struct model_machine *machine = &model_machine;
  const struct model_program *program = machine->program;
  struct model_thread *thread = &machine->thread[number];
  machine->running = number;
  if (program->resume)
    program->resume(program->context, number);
  thread->finished = !model_coroutine_enter(thread->coroutine);
  machine->running = MODEL_NONE;
}

/* Runs the thread that is alone: what it reads is the newest there is. */
static void run_alone(void (*entry)(void *)) {
  struct model_machine *machine = &model_machine;
  machine->solo = true;
  machine->node = MODEL_NONE;
  model_coroutine_start(machine->thread[machine->threads].coroutine, entry,
                        NULL);
  resume(machine->threads);
  machine->solo = false;
}

uint16_t model_turn(const struct model_event *event) {
  struct model_machine *machine = &model_machine;
  struct model_thread *thread = &machine->thread[machine->running];
  thread->pending = *event;
  if (machine->solo) {
    uint16_t messages[MODEL_ALTERNATIVES];
    if (!model_readable(machine->running, 0, messages, MODEL_ALTERNATIVES))
      model_violate("the finishing thread waits for ever");
    thread->choice = messages[0];
  } else {
    model_coroutine_leave(thread->coroutine);
  }
  thread->number++;
  thread->causal[machine->running] = thread->number;
  return thread->choice;
}

static bool all_finished(void) {
  const struct model_machine *machine = &model_machine;
  for (unsigned i = 0; i < machine->threads; i++)
    if (!machine->thread[i].finished)
      return false;
  return true;
}

/* Would the thread's wait end, if it saw the newest of everything? */
static bool waits_in_vain(const struct model_thread *thread) {
  const struct model_machine *machine = &model_machine;
  const struct model_event *event = &thread->pending;
  if (!model_waits(event))
    return false;
  unsigned count = event->kind == MODEL_PAUSE ? thread->read_count : 1;
  for (unsigned i = 0; i < count; i++) {
    unsigned location = event->kind == MODEL_PAUSE ? thread->reads[i].location
                                                   : event->location;
    uint16_t newest = machine->location[location].newest;
    if (model_satisfies(thread, event, &machine->message[newest]))
      return false;
  }
  return true;
}

/* A thread that waits sees the newest value in the end. So the state is a
 * hang when no newest value helps anybody, though a stale one might. */
static void check_hang(void) {
  struct model_machine *machine = &model_machine;
  char who[64] = "";
  for (unsigned i = 0; i < machine->threads; i++) {
    if (machine->thread[i].finished)
      continue;
    if (!waits_in_vain(&machine->thread[i]))
      return;
    size_t used = strlen(who);
    who[used] = ' ';
    who[used + 1] = 'T';
    who[used + 2] = (char)('0' + i);
    who[used + 3] = '\0';
  }
  if (who[0])
    model_violate("hang: nobody will wake%s", who);
}

static bool run_threads(void) {
  struct model_machine *machine = &model_machine;
  static const unsigned numbers[MODEL_THREADS] = {0, 1, 2, 3, 4, 5};
  for (unsigned i = 0; i < machine->threads && !machine->stopped; i++) {
    struct model_thread *thread = &machine->thread[i];
    thread->current = machine->thread[machine->threads].current;
    model_coroutine_start(thread->coroutine, thread_main,
                          (void *)(uintptr_t)&numbers[i]);
    resume(i);
  }
  while (!machine->stopped && !all_finished()) {
    check_hang();
    if (machine->stopped)
      return true;
    unsigned thread;
    if (!model_decide(&thread))
      return machine->stopped;
    resume(thread);
  }
  return true;
}

bool model_execute(void) {
  struct model_machine *machine = &model_machine;
  run_alone(prepare_main);
  if (machine->stopped)
    return true;
  if (!run_threads())
    return false;
  if (machine->stopped)
    return true;
  if (model_explorer.search.seen)
    model_explorer.search.seen(model_fingerprint());
  model_machine_merge();
  run_alone(finish_main);
  return true;
}
