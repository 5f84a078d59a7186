/* Random calls, misuse among them, held against the model after each one.
 * usage: nt-fuzz SEQUENCES [SEED [ROW]]; without the check of ROW it has to
 * find a difference. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locks/nt/checked/seed.h"
#include "locks/test/nt/fuzz.h"

enum { CALLS = 24, TWO_THREADS_EVERY = 64 };

static uint64_t state;

static unsigned below(unsigned n) {
  state ^= state << 13; /* Marsaglia's xorshift64 */
  state ^= state >> 7;
  state ^= state << 17;
  return (unsigned)(state >> 33) % n;
}

static int any_level(void) {
  static const int levels[] = {0, 1, 2, 2, 7, 15, 16};
  return levels[below(sizeof levels / sizeof *levels)];
}

/* A level that is right more often than not. */
static int release_level(const struct model_thread *self, int lock) {
  for (int i = 0; i < self->holds && below(8) != 0; i++)
    if (self->hold[i].lock == lock)
      return self->hold[i].saved;
  return any_level() & 7;
}

static struct fuzz_call random_call(const struct model *m, int thread) {
  const struct model_thread *self = &m->thread[thread];
  struct fuzz_call call = {.what = (enum fuzz_what)below(FUZZ_WHATS),
                           .thread = thread,
                           .handle = (int)below(MODEL_HANDLES)};
  bool reader = call.what == FUZZ_CONVERT || call.what == FUZZ_ENTER ||
                call.what == FUZZ_LEAVE;
  call.lock = reader ? MODEL_WORDS + (int)below(MODEL_READERS)
                     : (int)below(MODEL_WORDS);
  call.form = (enum model_form)(1 + below(3));
  if (reader && call.form == MODEL_FOR_DPC)
    call.form = MODEL_DPC;
  call.shared = below(2) != 0;
  call.level = any_level();
  if (call.what == FUZZ_RELEASE || call.what == FUZZ_LEAVE)
    call.level = release_level(self, call.lock);
  if (call.what == FUZZ_LOWER && self->raises > 0 && below(4) != 0)
    call.level = self->raise[self->raises - 1];
  return call;
}

/* @return whether the call would wait for the other thread, or is one that the
 * model does not have */
static bool is_out(struct model *m, const struct fuzz_call *call) {
  bool shared = call->what == FUZZ_ENTER && call->shared;
  if (call->what == FUZZ_FREE)
    return model_anybody(m, call->lock) != NULL;
  return (call->what == FUZZ_ACQUIRE || call->what == FUZZ_QUEUE ||
          call->what == FUZZ_ENTER || call->what == FUZZ_INTERLOCKED) &&
         model_would_wait(m, call->thread, call->lock, shared);
}

static int check(struct model *m, const struct fuzz_call *call,
                 unsigned number) {
  struct fuzz_seen expected = fuzz_expect(m, call), seen = fuzz_do(call);
  if (memcmp(&expected, &seen, sizeof seen) == 0)
    return 0;
  printf("sequence %u: call %d, thread %d, lock %d, handle %d, form %d, "
         "shared %d, level %d\n",
         number, (int)call->what, call->thread, call->lock, call->handle,
         (int)call->form, call->shared, call->level);
  fuzz_print("expected", &expected);
  fuzz_print("seen", &seen);
  return 1;
}

/* Releases everything by the right routine, at the right level; the model is
 * held to that too. */
static int clean(struct model *m, int thread, unsigned number) {
  struct model_thread *self = &m->thread[thread];
  int wrong = 0;
  while (wrong == 0 && (self->holds > 0 || self->irql != 0)) {
    struct fuzz_call call = {.what = FUZZ_LOWER, .thread = thread};
    const struct model_hold *h =
        &self->hold[self->holds > 0 ? self->holds - 1 : 0];
    if (self->holds > 0 && self->irql != h->level) {
      call.what = self->irql < h->level ? FUZZ_RAISE : FUZZ_LOWER;
      call.level = h->level;
    } else if (self->holds > 0) {
      call =
          (struct fuzz_call){.thread = thread,
                             .lock = h->lock,
                             .handle = h->handle,
                             .form = h->form == MODEL_TRY ? MODEL_DPC : h->form,
                             .shared = h->shared,
                             .level = h->saved,
                             .what = h->lock >= MODEL_WORDS ? FUZZ_LEAVE
                                     : h->handle >= 0       ? FUZZ_DEQUEUE
                                                            : FUZZ_RELEASE};
    }
    wrong = check(m, &call, number);
  }
  return wrong;
}

static int sequence(struct model *m, unsigned number) {
  int threads = below(TWO_THREADS_EVERY) == 0 ? 2 : 1, wrong = 0;
  for (int lock = 0; lock < MODEL_WORDS && wrong == 0; lock++)
    if (below(8) != 0)
      wrong = check(m, &(struct fuzz_call){.what = FUZZ_INIT, .lock = lock},
                    number);
  for (int i = 0; i < CALLS && wrong == 0; i++) {
    struct fuzz_call call = random_call(m, (int)below((unsigned)threads));
    if (!is_out(m, &call))
      wrong = check(m, &call, number);
  }
  for (int thread = 0; thread < threads && wrong == 0; thread++)
    wrong = clean(m, thread, number);
  for (int lock = 0; lock < MODEL_LOCKS && wrong == 0; lock++)
    wrong =
        check(m, &(struct fuzz_call){.what = FUZZ_FREE, .lock = lock}, number);
  return wrong;
}

int main(int argc, char **argv) {
  unsigned long sequences = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
  uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  unsigned row = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 63;
  struct model model;
  check_disable_rows((uint64_t)1 << row);
  state = seed * 0x9E3779B97F4A7C15u + 1;
  model_init(&model);
  fuzz_start();
  int wrong = 0;
  for (unsigned i = 0; i < sequences && wrong == 0; i++)
    wrong = sequence(&model, i);
  fuzz_end();
  if (wrong != 0)
    printf("seed %llu\n", (unsigned long long)seed);
  return wrong;
}
