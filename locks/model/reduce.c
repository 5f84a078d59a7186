/* Which schedules are left out because they show nothing new, and which must
 * not be.
 *
 * Two events of different threads are ordered by what they read alone: a read
 * depends on the store that it reads, two updates of one message exclude each
 * other, and seq_cst events are ordered as executed. So after an execution
 * only these were chances: a store that an earlier read could have read, had
 * it come later; an update that another update stood in the way of. For each
 * the earlier event's decision gets a thread to try first instead (a source
 * set: Abdulla, Aronis, Jonsson, Sagonas, POPL 2014). What that thread then
 * sees again is asleep. */
#include "locks/model/explore.h"

/* A pair of events that is to happen the other way round, and the first turn
 * of each thread after `early`'s decision, of those turns that do not depend
 * on `early`. */
struct model_reversal {
  const struct model_step *early, *late;
  const uint16_t *causal; /* what `late` depends on, going first */
  const struct model_step *first[MODEL_CLOCKS];
};

static bool depends(const uint16_t *causal, const struct model_step *on) {
  return causal[on->thread] >= on->number;
}

static const uint16_t *causal_of(const struct model_reversal *reversal,
                                 const struct model_step *step) {
  return step == reversal->late ? reversal->causal : step->causal;
}

static void find_firsts(struct model_reversal *reversal) {
  const struct model_step *early = reversal->early;
  for (const struct model_step *step = early + 1; step <= reversal->late;
       step++)
    if (step->node != MODEL_NONE && step->thread != early->thread &&
        !reversal->first[step->thread] &&
        !depends(causal_of(reversal, step), early))
      reversal->first[step->thread] = step;
}

/* Could the thread's first turn have been the first of all? */
static bool initial(const struct model_reversal *reversal, unsigned thread) {
  const struct model_step *step = reversal->first[thread];
  if (!step)
    return false;
  for (unsigned i = 0; i < model_machine.threads; i++)
    if (i != thread && reversal->first[i] &&
        depends(causal_of(reversal, step), reversal->first[i]))
      return false;
  return true;
}

/* The decision of `early` is to be taken so that `late` comes first. */
static void reverse(const struct model_step *early,
                    const struct model_step *late, const uint16_t *causal) {
  struct model_explorer *explorer = &model_explorer;
  struct model_node *node = &explorer->node[early->node];
  struct model_reversal reversal = {
      .early = early, .late = late, .causal = causal};
  unsigned initials = 0;
  if (explorer->search.reduction != MODEL_REDUCE_RACES)
    return;
  find_firsts(&reversal);
  for (unsigned i = 0; i < model_machine.threads; i++) {
    if (!initial(&reversal, i))
      continue;
    initials |= 1U << i;
    const struct model_step *step = reversal.first[i];
    if (step != late && step->read < node->asleep[i])
      return; /* seen already, with that event earlier still */
  }
  if (initials && !(initials & node->backtrack))
    node->backtrack |= (uint8_t)(initials & -initials);
}

/* A read could have read this store, had it come later. A wait could also
 * have missed what it read. */
static bool could_read(const struct model_step *reader,
                       const struct model_message *message) {
  const struct model_machine *machine = &model_machine;
  const struct model_event *event = &reader->event;
  if (message->time <= reader->bound)
    return false;
  if (!model_waits(event) ||
      message->time > machine->message[reader->read].time)
    return true;
  return event->kind == MODEL_PAUSE ||
         (event->kind == MODEL_AWAIT_RMW ? message->value == event->expected
                                         : (message->value == event->operand) ==
                                               (event->detail == MODEL_EQUAL));
}

void model_written(const struct model_step *step) {
  const struct model_machine *machine = &model_machine;
  if (machine->solo)
    return;
  const struct model_message *message = &machine->message[step->written];
  uint16_t at = machine->location[message->location].readers;
  for (; at != MODEL_NONE; at = machine->step[at].reader_before) {
    const struct model_step *reader = &machine->step[at];
    if (reader->thread == step->thread || reader->node == MODEL_NONE ||
        depends(step->causal, reader))
      continue;
    if (could_read(reader, message))
      reverse(reader, step, step->causal);
  }
}

/* An update that came first has taken a message that this one could have
 * read. */
void model_updated(const struct model_step *step) {
  const struct model_machine *machine = &model_machine;
  if (machine->solo)
    return;
  uint16_t at = machine->location[step->event.location].readers;
  for (; at != MODEL_NONE; at = machine->step[at].reader_before) {
    const struct model_step *other = &machine->step[at];
    if (other->thread == step->thread || other->node == MODEL_NONE ||
        other->written == MODEL_NONE || depends(step->earlier, other))
      continue;
    const struct model_message *message = &machine->message[other->read];
    if (message->time >= step->bound &&
        model_updates(&step->event, message->value))
      reverse(other, step, step->earlier);
  }
}

void model_ordered(const struct model_step *step) {
  const struct model_machine *machine = &model_machine;
  if (machine->solo || machine->seq_cst_step == MODEL_NONE)
    return;
  const struct model_step *other = &machine->step[machine->seq_cst_step];
  if (other->thread != step->thread && other->node != MODEL_NONE &&
      !depends(step->earlier, other))
    reverse(other, step, step->earlier);
}
