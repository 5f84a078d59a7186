/* Release while others spin: what the releaser pays and when it is over.
 *
 * Each round the releaser holds the lock, lets its waiters arrive in a
 * shuffled order, gives them time to queue up, and releases between two
 * stamps: `retire` (its own next instruction may go on) in one round, `drained`
 * (its stores are visible to all) in the next. `wake` runs from the release to
 * the first waiter's stamp of holding the lock; every member is the releaser
 * in turn or at least the first and the last, so that clock offsets cancel. */
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "bench/workload/workload.h"
#include "results/random.h"

enum { ROUNDS = 600, HALVES = 2 };

struct scene {
  struct bench_trial *trial;
  struct bench_release run;
  struct bench_gate *gates;
  size_t releaser; /* index of the member that releases */
};

/* The members other than the releaser, numbered from 0. */
static size_t waiter_of(const struct scene *scene, size_t member) {
  return member < scene->releaser ? member : member - 1;
}

static void body(struct bench_member *member, void *context) {
  struct scene *scene = context;
  struct bench_trial *trial = scene->trial;
  if (member->index == scene->releaser) {
    struct bench_release run = scene->run;
    run.rounds = member->room;
    trial->kernel->release(&trial->sites[0], &run);
    return;
  }
  struct bench_joined run = {.gate =
                                 &scene->gates[waiter_of(scene, member->index)],
                             .in = member->room,
                             .round_count = ROUNDS};
  trial->kernel->join(&trial->sites[0], &run);
}

static void shuffle_arrivals(uint16_t *arrivals, size_t waiters,
                             struct results_random *random) {
  for (size_t r = 0; r < ROUNDS; r++) {
    uint16_t *order = arrivals + r * waiters;
    for (size_t i = 0; i < waiters; i++) {
      size_t j = results_random_below(random, i + 1);
      order[i] = order[j];
      order[j] = (uint16_t)i;
    }
  }
}

/* Durations of one half of a run, in ticks. */
struct sums {
  double retire[HALVES * ROUNDS], drained[HALVES * ROUNDS];
  double wake[HALVES * ROUNDS];
  size_t retires, draineds, wakes;
};

static uint64_t first_in(const struct scene *scene, size_t round) {
  uint64_t first = UINT64_MAX;
  for (size_t i = 0; i < scene->trial->threads; i++) {
    const uint64_t *in = bench_team_member(scene->trial->team, i)->room;
    if (i != scene->releaser && in[round] < first)
      first = in[round];
  }
  return first;
}

static void collect(const struct scene *scene, struct sums *sums) {
  struct bench_trial *trial = scene->trial;
  const struct bench_released *rounds =
      bench_team_member(trial->team, scene->releaser)->room;
  for (size_t r = 0; r < ROUNDS; r++) {
    double ticks = (double)(int64_t)(rounds[r].stop - rounds[r].start);
    bench_trial_gap(trial, ticks * trial->clock->ns_per_tick);
    if (r & 1)
      sums->drained[sums->draineds++] = ticks;
    else
      sums->retire[sums->retires++] = ticks;
    sums->wake[sums->wakes++] =
        (double)(int64_t)(first_in(scene, r) - rounds[r].start);
  }
}

static void reset_gates(struct scene *scene) {
  for (size_t i = 0; i < scene->run.waiters; i++) {
    atomic_store_explicit(&scene->gates[i].open, 0, memory_order_relaxed);
    atomic_store_explicit(&scene->gates[i].joined, 0, memory_order_relaxed);
    atomic_store_explicit(&scene->gates[i].left, 0, memory_order_relaxed);
  }
}

static void run_halves(struct scene *scene, uint16_t *arrivals,
                       struct sums *sums) {
  struct bench_trial *trial = scene->trial;
  struct results_random random = results_random_seed(trial->seed);
  scene->run.arrivals = arrivals;
  for (int half = 0; half < HALVES; half++) {
    scene->releaser = half ? trial->threads - 1 : 0;
    shuffle_arrivals(arrivals, scene->run.waiters, &random);
    reset_gates(scene);
    bench_trial_run(trial, body, scene);
    trial->expected += (uint64_t)ROUNDS * trial->threads;
    collect(scene, sums);
  }
}

static void run(struct bench_trial *trial) {
  const struct bench_clock *clock = trial->clock;
  size_t waiters = trial->threads - 1;
  double settle_ns = 5 * trial->probe_ns > 500 ? 5 * trial->probe_ns : 500;
  struct sums *sums = calloc(1, sizeof *sums);
  uint16_t *arrivals = malloc(ROUNDS * waiters * sizeof *arrivals);
  struct scene scene = {
      .trial = trial,
      .gates = aligned_alloc(BENCH_LINE, waiters * sizeof *scene.gates),
      .run = {.round_count = ROUNDS,
              .waiters = (uint32_t)waiters,
              .settle_ticks = (uint64_t)(settle_ns / clock->ns_per_tick)},
  };
  if (sums && arrivals && scene.gates) {
    scene.run.gates = scene.gates;
    bench_trial_reset(trial);
    run_halves(&scene, arrivals, sums);
    trial->out->retire_ns =
        bench_event_ns(clock, sums->retire, sums->retires, clock->pair_ticks);
    trial->out->drained_ns = bench_event_ns(
        clock, sums->drained, sums->draineds, clock->drained_ticks);
    trial->out->wake_ns =
        bench_event_ns(clock, sums->wake, sums->wakes, clock->pair_ticks);
  }
  free(scene.gates);
  free(arrivals);
  free(sums);
}

const struct bench_workload bench_release = {
    .name = "release",
    .help = "release under spinning waiters: retired, drained, and the time "
            "until the first waiter holds the lock",
    .columns = {{"retire_ns", "retire"},
                {"drained_ns", "drained"},
                {"wake_ns", "wake"}},
    .sets = BENCH_PAIRS | BENCH_TEAMS,
    .least_cpus = 2,
    .contended = true,
    .stamps = true,
    .all_routines = true,
    .trial_ms = 3,
    .member_ms = 1.5,
    .run = run,
};
