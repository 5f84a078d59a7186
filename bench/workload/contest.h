/* Windows of free competition for one lock: what throughput, latency and their
 * kin have in common.
 *
 * Everybody asks again at once; the windows themselves are those of frame.h. */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

#include "bench/workload/frame.h"

/* What a member keeps of a window; lies in its own room. */
struct bench_contest_entry {
  struct bench_slice slices[BENCH_SLICES];
  struct results_histogram acquire_ns[BENCH_SLICES], runs[BENCH_SLICES];
};

struct bench_contest_result {
  struct bench_frame_result all;
  double longest_run;
  struct results_histogram acquire_ns, runs;
  double node_jain; /* of acquisitions a thread by node; NAN: one node */
  double node_chance, l3_chance; /* share of such hand-overs if the next owner
                                    were drawn; NAN: one node, one L3 */
};

struct bench_contest {
  struct bench_trial *trial;
  struct bench_site *site;
  unsigned char *payload;
  uint64_t lines;
  double window_ns; /* of each */
  size_t windows;   /* 1 and more */
  size_t slices;    /* of a window; 1 to BENCH_SLICES */
  void (*loop)(struct bench_site *, struct bench_window *);

  uint64_t section, think; /* its own */
  uint32_t *domain_of;
  struct bench_contest_result *result;
};

/* Runs the windows, as bench_frame_run() does. The site is initialised.
 * @return 0 or -ENOMEM */
int bench_contest_run(struct bench_contest *, struct bench_contest_result *);

/* Fills the metrics that windows give. */
void bench_contest_report(struct bench_trial *,
                          const struct bench_contest_result *);

/* A whole trial: the workload's windows of the trial's lock, reported. */
int bench_contest_trial(struct bench_trial *,
                        void (*loop)(struct bench_site *,
                                     struct bench_window *));

/* Columns that its metrics fill. */
#define BENCH_CONTEST_COLUMNS                                                  \
  {                                                                            \
    {"op_ns", "ns/op"}, {"handover_ns", "ns/hand-over"},                       \
        {"handover_share", "hand-overs"}, {"jain", "Jain"},                    \
        {"jain_slice", "Jain in 1 ms"}, {"longest_run", "longest run"},        \
        {"acquire_p50_ns", "acquire p50"}, {"acquire_p99_ns", "acquire p99"},  \
        {"node_share", "leave node"}, {"node_share_random", "by chance"},      \
        {"l3_share", "leave L3"}, {"l3_share_random", "by chance"}, {          \
      "node_jain", "Jain of nodes"                                             \
    }                                                                          \
  }

#endif
