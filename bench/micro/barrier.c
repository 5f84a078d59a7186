/* How far apart the members of a team leave their barrier: the part of a
 * window in which some already compete and others do not. Stamps of different
 * CPUs are compared, so offsets between their clocks are in it. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "bench/micro/micro.h"
#include "bench/trial/team.h"
#include "results/stats.h"

enum { ROUNDS = 400 };

static void body(struct bench_member *member, void *context) {
  uint64_t *left = member->room;
  (void)context;
  for (int i = 0; i < ROUNDS; i++) {
    bench_team_meet(member);
    left[i] = bench_clock_start();
  }
}

/* From the first member's leaving to the last one's, in ticks. */
static double spread(struct bench_team *team, int round) {
  const uint64_t *first = bench_team_member(team, 0)->room;
  int64_t least = 0, most = 0; /* since the first member left */
  for (size_t m = 1; m < bench_team_size(team); m++) {
    const uint64_t *left = bench_team_member(team, m)->room;
    int64_t since = (int64_t)(left[round] - first[round]);
    least = since < least ? since : least;
    most = since > most ? since : most;
  }
  return (double)(most - least);
}

static void report(struct bench_micro *micro, double p50, double p90) {
  bench_micro_add(micro, (struct bench_micro_row){
                             "barrier_skew_p50", "ns", p50, (double)NAN,
                             "start skew of a team on all CPUs"});
  bench_micro_add(micro, (struct bench_micro_row){
                             "barrier_skew_p90", "ns", p90, (double)NAN,
                             "the same, one start in ten is worse"});
}

static int measure(struct bench_micro *micro, const unsigned *cpus,
                   size_t count) {
  struct bench_team *team;
  char why[256];
  double skew[ROUNDS];
  int error =
      bench_team_start(micro->machine, cpus, count, &team, why, sizeof why);
  if (error)
    return error;
  bench_team_run(team, count, body, NULL, NULL);
  for (int i = 0; i < ROUNDS; i++)
    skew[i] = spread(team, i) * micro->clock->ns_per_tick;
  bench_team_stop(team);
  results_sort(skew, ROUNDS);
  report(micro, skew[ROUNDS / 2], skew[ROUNDS * 9 / 10]);
  return 0;
}

int bench_micro_barrier(struct bench_micro *micro) {
  size_t count = topology_cpu_count(micro->machine);
  if (count < 2 || !bench_clock_stamps(micro->clock)) {
    report(micro, (double)NAN, (double)NAN);
    return 0;
  }
  unsigned *cpus = malloc(count * sizeof *cpus);
  if (!cpus)
    return -ENOMEM;
  for (size_t i = 0; i < count; i++)
    cpus[i] = topology_cpu_at(micro->machine, i)->os;
  int error = measure(micro, cpus, count);
  free(cpus);
  return error;
}
