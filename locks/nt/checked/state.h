/* What checked mode knows: a record a lock, outside of the lock, and a list of
 * holds and raises a thread.
 *
 * One mutex guards all records, the order graph and who is inside: what counts
 * is that reports are right, and timing belongs to the free library. Holds and
 * raises are their thread's own. */
#ifndef LOCKS_NT_CHECKED_STATE_H
#define LOCKS_NT_CHECKED_STATE_H

#include "locks/nt/checked/hooks.h"

enum { CHECK_HOLDS_MAX = 256, CHECK_RAISES_MAX = 64 };

struct check_edge {
  struct check_lock *to;
  struct check_site site; /* that acquired `to` */
};

struct check_lock {
  uintptr_t address;
  struct check_lock *next;               /* of its bucket */
  enum check_kind kind;                  /* 0 until it is acquired */
  bool freed;                            /* memory freed while it was held */
  bool interlocked;                      /* ExInterlocked used it, */
  bool isr;                              /* and above DISPATCH_LEVEL */
  const void *owner;                     /* a struct check_thread, or null */
  unsigned readers;                      /* inside, of a reader/writer lock */
  struct check_site site;                /* of its last acquire */
  const void *handle;                    /* in-stack and held, else null */
  struct check_lock *live, *live_before; /* list of those with a handle */
  struct check_edge *edges; /* to what was acquired while it was held */
  unsigned edge_count, edge_room;
  uint64_t visit; /* of the last search that came here */
};

struct check_hold {
  struct check_lock *lock;
  unsigned form;
  const void *handle;
  uintptr_t handle_lock; /* what its Lock was when it was acquired */
  KIRQL saved;           /* the level to go back to */
  KIRQL level;           /* must not fall below it */
  struct check_site site;
  uint64_t since_ns;
};

struct check_thread {
  unsigned held, raised;
  struct check_hold holds[CHECK_HOLDS_MAX];
  KIRQL raises[CHECK_RAISES_MAX]; /* what the open raises returned */
};

extern _Thread_local struct check_thread check_self
    __attribute__((tls_model("initial-exec")));
extern struct check_lock *check_live; /* locks held in-stack */

void check_lock_state(void);
void check_unlock_state(void);

/* Under the mutex, all of these. @return the record, or null */
struct check_lock *check_find(const volatile void *address);
/* @return the record, a new one if need be */
struct check_lock *check_make(const volatile void *address);
/* Drops the record and every edge to it. */
void check_drop(struct check_lock *lock);
/* Calls `visit` for each record in the range. */
void check_each(uintptr_t begin, uintptr_t end,
                void (*visit)(struct check_lock *lock, void *context),
                void *context);
bool check_is_held(const struct check_lock *lock);

/* Adds what holding `from` and acquiring `to` says about their order.
 * @return null, or the edge that says the opposite */
const struct check_edge *check_order(struct check_lock *from,
                                     struct check_lock *to,
                                     struct check_site site);

/* @return this thread's hold of the lock at `address`, or null */
struct check_hold *check_hold_of(const volatile void *address);

/* Opens a raise that returned `old`. */
void check_push_raise(KIRQL old);

/* @return whether `address` can be a lock of that kind; adds a fault if not */
bool check_address(struct check_call *call, enum check_kind kind);

/* Adds the fault if the call has none yet. */
void check_add_first(struct check_call *call, enum check_fault fault,
                     uintptr_t a, uintptr_t b, uintptr_t c);

/* Has the thread's end looked at. */
void check_watch_exit(void);

/* Counts a hold that ends. @return the limit in ns if it is to be reported, or
 * 0 */
uint64_t check_hold_ends(const struct check_hold *hold);
uint64_t check_now_ns(void);

#endif
