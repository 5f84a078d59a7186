/* What lock code calls when it is compiled for the checker: the only door
 * between the shim headers of `locks/model/shim/` and the machine.
 *
 * Every atomic access of the lock's source text arrives here as one call that
 * names its place in the text. The orders are those of <stdatomic.h>, as
 * numbers, so that the machine never needs that header. */
#ifndef LOCKS_MODEL_HOOK_H
#define LOCKS_MODEL_HOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum model_order {
  MODEL_RELAXED,
  MODEL_CONSUME, /* taken as acquire, as compilers do */
  MODEL_ACQUIRE,
  MODEL_RELEASE,
  MODEL_ACQ_REL,
  MODEL_SEQ_CST,
};

/* What a read-modify-write makes of the old value. */
enum model_change {
  MODEL_EXCHANGE,
  MODEL_ADD,
  MODEL_SUB,
  MODEL_OR,
  MODEL_AND,
  MODEL_XOR,
};

/* What an await waits for, of the value it reads. */
enum model_condition {
  MODEL_EQUAL,
  MODEL_NOT_EQUAL,
};

/* Which of a site's orders: the only one, or the order of a failed
 * compare-exchange. */
enum model_role { MODEL_SUCCESS, MODEL_FAILURE, MODEL_ROLES };

/* One access in the source text. Static, one an expansion of a shim macro;
 * known to the machine from its first execution on. */
struct model_site {
  const char *file;
  const char *function;
  const char *operation; /* "load", "exchange", ... */
  const char *text;      /* the operand as written */
  int line;
  bool known;                 /* linked into the list of sites */
  bool replaced[MODEL_ROLES]; /* `instead` holds an order */
  enum model_order instead[MODEL_ROLES];
  enum model_order asked[MODEL_ROLES]; /* as the source says */
  unsigned seen;                       /* the run that last executed it */
  unsigned roles;                      /* bit a role: was asked for */
  struct model_site *next;             /* in the list of all known sites */
};

uint64_t model_load(const volatile void *at, size_t size,
                    enum model_order order, struct model_site *site);
void model_store(volatile void *at, size_t size, uint64_t value,
                 enum model_order order, struct model_site *site);
uint64_t model_rmw(volatile void *at, size_t size, enum model_change change,
                   uint64_t operand, enum model_order order,
                   struct model_site *site);
/* A weak one may fail for no reason: once a thread in an execution, or there
 * would be no end of it. */
bool model_cas(volatile void *at, size_t size, uint64_t *expected,
               uint64_t desired, bool weak, enum model_order success,
               enum model_order failure, struct model_site *site);
void model_fence(enum model_order order, struct model_site *site);

/* Waits until the value satisfies the condition: one event, enabled only
 * while a message that satisfies it can be read. @return that value */
uint64_t model_await(const volatile void *at, size_t size,
                     enum model_condition condition, uint64_t operand,
                     enum model_order order, struct model_site *site);

/* Exchanges until the value read is `from`: one event, enabled only while a
 * message with that value can be read. For locations that hold nothing but
 * `from` and `to`, where the exchanges in vain change nothing. */
void model_await_exchange(volatile void *at, size_t size, uint64_t from,
                          uint64_t to, enum model_order order,
                          struct model_site *site);

/* One turn of a hand-written waiting loop: blocks until a value read since
 * the last turn has changed. With nothing read since, it is no event. */
void model_pause(struct model_site *site);

/* A plain access to shared memory, checked for races. The access itself is
 * done by the caller, a write after this call. */
void model_plain(const volatile void *at, size_t size, bool write,
                 struct model_site *site);

/* A sentence of the client in the trace ("enters", "acquire"). */
void model_note(const char *text);

/* The number of the running thread: 0 .. threads - 1, and `threads` for the
 * one that prepares and finishes. */
unsigned model_self(void);

#define MODEL_SITE(operation_, text_)                                          \
  __extension__({                                                              \
    static struct model_site model_here = {.file = __FILE__,                   \
                                           .function = __func__,               \
                                           .operation = (operation_),          \
                                           .text = (text_),                    \
                                           .line = __LINE__};                  \
    &model_here;                                                               \
  })

#endif
