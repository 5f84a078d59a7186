/* Release while others spin: what the releaser pays and when it is over.
 *
 * Each round the releaser holds the lock, lets its waiters arrive in a
 * shuffled order, gives them time to queue up, and releases between two
 * stamps: `retire` (its own next instruction may go on) in one round, `drained`
 * (its stores are visible to all) in the next. `wake` runs from the release to
 * the first waiter's stamp of holding the lock. The first member releases in
 * one half of the rounds, the last in the other: between the two of a pair the
 * offset of their clocks cancels, in a larger team it does so less.
 *
 * Rounds come in segments; one in which a member lost its CPU, or in which
 * time passed that nothing explains, is left out and counted, as long as enough
 * others remain (segment.h). */
#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "bench/workload/workload.h"
#include "results/random.h"

enum {
  SEGMENTS = 12,
  SEGMENT = 50, /* rounds; even, as each kind of round comes every other */
  ROUNDS = SEGMENTS * SEGMENT,
  HALVES = 2,
};

/* What one member records of a half; lies in its own room. */
struct diary {
  enum bench_cause causes[SEGMENTS];
  union {
    struct bench_released rounds[ROUNDS]; /* of the releaser */
    uint64_t in[ROUNDS];                  /* of a waiter */
  };
};
_Static_assert(sizeof(struct diary) <= BENCH_MEMBER_ROOM, "diary fits");

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

/* Nobody is at a gate between two segments; relaxed: the barrier that follows
 * orders it. */
static void reset_gates(const struct scene *scene) {
  for (size_t i = 0; i < scene->run.waiters; i++) {
    atomic_store_explicit(&scene->gates[i].open, 0, memory_order_relaxed);
    atomic_store_explicit(&scene->gates[i].joined, 0, memory_order_relaxed);
    atomic_store_explicit(&scene->gates[i].left, 0, memory_order_relaxed);
  }
}

static void release(const struct scene *scene, struct diary *diary,
                    size_t first) {
  const struct bench_trial *trial = scene->trial;
  struct bench_release run = scene->run;
  run.arrivals += first * run.waiters;
  run.rounds = &diary->rounds[first];
  trial->kernel->release(&trial->sites[0], &run);
}

static void wait(const struct scene *scene, size_t member, struct diary *diary,
                 size_t first) {
  const struct bench_trial *trial = scene->trial;
  const struct bench_joined run = {.gate =
                                       &scene->gates[waiter_of(scene, member)],
                                   .in = &diary->in[first],
                                   .round_count = SEGMENT};
  trial->kernel->join(&trial->sites[0], &run);
}

/* A segment begins before its barrier: who comes back late from there keeps
 * the others waiting at their gates. */
static void body(struct bench_member *member, void *context) {
  const struct scene *scene = context;
  struct diary *diary = member->room;
  for (size_t i = 0; i < SEGMENTS; i++) {
    (void)bench_witness_look(&member->witness);
    if (member->index == scene->releaser)
      reset_gates(scene);
    bench_team_meet(member);
    if (member->index == scene->releaser)
      release(scene, diary, i * SEGMENT);
    else
      wait(scene, member->index, diary, i * SEGMENT);
    diary->causes[i] = bench_witness_look(&member->witness);
  }
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
    const struct diary *diary = bench_team_member(scene->trial->team, i)->room;
    if (i != scene->releaser && diary->in[round] < first)
      first = diary->in[round];
  }
  return first;
}

static const struct bench_released *rounds_of(const struct scene *scene) {
  const struct diary *diary =
      bench_team_member(scene->trial->team, scene->releaser)->room;
  return diary->rounds;
}

static double ticks_of(const struct bench_released *round) {
  return (double)(int64_t)(round->stop - round->start);
}

static double wake_ticks(const struct scene *scene, size_t round) {
  return (double)(int64_t)(first_in(scene, round) -
                           rounds_of(scene)[round].start);
}

/* Until the release and its consequence were both over. */
static void find_gaps(const struct scene *scene,
                      struct bench_segments *segments) {
  double ns[ROUNDS], scratch[ROUNDS];
  for (size_t r = 0; r < ROUNDS; r++)
    ns[r] = fmax(ticks_of(&rounds_of(scene)[r]), wake_ticks(scene, r)) *
            scene->trial->clock->ns_per_tick;
  bench_trial_slow_events(scene->trial, segments, ns, SEGMENT, scratch);
}

static void collect_segment(const struct scene *scene, size_t segment,
                            struct sums *sums) {
  const struct bench_released *rounds = rounds_of(scene);
  for (size_t r = segment * SEGMENT; r < (segment + 1) * SEGMENT; r++) {
    const double ticks = ticks_of(&rounds[r]);
    if (r & 1)
      sums->drained[sums->draineds++] = ticks;
    else
      sums->retire[sums->retires++] = ticks;
    sums->wake[sums->wakes++] = wake_ticks(scene, r);
  }
}

/* Takes what the undisturbed segments of a half give. */
static void collect(const struct scene *scene, struct sums *sums) {
  struct bench_trial *trial = scene->trial;
  struct bench_segments segments = {.count = SEGMENTS};
  for (size_t m = 0; m < trial->threads; m++) {
    const struct diary *diary = bench_team_member(trial->team, m)->room;
    bench_segments_blame_all(&segments, diary->causes);
  }
  find_gaps(scene, &segments);
  bench_trial_choose(trial, &segments);
  for (size_t i = 0; i < segments.chosen_count; i++)
    collect_segment(scene, segments.chosen[i], sums);
}

static void run_halves(struct scene *scene, uint16_t *arrivals,
                       struct sums *sums) {
  struct bench_trial *trial = scene->trial;
  struct results_random random = results_random_seed(trial->seed);
  scene->run.arrivals = arrivals;
  for (int half = 0; half < HALVES; half++) {
    scene->releaser = half ? trial->threads - 1 : 0;
    shuffle_arrivals(arrivals, scene->run.waiters, &random);
    bench_trial_run(trial, body, scene);
    trial->expected += (uint64_t)ROUNDS * trial->threads;
    collect(scene, sums);
  }
}

static int run(struct bench_trial *trial) {
  const struct bench_clock *clock = trial->clock;
  size_t waiters = trial->threads - 1;
  double settle_ns = 5 * trial->probe_ns > 500 ? 5 * trial->probe_ns : 500;
  struct sums *sums = calloc(1, sizeof *sums);
  uint16_t *arrivals = malloc(ROUNDS * waiters * sizeof *arrivals);
  struct scene scene = {
      .trial = trial,
      .gates = aligned_alloc(BENCH_LINE, waiters * sizeof *scene.gates),
      .run = {.round_count = SEGMENT,
              .waiters = (uint32_t)waiters,
              .settle_ticks = (uint64_t)(settle_ns / clock->ns_per_tick)},
  };
  const bool room = sums && arrivals && scene.gates;
  if (room) {
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
  return room ? 0 : -ENOMEM;
}

const struct bench_workload bench_release = {
    .name = "release",
    .help = "release under spinning waiters: retired, drained, and the time "
            "until the first waiter holds the lock",
    .columns = {{"retire_ns", "retire"},
                {"drained_ns", "drained"},
                {"wake_ns", "wake"}},
    .sets = BENCH_PAIRS | BENCH_WAITERS,
    .least_cpus = 2,
    .contended = true,
    .stamps = true,
    .all_routines = true,
    .trial_ms = 3,
    .member_ms = 1.5,
    .run = run,
};
