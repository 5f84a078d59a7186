/* A call of the fuzzer: to the model, and to the library. */
#ifndef LOCKS_TEST_NT_FUZZ_H
#define LOCKS_TEST_NT_FUZZ_H

#include <stdint.h>

#include "locks/test/nt/model.h"

enum fuzz_what {
  FUZZ_ACQUIRE, /* ordinary, by form */
  FUZZ_TRY,
  FUZZ_RELEASE,
  FUZZ_QUEUE, /* in-stack, by form */
  FUZZ_DEQUEUE,
  FUZZ_COPY,  /* release through a copy of the handle */
  FUZZ_ENTER, /* reader/writer, by form and mode */
  FUZZ_LEAVE,
  FUZZ_CONVERT,
  FUZZ_RAISE,
  FUZZ_TO_DPC,
  FUZZ_LOWER,
  FUZZ_INTERLOCKED,
  FUZZ_INIT,
  FUZZ_WHATS, /* those above are drawn */
  FUZZ_FREE
};

struct fuzz_call {
  enum fuzz_what what;
  int thread, lock, handle;
  enum model_form form;
  bool shared;
  int level;
};

/* What can be seen of a call. */
struct fuzz_seen {
  uint32_t rows[4], count;
  int32_t irql;
  int32_t got;  /* result of a try or conversion, else 0 */
  int32_t held; /* whether the lock is then, as KeTestSpinLock has it */
};

struct fuzz_seen fuzz_expect(struct model *m, const struct fuzz_call *call);
struct fuzz_seen fuzz_do(const struct fuzz_call *call);
void fuzz_print(const char *what, const struct fuzz_seen *seen);
void fuzz_start(void);
void fuzz_end(void);

#endif
