/* Measuring what the suite costs (see costs.h). */
#include "bench/run/costs.h"

#include <math.h>
#include <string.h>

#include "bench/kernel/kernel.h"
#include "locks/thread.h"
#include "results/histogram.h"
#include "results/random.h"

enum { REPETITIONS = 7 };

/* A loop that does its thing `n` times. */
typedef void loop(void *context, uint64_t n);

static double fastest_ns(const struct bench_clock *clock, loop *run,
                         void *context, uint64_t n) {
  double least = (double)INFINITY;
  for (int i = 0; i < REPETITIONS; i++) {
    double start = bench_clock_batch_ns(clock);
    run(context, n);
    least = fmin(least, (bench_clock_batch_ns(clock) - start) / (double)n);
  }
  return least;
}

static const struct bench_kernel *find_none(void) {
  for (size_t i = 0; bench_kernels[i]; i++)
    if (!strcmp(bench_kernels[i]->lock, "none"))
      return bench_kernels[i];
  return NULL;
}

static void pairs(void *context, uint64_t n) {
  static struct bench_site site;
  const struct bench_kernel *none = context;
  none->pairs(&site, n);
}

static double floor_ns(const struct bench_clock *clock) {
  const struct bench_kernel *none = find_none();
  lock_thread_attach();
  return none ? fastest_ns(clock, pairs, (void *)(uintptr_t)none, 100000)
              : (double)NAN;
}

void bench_costs_latencies(uint32_t *values, size_t count) {
  struct results_random random = results_random_seed(1);
  for (size_t i = 0; i < count; i++) {
    values[i] = 40 + (uint32_t)results_random_below(&random, 40);
    while (values[i] < 100000 && !results_random_below(&random, 4))
      values[i] *= 3;
  }
}

enum { VALUES = 1024 };

struct desk {
  uint32_t values[VALUES];
  struct results_histogram histogram;
};

static void fetch(void *context, uint64_t n) {
  const struct desk *desk = context;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t value = desk->values[i % VALUES];
    __asm__ volatile("" ::"r"(value));
  }
}

static void record(void *context, uint64_t n) {
  struct desk *desk = context;
  for (uint64_t i = 0; i < n; i++)
    results_histogram_record(&desk->histogram, desk->values[i % VALUES]);
}

static double record_ns(const struct bench_clock *clock) {
  static struct desk desk;
  bench_costs_latencies(desk.values, VALUES);
  double both = fastest_ns(clock, record, &desk, 100 * VALUES);
  return fmax(0, both - fastest_ns(clock, fetch, &desk, 100 * VALUES));
}

static void chain(void *context, uint64_t n) {
  uint64_t *seed = context;
  *seed = bench_chain(*seed, n);
}

double bench_costs_chain_ns(const struct bench_clock *clock) {
  uint64_t seed = 1;
  return fastest_ns(clock, chain, &seed, 2000);
}

struct timing {
  const struct bench_clock *clock;
  double ns;
};

static void time_chain(struct bench_member *member, void *context) {
  struct timing *timing = context;
  (void)member;
  timing->ns = bench_costs_chain_ns(timing->clock);
}

double bench_costs_chain_of(struct bench_team *team,
                            const struct bench_clock *clock) {
  struct timing timing = {clock, (double)NAN};
  bench_team_run(team, 1, time_chain, &timing, NULL);
  return timing.ns;
}

enum { GAP_NS = 1000, CENSUS_NS = 80000000 };

static void take_census(const struct bench_clock *clock,
                        struct bench_costs *out) {
  double start = bench_clock_batch_ns(clock), before = start, lost = 0, now;
  double gaps = 0, largest = 0;
  while ((now = bench_clock_batch_ns(clock)) - start < CENSUS_NS) {
    double gap = now - before;
    before = now;
    if (gap < GAP_NS)
      continue;
    gaps++;
    lost += gap;
    largest = fmax(largest, gap);
  }
  out->lost_share = lost / (now - start);
  out->gaps_per_s = gaps / (now - start) * 1e9;
  out->largest_gap_ns = largest;
}

void bench_costs_measure(const struct bench_clock *clock,
                         struct bench_costs *out) {
  *out =
      (struct bench_costs){.floor_ns = floor_ns(clock),
                           .stamp_ns = clock->pair_ticks * clock->ns_per_tick,
                           .record_ns = record_ns(clock),
                           .chain_ns = bench_costs_chain_ns(clock)};
  take_census(clock, out);
}

void bench_costs_print(FILE *file, const struct bench_costs *costs) {
  fprintf(file,
          "suite: the floor (none) is %.2f ns a pair, a record costs %.2f ns, "
          "a link of the delay chain lasts %.3f ns\n",
          costs->floor_ns, costs->record_ns, costs->chain_ns);
  fprintf(file,
          "disturbance: a thread that only looks at the clock lost %.2f %% of "
          "its time, in %.0f gaps a second of up to %.0f us\n",
          100 * costs->lost_share, costs->gaps_per_s,
          costs->largest_gap_ns / 1e3);
}

json_t *bench_costs_json(const struct bench_costs *costs) {
  json_t *floor =
      isnan(costs->floor_ns) ? json_null() : json_real(costs->floor_ns);
  return json_pack("{s:o, s:f, s:f, s:f, s:f, s:f, s:f}", "floor_ns", floor,
                   "stamp_ns", costs->stamp_ns, "record_ns", costs->record_ns,
                   "chain_ns", costs->chain_ns, "lost_share", costs->lost_share,
                   "gaps_per_s", costs->gaps_per_s, "largest_gap_ns",
                   costs->largest_gap_ns);
}
