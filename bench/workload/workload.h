/* A workload: one thing that is done with a lock, and what is read off it.
 *
 * A workload fills the metrics of a trial; everything around it (threads,
 * memory, probe, verdict, storing) is the campaign's. One file a workload,
 * listed in bench_workloads[]. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include "bench/clock.h"
#include "bench/kernel/kernel.h"
#include "bench/trial/segment.h"
#include "bench/trial/team.h"
#include "results/trial.h"

struct bench_workload;

/* A point on the axes that only some workloads have. */
struct bench_variant {
  char text[48];     /* what differs from the plain workload; "" nothing */
  int64_t think_ns;  /* between two operations of a thread */
  unsigned cs_lines; /* lines that a critical section writes */
  int choice;        /* the workload's own */
};

/* A lock on a page of its own. */
struct bench_page {
  _Alignas(4096) struct bench_site site;
};

enum {
  BENCH_PAGES = 8,
  BENCH_PAYLOAD_LINES = 64, /* the most that a critical section may write */
};

/* What a trial is given and what it fills. */
struct bench_trial {
  const struct bench_clock *clock;
  const struct topology_machine *machine;
  const struct bench_kernel *kernel;
  const struct bench_workload *workload;
  const struct bench_variant *variant;
  struct bench_team *team;
  size_t threads;           /* members that measure; the team may be larger */
  struct bench_site *sites; /* BENCH_ARRAY of them, on the home node */
  struct bench_page *pages; /* BENCH_PAGES of them, there, too */
  unsigned char *payload;   /* BENCH_PAYLOAD_LINES of BENCH_LINE bytes, too */
  void *probe_line;         /* likewise, of bench_probe() */
  double section_ns, think_ns;
  double window_ns; /* length of a competition */
  double probe_ns;  /* one-way transfer just before; NAN for one CPU */
  uint64_t seed;

  struct results_trial *out; /* cleared, identity filled */
  struct results_histogram *acquire_ns;
  struct bench_witness seen; /* what came between, summed */
  double gap_ns;             /* lost in gaps of what the figures rest on */
  bool spoiled;              /* they rest on disturbed segments, too */
  uint64_t torn;             /* reads beside a writer */
  uint64_t expected;         /* acquisitions of sites[0] so far */
  uint64_t counted; /* those of them that the figures rest on; 0: all */
};

/* What a workload is run on. */
enum bench_sets {
  BENCH_PAIRS = 1,     /* one pair of CPUs at each distance */
  BENCH_TEAMS = 2,     /* placements of three threads and more */
  BENCH_ALL_TEAMS = 4, /* placements of any number of threads */
  BENCH_MATRIX = 8,    /* many pairs */
  BENCH_CROWDS = 16,   /* several threads a CPU */
  BENCH_WAITERS = 32,  /* one that holds with 2, 3, 4, 6, 8, … that wait */
};

/* A column of the table on the terminal. */
struct bench_column {
  const char *metric, *heading;
};

enum { BENCH_COLUMNS = 13 };

struct bench_workload {
  const char *name;
  const char *help;                               /* one line */
  struct bench_column columns[BENCH_COLUMNS + 1]; /* the first is headline */
  unsigned sets;                                  /* enum bench_sets, or-ed */
  size_t least_cpus;                              /* the team needs this many */
  bool contended;    /* needs a lock that excludes */
  bool stamps;       /* needs a clock that stamps single events */
  bool all_routines; /* the raising pair is worth a row of its own */
  bool section;      /* its critical section must outlast a transfer */
  bool loads;        /* --think-ns and --cs-lines mean something */
  bool on_request;   /* measured only when it is named */
  bool crowded;      /* its threads share CPUs: lost ones are no disturbance */
  bool reader;       /* is about reader/writer locks, and no other is */
  bool relaxes;      /* how waiters relax is an axis of it */
  bool word;         /* needs a lock that is one word: none of the peers */
  const char *locks; /* what it is measured on when none are named; NULL: all */
  const struct bench_variant *variants; /* its own, ended by ""; NULL: none */
  double trial_ms, member_ms; /* about how long a trial takes, for planning:
                                 so much, and so much a member */
  double windows;             /* and so many windows of competition */
  /* If there is one, this is done first in Google Benchmark's own loop, `n`
   * iterations: by one thread, pinned to the cell's first CPU and witnessed in
   * trial->seen, or by as many of its own as the cell has. run() reads off what
   * they left in the members' rooms. */
  void (*single)(struct bench_trial *, uint64_t n);
  void (*thread)(struct bench_trial *, size_t index, uint64_t n);
  int (*run)(struct bench_trial *); /* 0, or -ENOMEM: nothing measured */
};

/* Ended by NULL; in the order that they are run and printed. */
extern const struct bench_workload *const bench_workloads[];

const struct bench_workload *bench_workload_find(const char *name);

/* Clears sites[0] and the expected count. */
void bench_trial_reset(struct bench_trial *);

/* Runs a body on the trial's members and adds what they witnessed. */
void bench_trial_run(struct bench_trial *,
                     void (*body)(struct bench_member *, void *), void *);

/* Notes time in a segment that no code of the trial explains, if it is more
 * than an interrupt takes. Not where it is known already that a thread was
 * away. */
void bench_trial_gap(struct bench_trial *, struct bench_segments *,
                     size_t segment, double ns);

/* Notes segments with an event that lasted so much longer than several times
 * the usual one: locks may differ by that, and some let their waiters sleep.
 * @param ns       what events lasted, `each` of every segment
 * @param scratch  room for as many */
void bench_trial_slow_events(struct bench_trial *, struct bench_segments *,
                             const double *ns, size_t each, double *scratch);

/* Notes segments that lasted so much longer than is usual among them, beyond
 * what a change of frequency explains.
 * @param ns  what each of them lasted */
void bench_trial_slow_segments(struct bench_trial *, struct bench_segments *,
                               const double *ns);

/* Chooses from the segments of a figure; the trial counts them, and is judged
 * by what was chosen. */
void bench_trial_choose(struct bench_trial *, struct bench_segments *);

/* Judges the trial by what was chosen, counted or not. */
void bench_trial_rest_on(struct bench_trial *, const struct bench_segments *);

/* Pairs in a batch of the single loop. */
enum { BENCH_BATCH = 200000 }; /* and of a threaded one, of all threads */

extern const struct bench_workload bench_uncontended, bench_release,
    bench_handoff, bench_throughput, bench_matrix, bench_latency, bench_lines,
    bench_oversubscribed, bench_preempted, bench_readers, bench_counters,
    bench_gbench;

/* What `handoff` does with a pair. */
int bench_handoff_run(struct bench_trial *);

/* Mean, in ns, of durations in ticks without the lowest and highest 1 %, less
 * the cost of the stamps. Sorts in place.
 * @return NAN when count is 0 */
double bench_event_ns(const struct bench_clock *, double *ticks, size_t count,
                      double overhead_ticks);

#endif
