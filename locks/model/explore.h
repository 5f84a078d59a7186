/* The search: which thread goes next and what its event reads, as a stack of
 * decisions that is repeated up to its top and then taken otherwise there. */
#ifndef LOCKS_MODEL_EXPLORE_H
#define LOCKS_MODEL_EXPLORE_H

#include "locks/model/machine.h"

enum { MODEL_NODES = 2048 };

/* One decision. Either a thread's turn: then `alternative` are the messages
 * that its event may read, and other threads of `backtrack` follow when they
 * are all done. Or a choice inside a turn (the place of a store). */
struct model_node {
  bool turn;
  bool fresh;                    /* alternatives are still to be found */
  uint8_t thread;                /* whose turn it is */
  uint8_t backtrack, done;       /* threads, as bits */
  uint8_t count, next;           /* of the alternatives */
  uint8_t preemptions;           /* before this turn */
  uint16_t messages;             /* that existed here */
  const struct model_site *site; /* of the thread's pending event */
  /* Messages below this number need not be read by the thread's pending
   * event: executions that do so have been seen, with that event earlier. */
  uint16_t asleep[MODEL_CLOCKS];
  uint16_t alternative[MODEL_ALTERNATIVES];
};

struct model_explorer {
  struct model_search search;
  struct model_node node[MODEL_NODES];
  unsigned count, depth; /* on the stack; repeated so far */
  uint16_t asleep[MODEL_CLOCKS];
  unsigned last;        /* thread that had the last turn */
  unsigned preemptions; /* so far */
  uint64_t random;      /* state of the generator */
};

extern struct model_explorer model_explorer;

/* turn.c: one execution. @return false when it was given up half-way */
bool model_execute(void);

/* decide.c: says who has the next turn, and tells that thread what to read.
 * @return false when this execution need not go on, or cannot */
bool model_decide(unsigned *thread);

#endif
