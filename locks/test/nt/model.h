/* A small model of the checked API, to hold it against: what a call reports,
 * returns and does to the level, by nt-api.md 4.3 and locks/nt/kspin.h. It
 * shares no code with the checks; two threads, a few locks and handles. */
#ifndef LOCKS_TEST_NT_MODEL_H
#define LOCKS_TEST_NT_MODEL_H

#include <stdbool.h>

enum {
  MODEL_THREADS = 2,
  MODEL_WORDS = 4,   /* KSPIN_LOCKs, numbered from 0 */
  MODEL_READERS = 2, /* EX_SPIN_LOCKs, numbered after them */
  MODEL_LOCKS = MODEL_WORDS + MODEL_READERS,
  MODEL_HANDLES = 3,
  MODEL_RAISES = 64,
};

enum model_kind { MODEL_UNUSED, MODEL_ORDINARY, MODEL_STACK, MODEL_READER };
enum model_form { MODEL_TRY, MODEL_RAISE, MODEL_DPC, MODEL_FOR_DPC };

struct model_hold {
  int lock, handle; /* -1: none */
  enum model_form form;
  bool shared;
  int saved, level;
};

struct model_thread {
  int irql, holds, raises;
  struct model_hold hold[MODEL_LOCKS];
  int raise[MODEL_RAISES];
};

/* What a call does. */
struct model_answer {
  unsigned rows[4]; /* reported, of nt-api.md 4.3 */
  unsigned count;
  bool refused;
};

struct model {
  struct model_thread thread[MODEL_THREADS];
  struct {
    enum model_kind kind;
    bool known, isr, interlocked;
  } lock[MODEL_LOCKS];
  bool order[MODEL_LOCKS][MODEL_LOCKS];
  int old_irql[MODEL_HANDLES]; /* what is in the handle */
};

void model_init(struct model *m);
/* @return whether another thread makes an acquire in this mode wait */
bool model_would_wait(const struct model *m, int t, int lock, bool shared);
struct model_answer model_initialise(struct model *m, int lock);
struct model_answer model_free(struct model *m, int lock);
struct model_answer model_acquire(struct model *m, int t, int lock,
                                  enum model_kind kind, enum model_form form,
                                  bool shared, int handle, bool *got);
struct model_answer model_release(struct model *m, int t, int lock,
                                  enum model_kind kind, enum model_form form,
                                  bool shared, int handle, int level);
struct model_answer model_copy(struct model *m, int t, int handle);
struct model_answer model_convert(struct model *m, int t, int lock, bool *got);
struct model_answer model_interlocked(struct model *m, int t, int lock);
struct model_answer model_raise(struct model *m, int t, int level, bool to_dpc);
struct model_answer model_lower(struct model *m, int t, int level);

/* Inside the model. */
void model_say(struct model_answer *a, unsigned row);
void model_push(struct model_thread *t, int level);
struct model_hold *model_hold_of(struct model *m, int t, int lock);
const struct model_hold *model_anybody(const struct model *m, int lock);
struct model_hold *model_holder_of_handle(struct model *m, int handle,
                                          int *who);

#endif
