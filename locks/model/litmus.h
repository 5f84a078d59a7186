/* Small programs whose outcomes C11 prescribes: does the machine show all of
 * them, and no other? */
#ifndef LOCKS_MODEL_LITMUS_H
#define LOCKS_MODEL_LITMUS_H

#include <stddef.h>
#include <stdint.h>

#include "locks/model/model.h"

enum { MODEL_OUTCOMES = 64 };

struct model_litmus_memory {
  _Atomic uint32_t x, y, z;
  unsigned reg[4];
};

/* An outcome is the registers as decimal digits: r0 = 1, r1 = 0 is 10. */
struct model_litmus {
  const char *name;
  unsigned threads;
  unsigned registers; /* 0: the outcome is x and y at the end */
  void (*thread)(struct model_litmus_memory *memory, unsigned number);
  const char *allowed; /* by C11, separated by spaces */
  const char *hidden;  /* of these, the ones that the machine does not show;
                          null: none */
};

/* What was seen of a litmus test. */
struct model_litmus_seen {
  int outcome[MODEL_OUTCOMES];
  unsigned count;
};

extern const struct model_litmus model_litmus[];
extern const size_t model_litmus_count;

/* @param seen  out: every outcome once, sorted
 * @return as model_explore() */
int model_litmus_run(const struct model_litmus *litmus,
                     const struct model_search *search,
                     struct model_result *out, struct model_litmus_seen *seen);

/* @return whether exactly those outcomes were seen that should be */
bool model_litmus_agrees(const struct model_litmus *litmus,
                         const struct model_litmus_seen *seen);

#endif
