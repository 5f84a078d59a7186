/* A lock that nobody else wants: what it costs to have one at all.
 *
 * Four views. `pair`: acquire and release in a loop on a line that stays in
 * the own cache, timed in Google Benchmark's loop. `acquire` and `release`
 * apart: an array of locks taken together and left together, two stamps for
 * each half, a throughput view (stores overlap). `event`: single stamped calls
 * in that state, a latency view: the stamps' fences let nothing overlap, so it
 * is more than its share of a pair. `remote`: the same while the line is dirty
 * in another CPU's cache, two CPUs by turns: the state in which most
 * uncontended locks of a real program are met. */
#include <math.h>

#include "bench/workload/workload.h"

enum { ARRAY_ROUNDS = 500, TURNS = 1000 };

/* The median-like location of one side of the splits, in ns. */
static double split_ns(struct bench_trial *trial,
                       const struct bench_split *splits, size_t count,
                       bool release) {
  static double ticks[TURNS];
  for (size_t i = 0; i < count; i++) {
    ticks[i] = release ? splits[i].release : splits[i].acquire;
    bench_trial_gap(trial, ticks[i] * trial->clock->ns_per_tick);
  }
  return bench_event_ns(trial->clock, ticks, count, trial->clock->pair_ticks);
}

static void array_body(struct bench_member *member, void *context) {
  struct bench_trial *trial = context;
  struct bench_split *splits = member->room;
  trial->kernel->array(trial->sites, splits, ARRAY_ROUNDS / 10); /* warm */
  trial->kernel->array(trial->sites, splits, ARRAY_ROUNDS);
}

static void measure_array(struct bench_trial *trial) {
  for (int i = 0; i < BENCH_ARRAY; i++)
    trial->kernel->init(&trial->sites[i]);
  bench_team_run(trial->team, 1, array_body, trial, &trial->seen);
  const struct bench_split *splits = bench_team_member(trial->team, 0)->room;
  trial->out->acquire_ns =
      split_ns(trial, splits, ARRAY_ROUNDS, false) / BENCH_ARRAY;
  trial->out->release_ns =
      split_ns(trial, splits, ARRAY_ROUNDS, true) / BENCH_ARRAY;
}

static void events_body(struct bench_member *member, void *context) {
  struct bench_trial *trial = context;
  struct bench_split *splits = member->room;
  trial->kernel->events(&trial->sites[0], splits, TURNS / 10); /* warm */
  trial->kernel->events(&trial->sites[0], splits, TURNS);
}

static void measure_events(struct bench_trial *trial) {
  bench_trial_reset(trial);
  bench_team_run(trial->team, 1, events_body, trial, &trial->seen);
  const struct bench_split *splits = bench_team_member(trial->team, 0)->room;
  trial->out->event_acquire_ns = split_ns(trial, splits, TURNS, false);
  trial->out->event_release_ns = split_ns(trial, splits, TURNS, true);
}

struct remote {
  struct bench_trial *trial;
  struct bench_turns turns;
};

static void turns_body(struct bench_member *member, void *context) {
  struct remote *remote = context;
  struct bench_trial *trial = remote->trial;
  trial->kernel->turns(&trial->sites[0], &remote->turns, member->index,
                       member->room, TURNS);
}

/* Both members see the line come from the other: their mean. */
static void measure_remote(struct bench_trial *trial) {
  struct remote remote = {.trial = trial};
  bench_trial_reset(trial);
  bench_team_run(trial->team, 2, turns_body, &remote, &trial->seen);
  trial->expected = trial->kernel->exclusive ? 2 * TURNS : 0;
  double acquire_ns = 0, release_ns = 0;
  for (size_t i = 0; i < 2; i++) {
    const struct bench_split *splits = bench_team_member(trial->team, i)->room;
    acquire_ns += split_ns(trial, splits, TURNS, false) / 2;
    release_ns += split_ns(trial, splits, TURNS, true) / 2;
  }
  trial->out->remote_acquire_ns = acquire_ns;
  trial->out->remote_release_ns = release_ns;
}

/* `pair` has been measured by the campaign, in Google Benchmark's loop. */
static void run(struct bench_trial *trial) {
  if (!bench_clock_stamps(trial->clock))
    return;
  measure_array(trial);
  measure_events(trial);
  if (bench_team_size(trial->team) > 1)
    measure_remote(trial);
}

const struct bench_workload bench_uncontended = {
    .name = "uncontended",
    .help = "one thread: the pair, acquire and release apart, and with the "
            "line dirty in another CPU's cache",
    .columns = {{"pair_ns", "pair"},
                {"acquire_ns", "acquire"},
                {"release_ns", "release"},
                {"event_acquire_ns", "one acquire"},
                {"event_release_ns", "one release"},
                {"remote_acquire_ns", "remote acquire"},
                {"remote_release_ns", "remote release"}},
    .sets = BENCH_PAIRS,
    .least_cpus = 1,
    .all_routines = true,
    .single = true,
    .trial_ms = 6,
    .run = run,
};
