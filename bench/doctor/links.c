/* Measuring the links of an audit (see audit.h). */
#include <errno.h>
#include <stdlib.h>

#include "bench/doctor/audit.h"
#include "bench/doctor/pair.h"
#include "bench/trial/probe.h"
#include "results/stats.h"

/* Pairs a level; times each is asked, all others between two of them. */
enum { EACH = 4, ROUNDS = 5 };

struct probing {
  const struct topology_machine *machine;
  const struct bench_clock *clock;
  char *why; /* BENCH_FINDING_SIZE bytes */
};

static int measure(const struct probing *probing, const struct bench_link *link,
                   double *ns) {
  const unsigned cpus[2] = {link->a, link->b};
  struct bench_pair pair;
  int error = bench_pair_open(probing->machine, cpus, &pair, probing->why);
  if (error)
    return error;
  *ns = bench_probe(pair.team, probing->clock, pair.line);
  bench_pair_close(&pair);
  return 0;
}

/* All links in turn, round after round. */
static int measure_all(const struct probing *probing, struct bench_link *links,
                       size_t count) {
  double(*ns)[ROUNDS] = calloc(count + 1, sizeof *ns);
  int error = ns ? 0 : -ENOMEM;
  for (int round = 0; round < ROUNDS && !error; round++)
    for (size_t i = 0; i < count && !error; i++)
      error = measure(probing, &links[i], &ns[i][round]);
  for (size_t i = 0; i < count && !error; i++) {
    results_sort(ns[i], ROUNDS);
    links[i].least_ns = ns[i][0];
    links[i].most_ns = ns[i][ROUNDS - 2];
  }
  free(ns);
  return error;
}

enum bench_answer bench_audit(const struct topology_machine *machine,
                              const struct bench_clock *clock, char *value) {
  const struct probing probing = {machine, clock, value};
  struct bench_link *links;
  size_t count;
  int error = bench_audit_choose(machine, EACH, &links, &count);
  if (error)
    return BENCH_UNKNOWN;
  error = measure_all(&probing, links, count);
  enum bench_answer answer =
      error ? BENCH_UNKNOWN : bench_audit_judge(links, count, value);
  free(links);
  return answer;
}
