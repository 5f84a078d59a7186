/* Executions: how one begins, and what ends one. */
#include "locks/model/machine.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct model_machine model_machine;

void model_machine_reset(void) {
  struct model_machine *machine = &model_machine;
  machine->location_count = machine->message_count = machine->step_count = 0;
  machine->cell_count = machine->region_count = 0;
  machine->stopped = false;
  machine->what[0] = '\0';
  machine->seq_cst = (struct model_view){0};
  memset(machine->seq_cst_causal, 0, sizeof machine->seq_cst_causal);
  machine->seq_cst_step = MODEL_NONE;
  for (unsigned i = 0; i <= machine->threads; i++) {
    struct model_thread *thread = &machine->thread[i];
    struct model_coroutine *coroutine = thread->coroutine;
    *thread =
        (struct model_thread){.coroutine = coroutine, .forced = MODEL_NONE};
  }
}

void model_machine_merge(void) {
  struct model_machine *machine = &model_machine;
  struct model_thread *last = &machine->thread[machine->threads];
  for (unsigned i = 0; i < machine->threads; i++)
    model_view_join(&last->current, &machine->thread[i].current,
                    machine->location_count);
}

/* Ends the execution; only the scheduler gets to return from it. */
static void stop(void) {
  struct model_machine *machine = &model_machine;
  machine->stopped = true;
  if (machine->running <= machine->threads)
    model_coroutine_leave(machine->thread[machine->running].coroutine);
}

void model_violate(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(model_machine.what, sizeof model_machine.what, format, arguments);
  va_end(arguments);
  model_machine.culprit = model_machine.running;
  stop();
}

void model_fail(int error) {
  model_machine.error = error;
  stop();
}

void model_name(uintptr_t address, char *text, size_t size) {
  const struct model_program *program = model_machine.program;
  text[0] = '\0';
  if (program->name)
    program->name(program->context, address, text, size);
}

unsigned model_self(void) {
  return model_machine.running;
}

struct model_step *model_step_new(const struct model_event *event) {
  struct model_machine *machine = &model_machine;
  struct model_thread *thread = &machine->thread[machine->running];
  if (machine->step_count == machine->step_limit)
    model_violate("no end after %u events: does it wait without awaiting?",
                  machine->step_limit);
  struct model_step *step = &machine->step[machine->step_count++];
  step->event = *event;
  step->thread = (uint8_t)machine->running;
  step->read = step->written = MODEL_NONE;
  step->node = step->reader_before = MODEL_NONE;
  step->number = thread->number;
  step->before = step->after = 0;
  step->success = false;
  memcpy(step->earlier, thread->causal, sizeof step->earlier);
  memcpy(step->causal, thread->causal, sizeof step->causal);
  thread->current.clock[machine->running]++;
  return step;
}

void model_note(const char *text) {
  struct model_event event = {.kind = MODEL_NOTE, .text = text};
  model_step_new(&event);
}

void model_forbid_waiting(bool forbidden) {
  model_machine.thread[model_machine.running].hurried = forbidden;
}

void model_claim(bool holds, const char *what) {
  if (!holds)
    model_violate("%s", what);
}

const char *model_verdict_name(enum model_verdict verdict) {
  static const char *const names[] = {
      [MODEL_VERIFIED] = "verified",
      [MODEL_BOUNDED] = "bounded",
      [MODEL_VIOLATED] = "violated",
  };
  return names[verdict];
}
