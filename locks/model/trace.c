/* An execution as a table to read: one line an event, in an order in which it
 * can happen; who, where in the source, what, and which store a read saw. */
#include "locks/model/machine.h"

#include "locks/model/site.h"
#include <inttypes.h>
#include <stdio.h>

/* The step's number in the table. */
static unsigned number_of(uint16_t step) {
  return step + 1U;
}

static void print_value(FILE *out, uint64_t value) {
  char name[48];
  model_name(value, name, sizeof name);
  if (name[0])
    fprintf(out, "&%s", name);
  else
    fprintf(out, value < 4096 ? "%" PRIu64 : "0x%" PRIx64, value);
}

static void print_place(FILE *out, const struct model_event *event) {
  char name[48];
  model_name(model_machine.location[event->location].address, name,
             sizeof name);
  if (event->site->text[0])
    fprintf(out, " %s", event->site->text);
  if (name[0])
    fprintf(out, " [%s]", name);
}

/* The newest message of the location at the time of the step. */
static uint16_t newest_then(const struct model_step *step) {
  const struct model_machine *machine = &model_machine;
  uint16_t now = (uint16_t)(step - machine->step);
  uint16_t at = machine->location[machine->message[step->read].location].newest;
  while (machine->message[at].step != MODEL_NONE &&
         machine->message[at].step >= now)
    at = machine->message[at].older;
  return at;
}

static void print_source(FILE *out, const struct model_step *step) {
  const struct model_machine *machine = &model_machine;
  const struct model_message *message = &machine->message[step->read];
  uint16_t newest = newest_then(step);
  if (message->step == MODEL_NONE)
    fprintf(out, ", as it was at first");
  else
    fprintf(out, ", from #%u", number_of(message->step));
  if (newest != step->read && machine->message[newest].step != MODEL_NONE)
    fprintf(out, " (stale: #%u is newer)",
            number_of(machine->message[newest].step));
}

/* Says so when the store went before one that was there already. */
static void print_insertion(FILE *out, const struct model_step *step) {
  const struct model_machine *machine = &model_machine;
  uint16_t newer = machine->message[step->written].newer;
  if (newer == MODEL_NONE)
    return;
  uint16_t by = machine->message[newer].step;
  if (by != MODEL_NONE && by < step - machine->step)
    fprintf(out, ", before #%u in modification order", number_of(by));
}

static void print_access(FILE *out, const struct model_step *step) {
  const struct model_event *event = &step->event;
  bool failed = event->kind == MODEL_CAS && !step->success;
  enum model_role role = failed ? MODEL_FAILURE : MODEL_SUCCESS;
  enum model_order order = failed ? event->failure : event->order;
  fprintf(out, "%s %s", event->site->operation, model_order_name(order));
  if (order != event->site->asked[role])
    fprintf(out, " (for %s)", model_order_name(event->site->asked[role]));
  if (event->kind == MODEL_FENCE)
    return;
  print_place(out, event);
  if (step->read != MODEL_NONE) {
    fprintf(out, ": ");
    print_value(out, step->before);
  }
  if (step->written != MODEL_NONE) {
    fprintf(out, step->read == MODEL_NONE ? " = " : " -> ");
    print_value(out, step->after);
  }
  if (failed)
    fprintf(out, " (fails)");
  if (step->read != MODEL_NONE)
    print_source(out, step);
  if (step->written != MODEL_NONE)
    print_insertion(out, step);
}

static void print_event(FILE *out, const struct model_step *step) {
  switch (step->event.kind) {
  case MODEL_NOTE:
    fprintf(out, "-- %s", step->event.text);
    break;
  case MODEL_BIRTH:
    fprintf(out, "-- its handle is born");
    break;
  case MODEL_DEATH:
    fprintf(out, "-- its handle dies");
    break;
  case MODEL_PLAIN_READ:
  case MODEL_PLAIN_WRITE:
    fprintf(out, "plain %s %s", step->event.site->operation,
            step->event.site->text);
    break;
  case MODEL_PAUSE:
    fprintf(out, "pause until what it read has changed");
    print_source(out, step);
    break;
  default:
    print_access(out, step);
  }
}

static void print_step(FILE *out, unsigned number) {
  const struct model_machine *machine = &model_machine;
  const struct model_step *step = &machine->step[number];
  const struct model_site *site = step->event.site;
  char where[64] = "";
  char who[8] = "end";
  if (site)
    snprintf(where, sizeof where, "%s:%d", model_file_name(site->file),
             site->line);
  if (step->thread < machine->threads)
    snprintf(who, sizeof who, "T%u", step->thread);
  fprintf(out, "%4u  %-3s  %-30s  ", number + 1, who, where);
  print_event(out, step);
  fputc('\n', out);
}

/* What each thread stopped at. */
static void print_pending(FILE *out, unsigned number) {
  const struct model_machine *machine = &model_machine;
  const struct model_thread *thread = &machine->thread[number];
  const struct model_event *event = &thread->pending;
  char where[64];
  if (thread->finished || !event->site)
    return;
  snprintf(where, sizeof where, "%s:%d", model_file_name(event->site->file),
           event->site->line);
  fprintf(out, "   .  T%-2u  %-30s  stopped before %s", number, where,
          event->site->operation);
  if (event->kind != MODEL_PAUSE && event->kind != MODEL_FENCE)
    print_place(out, event);
  fputc('\n', out);
}

char *model_trace(void) {
  const struct model_machine *machine = &model_machine;
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    return NULL;
  for (unsigned i = 0; i < machine->step_count; i++)
    print_step(out, i);
  for (unsigned i = 0; i < machine->threads; i++)
    if (i != machine->culprit)
      print_pending(out, i);
  fprintf(out, "      %s\n", machine->what);
  if (fclose(out) != 0)
    return NULL;
  return text;
}
