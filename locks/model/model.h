/* The checker: runs the source text of a lock under a C11 memory model,
 * through every schedule, every value that a load may return and every place
 * that a store may take in modification order.
 *
 * What a verdict says: exhaustive for this program under this model, which is
 * C11 in the operational (message passing) form: stale reads, release
 * sequences through read-modify-writes, stores that enter modification order
 * early, a total order of seq_cst. Not modelled: load buffering (a load that
 * returns a value stored later in its own thread's past), consume (taken as
 * acquire), mixed sizes (refused).
 *
 * One check at a time in a process: the lock's code calls in with no context,
 * so the machine is a global. */
#ifndef LOCKS_MODEL_MODEL_H
#define LOCKS_MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODEL_PROGRAM_THREADS = 5 };

/* What is run: `threads` coroutines between a preparation and an end that
 * sees all they did. All three may use atomics and the notes of hook.h. */
struct model_program {
  unsigned threads; /* 1 ... MODEL_PROGRAM_THREADS */
  void (*prepare)(void *context);
  void (*thread)(void *context, unsigned number);
  void (*finish)(void *context);
  void *context;
  /* Called each time a thread goes on: for what belongs to a thread. */
  void (*resume)(void *context, unsigned number);
  /* Puts a name for the address in `text`, or nothing; for the trace. */
  void (*name)(void *context, uintptr_t address, char *text, size_t size);
};

/* How much of the search is skipped because it shows nothing new. */
enum model_reduction {
  MODEL_REDUCE_RACES, /* sleep sets, and only reversals of races (default) */
  MODEL_REDUCE_SLEEP, /* sleep sets */
  MODEL_REDUCE_NONE,  /* every interleaving: for tests of the other two */
};

struct model_search {
  enum model_reduction reduction;
  int bound;       /* preemptions allowed in one execution; < 0: no bound */
  uint64_t random; /* this many random executions instead; 0: search */
  uint64_t seed;   /* of the random executions */
  uint64_t limit;  /* give up after so many executions; 0: never */
  unsigned steps;  /* longest execution that is no violation; 0: 1000 */
  /* Null, or told of every complete execution by a number: equal for two with
   * the same events that read from the same stores in the same modification
   * orders. For tests of the reductions. */
  void (*seen)(uint64_t fingerprint);
};

enum model_verdict {
  MODEL_VERIFIED, /* exhaustive, and no violation */
  MODEL_BOUNDED,  /* no violation in the part that was searched */
  MODEL_VIOLATED,
};

struct model_result {
  enum model_verdict verdict;
  uint64_t executions; /* complete ones, the violating one included */
  uint64_t cut;        /* given up half-way: they repeat others */
  unsigned longest;    /* events in the longest execution */
  char what[160];      /* the violation in one line, or "" */
  char *trace;         /* the violating execution, or null; free() it */
};

/* Searches the program's executions, up to the first violation.
 * @param search  null: exhaustive
 * @param out     result; `out->trace` is the caller's
 * @return 0; -EINVAL a program with no or too many threads; -ENOMEM;
 *         -EOVERFLOW an execution outgrew the machine's tables (too many
 *         locations or messages); -EBADMSG the program is not a function of
 *         what it reads (its executions cannot be repeated) */
int model_explore(const struct model_program *program,
                  const struct model_search *search, struct model_result *out);

const char *model_verdict_name(enum model_verdict verdict);

/* Called by a program: gives the running thread a piece of memory that other
 * threads may be told of, with no value in it; and takes it back. Between
 * the two every access by another thread must happen after the birth and
 * before the death, as the bytes are somebody else's outside of them. */
void model_birth(void *memory, size_t size);
void model_death(void *memory);

/* @return whether the newest value of every atomic object there is 0 */
bool model_is_zero(const void *memory, size_t size);

/* Called by a program: while forbidden, an await or a pause of the running
 * thread is a violation. */
void model_forbid_waiting(bool forbidden);

/* Called by a program: a condition it states; with `holds` false the
 * execution ends there as a violation. */
void model_claim(bool holds, const char *what);

#endif
