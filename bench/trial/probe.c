/* Raw ping-pong of one cache line (see probe.h). */
#include "bench/trial/probe.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "locks/cpu.h"
#include "results/stats.h"

enum { CHUNKS = 20, ROUND_TRIPS = 100, PAIRS = 4 };

struct ping {
  _Atomic uint64_t *line;
  size_t first; /* the member that serves; the next one returns */
  const struct bench_clock *clock;
  double chunk_ns[CHUNKS];
};

static inline void await_value(_Atomic uint64_t *line, uint64_t value) {
  while (atomic_load_explicit(line, memory_order_acquire) != value)
    cpu_pause();
}

static void serve(struct ping *ping) {
  uint64_t turn = 0;
  for (int chunk = 0; chunk < CHUNKS; chunk++) {
    double start = bench_clock_batch_ns(ping->clock);
    for (int i = 0; i < ROUND_TRIPS; i++) {
      atomic_store_explicit(ping->line, ++turn, memory_order_release);
      await_value(ping->line, ++turn);
    }
    ping->chunk_ns[chunk] = bench_clock_batch_ns(ping->clock) - start;
  }
}

static void give_back(struct ping *ping) {
  for (uint64_t i = 0; i < CHUNKS * ROUND_TRIPS; i++) {
    await_value(ping->line, 2 * i + 1);
    atomic_store_explicit(ping->line, 2 * i + 2, memory_order_release);
  }
}

static void play(struct bench_member *member, void *context) {
  struct ping *ping = context;
  if (member->index == ping->first)
    serve(ping);
  else if (member->index == ping->first + 1)
    give_back(ping);
}

/* Mean of the faster half: a disturbed chunk says nothing about the link. */
static double one_way_ns(struct ping *ping) {
  results_sort(ping->chunk_ns, CHUNKS);
  double sum = 0;
  for (int i = 0; i < CHUNKS / 2; i++)
    sum += ping->chunk_ns[i];
  return sum / (CHUNKS / 2) / ROUND_TRIPS / 2;
}

double bench_probe(struct bench_team *team, const struct bench_clock *clock,
                   void *line) {
  size_t neighbours = bench_team_size(team) - 1;
  if (!neighbours)
    return (double)NAN;
  size_t pairs = neighbours < PAIRS ? neighbours : PAIRS;
  double sum = 0;
  for (size_t i = 0; i < pairs; i++) {
    struct ping ping = {
        .line = line, .clock = clock, .first = i * neighbours / pairs};
    atomic_store_explicit(ping.line, 0, memory_order_relaxed);
    bench_team_run(team, ping.first + 2, play, &ping, NULL);
    sum += one_way_ns(&ping);
  }
  return sum / (double)pairs;
}
