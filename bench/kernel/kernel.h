/* The measured loops of one lock under one pair of routines.
 *
 * kernel.tmpl.c is compiled alone for every lock and pair of NT routines, the
 * lock bound in line; this table of entry points is all that leaves it. A
 * loop holds no call and shares nothing but what its workload is about: a
 * test disassembles every object. Callers have pinned the thread, attached
 * it (lock_thread_attach) and placed all memory that is passed in. */
#ifndef BENCH_KERNEL_H
#define BENCH_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/histogram.h"

enum {
  BENCH_LINE = 128,       /* bytes between things that must not share a line */
  BENCH_ARRAY = 32,       /* locks held together by the array-of-locks view */
  BENCH_LOCK_ROOM = 1024, /* bytes kept for one lock of any family */
  BENCH_HANDLE_ROOM = 64, /* and for what passes from acquire to release */
};

/* A lock and, on a line of its own, the plain data that it protects. */
struct bench_site {
  _Alignas(BENCH_LINE) unsigned char lock[BENCH_LOCK_ROOM];
  _Alignas(BENCH_LINE) struct bench_protected {
    uint64_t count; /* acquisitions: must come out exact */
    uint64_t owner; /* member that held the lock last */
  } data;
};

/* What a holder keeps between take and give. */
struct bench_handle {
  _Alignas(16) unsigned char room[BENCH_HANDLE_ROOM];
};

/* One acquisition of a stamped loop; `order` is its place in the history of
 * the lock, read from the protected counter. */
struct bench_stamp {
  uint64_t order, in, out; /* ticks */
};

/* Two 32-bit durations, in ticks. */
struct bench_split {
  uint32_t acquire, release;
};

/* Turns of two CPUs at one lock that is always free when a turn comes. */
struct bench_turns {
  _Alignas(BENCH_LINE) _Atomic uint64_t turn; /* even: member 0, odd: 1 */
};

/* What a waiter of the release workload shares with the releaser: a line for
 * each direction. */
struct bench_gate {
  _Alignas(BENCH_LINE) _Atomic uint32_t open;   /* round the waiter may join */
  _Alignas(BENCH_LINE) _Atomic uint32_t joined; /* round it is about to join */
  _Alignas(BENCH_LINE) _Atomic uint32_t left;   /* round it has left */
};

/* One round of the release workload: the stamps around the release. */
struct bench_released {
  uint64_t start, stop; /* ticks */
};

struct bench_release {
  struct bench_gate *gates;      /* one a waiter */
  const uint16_t *arrivals;      /* rounds x waiters: order of opening */
  struct bench_released *rounds; /* out: one a round */
  uint32_t round_count, waiters;
  uint64_t settle_ticks; /* pause between the last join and the release */
};

struct bench_joined {
  struct bench_gate *gate;
  uint64_t *in; /* out: stamp of getting the lock, one a round */
  uint32_t round_count;
};

/* A window of free competition. Times in ticks; `ns_scale` turns a duration
 * below 2^32 ns (four seconds: no window lasts as long) into ns as
 * (ticks * ns_scale) >> 32. */
struct bench_window {
  uint64_t member;               /* this thread's number */
  uint64_t begin, deadline;      /* counter values, the same for all */
  uint64_t section, think;       /* links of bench_chain inside and outside */
  unsigned char *payload;        /* written inside: so many lines, */
  uint64_t lines;                /* BENCH_LINE bytes apart */
  const uint32_t *domain_of;     /* by member: its node, and below its L3 */
  uint64_t ns_scale, pair_ticks; /* for the sampled acquire latency */
  struct results_histogram *acquire_ns;
  struct results_histogram *runs; /* acquisitions with no other's between;
                                     head among them, tail not */
  uint64_t every; /* operations from one look at the time to the next */
  uint64_t operations, started, stopped; /* out */
  uint64_t gap;                     /* out: longest from one look to the next */
  uint64_t handovers;               /* out: acquisitions after another's */
  uint64_t from_node, from_l3;      /* out: those from another one */
  uint64_t head, tail, longest_run; /* out: as in struct bench_slice */
};

/* A window of readers and writers; as above. */
struct bench_mix {
  uint64_t begin, deadline, section, every;
  uint64_t read_every, write_every; /* of its kind one in so many is stamped */
  uint64_t reads;                   /* of 2^32 operations */
  uint32_t random;                  /* this thread's, not 0 */
  uint64_t ns_scale, pair_ticks;
  struct results_histogram *read_ns, *write_ns; /* sampled acquire latency */
  uint64_t operations, started, stopped;        /* out */
  uint64_t gap;                                 /* out, as above */
  uint64_t writes;                              /* out: of the operations */
  uint64_t torn;                                /* out: reads beside a writer */
};

enum { BENCH_L3_BITS = 16 }; /* of an entry of domain_of */

/* Operations a sampled acquire; fewer in a crowd, so that a thread looks at
 * the time about as often however many it competes with. */
enum { BENCH_SAMPLE_EVERY = 64, BENCH_SAMPLE_CROWD = 4 };

struct bench_kernel {
  const char *family, *lock, *routines;
  const char *acquire_name, *release_name; /* the routines' names */
  const char *relax;   /* how its waiters do, where that is its own; or NULL */
  size_t threads_most; /* that it can serve; 0: any */
  bool exclusive, ordered; /* from the lock's traits */
  bool hidden;             /* comes only when it is named */
  void (*init)(struct bench_site *);

  /* one acquire, one release, each a call: where a thread comes to a stop */
  void (*take)(struct bench_site *, struct bench_handle *);
  void (*give)(struct bench_site *, struct bench_handle *);

  /* n acquire/release pairs of one lock */
  void (*pairs)(struct bench_site *, uint64_t n);
  /* all of an array of locks acquired, then all released, `rounds` times;
   * a duration covers BENCH_ARRAY calls */
  void (*array)(struct bench_site *, struct bench_split *, size_t rounds);
  /* single stamped pairs, by one thread */
  void (*events)(struct bench_site *, struct bench_split *, size_t rounds);
  /* the same, two members by turns */
  void (*turns)(struct bench_site *, struct bench_turns *, uint64_t member,
                struct bench_split *, size_t rounds);
  /* n pairs around a chain of `section` links; nothing else is shared */
  void (*alternate)(struct bench_site *, uint64_t section, uint64_t n);
  /* the same, each acquisition stamped and logged */
  void (*stamped)(struct bench_site *, uint64_t section, struct bench_stamp *,
                  size_t n);
  /* releases under spinning waiters; odd rounds stop drained */
  void (*release)(struct bench_site *, const struct bench_release *);
  void (*join)(struct bench_site *, const struct bench_joined *);
  void (*compete)(struct bench_site *, struct bench_window *);
  /* the same, every acquire stamped, the time looked at after each */
  void (*observe)(struct bench_site *, struct bench_window *);
  /* of a reader/writer lock, whose only loop it is: free competition of readers
   * and writers; the other kernels have none */
  void (*mix)(struct bench_site *, struct bench_mix *);
};

/* Every kernel that was built, by family, lock and routines as in the lists.
 * Ended by NULL. */
extern const struct bench_kernel *const bench_kernels[];

#endif
