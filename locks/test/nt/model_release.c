/* The model's releases: the half with most rules. */
#include <string.h>

#include "locks/test/nt/model.h"

enum { DISPATCH = 2 };

static bool restores(enum model_form form) {
  return form == MODEL_RAISE || form == MODEL_FOR_DPC;
}

static void release_pair(const struct model_thread *self,
                         const struct model_hold *h, enum model_kind kind,
                         enum model_form form, int level,
                         struct model_answer *a) {
  if (h->form != form && h->form != MODEL_TRY) {
    if (kind == MODEL_STACK)
      model_say(a, 13);
    else if (restores(h->form) && !restores(form))
      model_say(a, 11);
    else if (!restores(h->form) && restores(form))
      model_say(a, 12);
  }
  if (!restores(form))
    return;
  bool right = level == h->saved;
  if (h->form == MODEL_TRY)
    right = level == DISPATCH || level == self->irql ||
            (self->raises > 0 && self->raise[self->raises - 1] == level);
  if (!right)
    model_say(a, level > self->irql ? 10 : 9);
}

static void release_order(const struct model_thread *self,
                          const struct model_hold *h, enum model_form form,
                          int level, struct model_answer *a) {
  bool clean = a->count == 0;
  const struct model_hold *end = &self->hold[self->holds];
  if (!restores(form) || !restores(h->form))
    return;
  for (const struct model_hold *later = h + 1; later < end; later++)
    if (restores(later->form))
      model_say(a, 16);
  for (const struct model_hold *other = self->hold; clean && other < end;
       other++)
    if (other != h && other->level > level) {
      a->rows[a->count++] = 23;
      return;
    }
}

/* Nothing to release. */
static void release_nothing(struct model *m, int t, int lock, int handle,
                            enum model_kind kind, struct model_answer *a) {
  const struct model_hold *h = NULL;
  int who = t;
  if (kind == MODEL_STACK)
    h = model_holder_of_handle(m, handle, &who);
  else if ((h = model_anybody(m, lock)) != NULL && h->shared)
    h = NULL;
  model_say(a, h != NULL ? 15 : 14);
  a->refused = true;
}

static void release_level(const struct model_thread *self,
                          const struct model_hold *h, enum model_form form,
                          struct model_answer *a) {
  if (form == MODEL_DPC) {
    if (self->irql < DISPATCH)
      model_say(a, 6);
  } else if (self->irql != (h != NULL ? h->level : DISPATCH)) {
    model_say(a, 8);
  }
}

struct model_answer model_release(struct model *m, int t, int lock,
                                  enum model_kind kind, enum model_form form,
                                  bool shared, int handle, int level) {
  struct model_answer a = {.count = 0};
  struct model_thread *self = &m->thread[t];
  struct model_hold *h = NULL;
  int who = -1;
  if (kind == MODEL_STACK) {
    h = model_holder_of_handle(m, handle, &who);
    h = who == t ? h : NULL;
    level = m->old_irql[handle];
  } else {
    h = model_hold_of(m, t, lock);
  }
  release_level(self, h, form, &a);
  if (h == NULL)
    return release_nothing(m, t, lock, handle, kind, &a), a;
  a.refused = m->lock[h->lock].kind != kind || h->shared != shared;
  if (a.refused)
    return model_say(&a, h->shared != shared ? 34 : 20), a;
  release_pair(self, h, kind, form, level, &a);
  release_order(self, h, form, level, &a);
  if (restores(h->form) && !restores(form))
    model_push(self, h->saved);
  if (h->form == MODEL_TRY && restores(form) && level < self->irql &&
      self->raises > 0 && self->raise[self->raises - 1] == level)
    self->raises--;
  memmove(h, h + 1, (size_t)(&self->hold[--self->holds] - h) * sizeof *h);
  if (form == MODEL_RAISE || (form == MODEL_FOR_DPC && level < DISPATCH))
    self->irql = level;
  return a;
}

struct model_answer model_copy(struct model *m, int t, int handle) {
  struct model_answer a = {.refused = true};
  struct model_thread *self = &m->thread[t];
  int who = -1;
  bool mine = model_holder_of_handle(m, handle, &who) != NULL && who == t;
  release_level(self, NULL, MODEL_RAISE, &a);
  model_say(&a, mine ? 22 : 14);
  return a;
}
