/* A window of free competition for one lock: what throughput, latency and
 * their kin have in common.
 *
 * All threads start at one instant and stop by one deadline, so nobody runs
 * alone for long; `overlap` says how well that went. */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

#include "bench/workload/workload.h"

/* What a member keeps of a window; lies in its own room. */
struct bench_contest_entry {
  struct bench_window window;
  struct results_histogram acquire_ns, runs;
};

struct bench_contest {
  struct bench_trial *trial;
  struct bench_site *site;
  unsigned char *payload;
  uint64_t lines;
  double window_ns;
  void (*loop)(struct bench_site *, struct bench_window *);

  uint64_t section, think, begin, deadline; /* its own */
  uint32_t *domain_of;
};

struct bench_contest_result {
  double operations, handovers, longest_run;
  double from_node, from_l3; /* hand-overs from another node, L3 */
  double span_ns, common_ns; /* of all together, of every thread at once */
  double jain, min_max;
  struct results_histogram acquire_ns, runs;
  double node_chance, l3_chance; /* share of such hand-overs if the next owner
                                    were drawn; NAN: one node, one L3 */
};

/* Runs one window. The site is initialised; its acquisitions are added to
 * trial->expected.
 * @return 0 or -ENOMEM */
int bench_contest_run(struct bench_contest *, struct bench_contest_result *);

/* Fills the metrics that a window gives. */
void bench_contest_report(struct bench_trial *,
                          const struct bench_contest_result *);

#endif
