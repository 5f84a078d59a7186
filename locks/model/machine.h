/* One execution as the machine holds it: threads with their views, locations
 * with their messages, and the events so far.
 *
 * A message is a store's value in its location's modification order, with
 * the view that an acquire load takes over from it. Threads stop before every
 * event that reads (the search decides what it reads) and run through every
 * other one: a store, wherever in modification order it goes, takes nothing
 * away from what others may still read. */
#ifndef LOCKS_MODEL_MACHINE_H
#define LOCKS_MODEL_MACHINE_H

#include "locks/model/coroutine.h"
#include "locks/model/hook.h"
#include "locks/model/model.h"
#include "locks/model/view.h"

enum {
  MODEL_MESSAGES = 2048,
  MODEL_STEPS = 4096,
  MODEL_CELLS = 128,
  MODEL_REGIONS = 16,
  MODEL_ITERATION = 8,     /* locations read in one turn of a raw loop */
  MODEL_ALTERNATIVES = 64, /* messages that one event may choose from */
  MODEL_NONE = 0xffff,     /* no message, no step, no node */
};

enum model_kind {
  MODEL_LOAD,
  MODEL_RMW,
  MODEL_CAS,
  MODEL_AWAIT,
  MODEL_AWAIT_RMW, /* an exchange, again and again until it reads `expected` */
  MODEL_PAUSE,
  MODEL_STORE,
  MODEL_FENCE,
  MODEL_PLAIN_READ,
  MODEL_PLAIN_WRITE,
  MODEL_BIRTH,
  MODEL_DEATH,
  MODEL_NOTE,
};

struct model_event {
  enum model_kind kind;
  enum model_order order, failure;
  unsigned detail; /* the enum model_change or model_condition */
  unsigned location;
  bool weak; /* may fail though it reads `expected` */
  uint64_t operand, expected;
  const struct model_site *site; /* null for the client's own events */
  const char *text;              /* of a note */
};

struct model_message {
  struct model_view view;
  uint64_t value;
  uint32_t time;
  uint16_t causal[MODEL_CLOCKS];
  uint16_t older, newer; /* its neighbours in modification order */
  uint16_t step;         /* that wrote it; MODEL_NONE: initial */
  uint8_t location, thread;
  bool consumed;      /* `newer` is the read-modify-write that read it */
  bool indeterminate; /* what a piece of memory holds at its birth */
};

struct model_location {
  uintptr_t address;
  size_t size;
  uint16_t oldest, newest; /* messages */
  uint16_t readers;        /* last step that read it, see `reader_before` */
  uint16_t region;
};

/* An executed event. `number` counts a thread's events that read; what a
 * thread does between two of them carries the number of the first. */
struct model_step {
  struct model_event event;
  uint64_t before, after; /* value read, value written */
  uint32_t bound;         /* time of the oldest message it could read */
  uint16_t read, written; /* messages */
  uint16_t node;          /* of the search; MODEL_NONE: not its to decide */
  uint16_t number;
  uint16_t reader_before;         /* in the location's chain of readers */
  uint16_t causal[MODEL_CLOCKS];  /* after the event */
  uint16_t earlier[MODEL_CLOCKS]; /* before it */
  uint8_t thread;
  bool success; /* of a compare-exchange */
};

struct model_thread {
  struct model_coroutine *coroutine;
  struct model_view current;     /* what it knows */
  struct model_view acquired;    /* and what an acquire fence would add */
  struct model_view released;    /* what it knew at its last release fence */
  uint16_t causal[MODEL_CLOCKS]; /* numbers of events before, by program
                                    order and reads-from */
  struct model_event pending;
  uint16_t choice; /* message the pending event shall read */
  uint16_t number;
  bool finished;
  bool hurried;        /* may not wait */
  bool has_failed;     /* a compare-exchange, for no reason */
  unsigned read_count; /* in this turn of a raw waiting loop */
  struct {
    unsigned location;
    uint64_t value;
  } reads[MODEL_ITERATION];
  uint16_t forced; /* message that the next load of its location reads */
};

/* A plain variable: who accessed it last, in happens-before. */
struct model_cell {
  uintptr_t address;
  size_t size;
  uint16_t write, reads[MODEL_CLOCKS]; /* steps + 1 */
  uint16_t write_clock, read_clock[MODEL_CLOCKS];
  uint8_t writer;
};

/* A piece of memory that lives and dies (a handle on a stack). */
struct model_region {
  uintptr_t address;
  size_t size;
  uint16_t clock;                /* of its owner, at birth or death */
  uint16_t access[MODEL_CLOCKS]; /* clocks of each thread's last access */
  uint8_t owner;
  bool alive;
};

struct model_machine {
  const struct model_program *program;
  unsigned threads, running, step_limit;
  unsigned location_count, message_count, step_count;
  unsigned cell_count, region_count;
  uint16_t node;    /* the decision that gave the running thread its turn */
  bool every_store; /* waits for a turn too: nothing is left out */
  bool solo;        /* only the preparing and finishing thread runs */
  bool stopped;     /* nothing more can happen in this execution */
  int error;        /* the check itself failed */
  unsigned run;     /* for model_site.seen */
  struct model_view seq_cst; /* times that later seq_cst events respect */
  uint16_t seq_cst_causal[MODEL_CLOCKS];
  uint16_t seq_cst_step; /* the last seq_cst event */
  char what[160];        /* the violation, or "" */
  unsigned culprit;      /* thread that was running then, or MODEL_NONE */
  struct model_thread thread[MODEL_THREADS];
  struct model_location location[MODEL_LOCATIONS];
  struct model_region region[MODEL_REGIONS];
  struct model_cell cell[MODEL_CELLS];
  struct model_message message[MODEL_MESSAGES];
  struct model_step step[MODEL_STEPS];
};

extern struct model_machine model_machine;

/* machine.c: executions and what ends them */
void model_machine_reset(void);
void model_machine_merge(void); /* the finishing thread learns everything */
/* Ends the execution as a violation; in a thread it does not return. */
void model_violate(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
void model_fail(int error); /* ends the check; in a thread, no return */
void model_name(uintptr_t address, char *text, size_t size);
/* @return the record of the running thread's new event */
struct model_step *model_step_new(const struct model_event *event);

/* memory.c: locations and messages */
unsigned model_location_at(const volatile void *at, size_t size);
/* Adds a message next to `after` in modification order. */
uint16_t model_message_insert(uint16_t after, uint64_t value);
/* @return how many messages the thread's pending event may read, newest
 * first, leaving out those with a number below `since` */
unsigned model_readable(unsigned thread, uint16_t since, uint16_t *messages,
                        unsigned room);
/* @return after how many messages the running thread may put a store */
unsigned model_gaps(const struct model_event *event, uint16_t *messages,
                    unsigned room);
/* Whether the message would end the wait of an await or a pause. */
bool model_satisfies(const struct model_thread *thread,
                     const struct model_event *event,
                     const struct model_message *message);

/* plain.c: races */
void model_region_access(uint16_t region, uintptr_t address);
uint16_t model_region_of(uintptr_t address);

static inline bool model_acquires(enum model_order order) {
  return order == MODEL_ACQUIRE || order == MODEL_CONSUME ||
         order == MODEL_ACQ_REL || order == MODEL_SEQ_CST;
}

static inline bool model_releases(enum model_order order) {
  return order == MODEL_RELEASE || order == MODEL_ACQ_REL ||
         order == MODEL_SEQ_CST;
}

/* Whether the event would write, if it read this value. */
static inline bool model_updates(const struct model_event *event,
                                 uint64_t value) {
  return event->kind == MODEL_RMW ||
         ((event->kind == MODEL_CAS || event->kind == MODEL_AWAIT_RMW) &&
          value == event->expected);
}

static inline bool model_waits(const struct model_event *event) {
  return event->kind == MODEL_AWAIT || event->kind == MODEL_AWAIT_RMW ||
         event->kind == MODEL_PAUSE;
}

/* effect.c: does the event when its turn comes. @return its record */
struct model_step *model_happen(const struct model_event *event);

/* turn.c, decide.c */
/* Stops the running thread until the search lets its pending event happen.
 * @return the message to read */
uint16_t model_turn(const struct model_event *event);
/* @return one of the alternatives; all of them over the whole search */
uint16_t model_choose(const uint16_t *alternatives, unsigned count);

/* reduce.c: which decisions must be taken otherwise */
void model_written(const struct model_step *step);
void model_updated(const struct model_step *step);
void model_ordered(const struct model_step *step);

/* trace.c */
char *model_trace(void);

/* fingerprint.c: of the execution so far */
uint64_t model_fingerprint(void);

#endif
