/* The model of locks/test/nt/model.h. */
#include "locks/test/nt/model.h"

#include <string.h>

enum { DISPATCH = 2, HIGH = 15 };

void model_init(struct model *m) {
  memset(m, 0, sizeof *m);
}

void model_say(struct model_answer *a, unsigned row) {
  if (a->count == 0)
    a->rows[a->count++] = row;
}

struct model_hold *model_hold_of(struct model *m, int t, int lock) {
  for (int i = 0; i < m->thread[t].holds; i++)
    if (m->thread[t].hold[i].lock == lock)
      return &m->thread[t].hold[i];
  return NULL;
}

const struct model_hold *model_anybody(const struct model *m, int lock) {
  for (int t = 0; t < MODEL_THREADS; t++)
    for (int i = 0; i < m->thread[t].holds; i++)
      if (m->thread[t].hold[i].lock == lock)
        return &m->thread[t].hold[i];
  return NULL;
}

struct model_hold *model_holder_of_handle(struct model *m, int handle,
                                          int *who) {
  for (int t = 0; t < MODEL_THREADS; t++)
    for (int i = 0; i < m->thread[t].holds; i++)
      if (m->thread[t].hold[i].handle == handle) {
        *who = t;
        return &m->thread[t].hold[i];
      }
  return NULL;
}

bool model_would_wait(const struct model *m, int t, int lock, bool shared) {
  const struct model_thread *other = &m->thread[!t];
  for (int i = 0; i < other->holds; i++)
    if (other->hold[i].lock == lock)
      return !(shared && other->hold[i].shared);
  return false;
}

void model_push(struct model_thread *t, int level) {
  if (t->raises == MODEL_RAISES)
    memmove(t->raise, t->raise + 1, (size_t)--t->raises * sizeof *t->raise);
  t->raise[t->raises++] = level;
}

struct model_answer model_initialise(struct model *m, int lock) {
  struct model_answer a = {.count = 0};
  if (m->lock[lock].known)
    model_say(&a, 19);
  a.refused = model_anybody(m, lock) != NULL;
  if (a.refused)
    return a;
  m->lock[lock].known = true;
  m->lock[lock].kind = MODEL_UNUSED;
  m->lock[lock].isr = m->lock[lock].interlocked = false;
  return a;
}

struct model_answer model_free(struct model *m, int lock) {
  struct model_answer a = {.count = 0};
  if (!m->lock[lock].known)
    return a;
  m->lock[lock].known = false;
  m->lock[lock].isr = m->lock[lock].interlocked = false;
  m->lock[lock].kind = MODEL_UNUSED;
  for (int i = 0; i < MODEL_LOCKS; i++)
    m->order[lock][i] = m->order[i][lock] = false;
  return a;
}

static bool leads_to(const struct model *m, int from, int to, unsigned seen) {
  if (from == to)
    return true;
  for (int i = 0; i < MODEL_LOCKS; i++)
    if (m->order[from][i] && !(seen >> i & 1) &&
        leads_to(m, i, to, seen | 1u << i))
      return true;
  return false;
}

static void acquire_level(const struct model_thread *self, enum model_kind kind,
                          enum model_form form, struct model_answer *a) {
  bool keeps = form == MODEL_DPC || form == MODEL_TRY;
  (void)kind;
  if (keeps && self->irql < DISPATCH)
    model_say(a, 5);
  if (!keeps && self->irql > DISPATCH)
    model_say(a, 4);
  if (form == MODEL_FOR_DPC)
    model_say(a, 36);
}

static unsigned recursion_row(enum model_kind kind, enum model_form form) {
  if (kind == MODEL_READER)
    return 34;
  if (kind == MODEL_STACK)
    return 2;
  return form == MODEL_TRY ? 3 : 1;
}

/* Takes the locks held and this one as an order. @return whether it is new
 * and goes round */
static bool goes_round(struct model *m, int t, int lock) {
  bool round = false;
  for (int i = 0; i < m->thread[t].holds; i++) {
    int from = m->thread[t].hold[i].lock;
    if (m->order[from][lock])
      continue;
    round |= leads_to(m, lock, from, 1u << lock);
    m->order[from][lock] = true;
  }
  return round;
}

struct model_answer model_acquire(struct model *m, int t, int lock,
                                  enum model_kind kind, enum model_form form,
                                  bool shared, int handle, bool *got) {
  struct model_answer a = {.refused = true};
  struct model_thread *self = &m->thread[t];
  int who;
  *got = false;
  acquire_level(self, kind, form, &a);
  if (!m->lock[lock].known && kind != MODEL_READER)
    model_say(&a, 18);
  m->lock[lock].known = true;
  if ((m->lock[lock].kind != MODEL_UNUSED && m->lock[lock].kind != kind) ||
      (m->lock[lock].interlocked && kind == MODEL_STACK))
    return model_say(&a, 20), a;
  m->lock[lock].kind = kind;
  if (m->lock[lock].isr && kind == MODEL_ORDINARY)
    model_say(&a, 42);
  if (model_hold_of(m, t, lock) != NULL)
    return model_say(&a, recursion_row(kind, form)), a;
  if (kind == MODEL_STACK && model_holder_of_handle(m, handle, &who) != NULL)
    return model_say(&a, 21), a;
  if (form != MODEL_TRY && goes_round(m, t, lock))
    model_say(&a, 17);
  a.refused = false;
  if (form == MODEL_TRY && model_would_wait(m, t, lock, false))
    return a;
  int old = self->irql;
  if (form == MODEL_RAISE || (form == MODEL_FOR_DPC && old < DISPATCH))
    self->irql = DISPATCH;
  int level = self->irql;
  if (form == MODEL_DPC || form == MODEL_TRY)
    level = level > DISPATCH ? DISPATCH : level;
  self->hold[self->holds++] =
      (struct model_hold){lock, handle, form, shared, old, level};
  if (kind == MODEL_STACK && form != MODEL_DPC)
    m->old_irql[handle] = old;
  *got = true;
  return a;
}

struct model_answer model_convert(struct model *m, int t, int lock, bool *got) {
  struct model_answer a = {.count = 0};
  struct model_hold *h = model_hold_of(m, t, lock);
  *got = false;
  if (m->thread[t].irql < DISPATCH)
    model_say(&a, 5);
  a.refused = h == NULL || !h->shared;
  if (a.refused)
    return model_say(&a, 35), a;
  *got = !model_would_wait(m, t, lock, false);
  h->shared = !*got;
  return a;
}

struct model_answer model_interlocked(struct model *m, int t, int lock) {
  struct model_answer a = {.refused = true};
  if (!m->lock[lock].known)
    model_say(&a, 18);
  m->lock[lock].known = true;
  if (model_hold_of(m, t, lock) != NULL)
    return model_say(&a, 37), a;
  if (m->lock[lock].kind == MODEL_STACK)
    return model_say(&a, 20), a;
  m->lock[lock].interlocked = true;
  m->lock[lock].isr |= m->thread[t].irql > DISPATCH;
  if (m->lock[lock].isr && m->lock[lock].kind == MODEL_ORDINARY)
    model_say(&a, 42);
  a.refused = false;
  return a;
}

struct model_answer model_raise(struct model *m, int t, int level,
                                bool to_dpc) {
  struct model_answer a = {.count = 0};
  struct model_thread *self = &m->thread[t];
  if (level < self->irql || level > HIGH)
    model_say(&a, to_dpc ? 26 : 24);
  model_push(self, self->irql);
  self->irql = level;
  return a;
}

struct model_answer model_lower(struct model *m, int t, int level) {
  struct model_answer a = {.count = 0};
  struct model_thread *self = &m->thread[t];
  for (int i = 0; i < self->holds; i++)
    if (self->hold[i].level > level)
      model_say(&a, 23);
  bool closes = self->raises == 0 ? level == self->irql
                                  : self->raise[self->raises - 1] == level;
  if (level > self->irql || level > HIGH || !closes)
    model_say(&a, 25);
  for (int i = self->raises; i-- > 0;)
    if (self->raise[i] == level) {
      self->raises = i;
      break;
    }
  self->irql = level;
  return a;
}
