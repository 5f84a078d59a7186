/* A thread is stopped in the middle: does the lock stand still with it?
 *
 * In each round one thread is kept from running for half a millisecond, as by
 * a preemption, but at a known place (stop.h). `holder`: it has the lock and
 * all others wait; what counts is how long after its stop the next one has it,
 * as waiters may have moved away or slept meanwhile. `waiter`: it waits for the
 * lock, which its holder then leaves and takes again, with all others, as often
 * as it can. A lock that serves in order has been granted to a thread that does
 * not run, and stands still; others go on.
 *
 * A round in which a member lost its CPU beside that is left out and counted,
 * as long as enough others remain (segment.h). Stops end with a return from
 * the handler, about a microsecond: for a stopped waiter it is part of
 * `resume_ns`, the same for every lock. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/workload/stop.h"
#include "bench/workload/workload.h"
#include "locks/cpu.h"
#include "results/stats.h"

enum { HOLDER, WAITER, ROUNDS = 16 };

static const struct bench_variant variants[] = {
    {.text = "holder", .choice = HOLDER},
    {.text = "waiter", .choice = WAITER},
    {.text = ""}};

/* All have called acquire by then, and wait as they do for long. */
static const double settle_ns = 20000;

/* Who waits for a lucky moment does so no longer than this after the stop. */
static const double patience_ns = 1e6;

/* What one member did in a round; lies in its own room. Ticks. */
struct entry {
  uint64_t in;            /* when it had the lock, first */
  uint64_t longest;       /* that nobody had come to the lock before it did */
  uint64_t passed;        /* its acquisitions during the stop, */
  uint64_t turns;         /* and in all */
  enum bench_cause cause; /* of its own disturbance, beside the stop */
};

struct scene {
  struct bench_trial *trial;
  size_t victim;
  pthread_t thread; /* the victim's */
  uint64_t settle, patience;
  uint64_t from[ROUNDS], to[ROUNDS]; /* the stops */
  struct bench_stop stop;
  _Alignas(BENCH_LINE) _Atomic uint32_t held; /* the round it is held in */
  _Alignas(BENCH_LINE) _Atomic uint32_t joined;
  _Alignas(BENCH_LINE) _Atomic uint32_t served; /* the victim had the lock */
  _Alignas(BENCH_LINE) uint64_t last; /* who has the lock: when it got it */
};

static void await(_Atomic uint32_t *word, uint32_t value) {
  while (atomic_load_explicit(word, memory_order_acquire) != value)
    cpu_pause();
}

static bool is(_Atomic uint32_t *word, uint32_t value) {
  return atomic_load_explicit(word, memory_order_acquire) == value;
}

static void pass_time(uint64_t ticks) {
  const uint64_t until = bench_clock_now() + ticks;
  while ((int64_t)(bench_clock_now() - until) < 0)
    cpu_pause();
}

/* One acquisition by a member that is not to be stopped, or was. */
static void come_and_go(struct scene *scene, struct entry *entry,
                        uint32_t round) {
  struct bench_site *site = &scene->trial->sites[0];
  struct bench_handle handle;
  scene->trial->kernel->take(site, &handle);
  const uint64_t now = bench_clock_now();
  const uint64_t since = now - scene->last;
  scene->last = now;
  site->data.count++;
  scene->trial->kernel->give(site, &handle);
  entry->in = entry->in ? entry->in : now;
  if ((int64_t)since > (int64_t)entry->longest)
    entry->longest = since;
  entry->passed += !is(&scene->stop.ended, round);
  entry->turns++;
}

static bool is_patient(struct scene *scene, uint32_t round) {
  return !is(&scene->stop.ended, round) ||
         (int64_t)(bench_clock_now() - scene->stop.to) <
             (int64_t)scene->patience;
}

/* As often as it can, until the stopped waiter has had its turn. */
static void go_on(struct scene *scene, struct entry *entry, uint32_t round) {
  while (!is(&scene->served, round) && is_patient(scene, round))
    come_and_go(scene, entry, round);
}

/* Holds the lock until all others wait, and one of them is stopped or it is
 * itself. */
static void hold(struct scene *scene, struct entry *entry, uint32_t round) {
  struct bench_trial *trial = scene->trial;
  struct bench_site *site = &trial->sites[0];
  struct bench_handle handle;
  trial->kernel->take(site, &handle);
  site->data.count++;
  atomic_store_explicit(&scene->held, round, memory_order_release);
  await(&scene->joined, (uint32_t)(trial->threads - 1) * round);
  pass_time(scene->settle);
  bench_stop_thread(scene->thread);
  await(&scene->stop.begun, round);
  if (trial->variant->choice == HOLDER)
    await(&scene->stop.ended, round);
  scene->last = bench_clock_now();
  if (trial->variant->choice == HOLDER)
    scene->stop.to = scene->last; /* the handler's way back is no matter */
  trial->kernel->give(site, &handle);
  entry->turns++;
}

static void join(struct scene *scene, struct entry *entry, uint32_t round) {
  await(&scene->held, round);
  atomic_fetch_add_explicit(&scene->joined, 1, memory_order_acq_rel);
  come_and_go(scene, entry, round);
}

static void play(struct scene *scene, size_t member, struct entry *entry,
                 uint32_t round) {
  if (member == 0)
    hold(scene, entry, round);
  else
    join(scene, entry, round);
  if (member == scene->victim)
    atomic_store_explicit(&scene->served, round, memory_order_release);
  else if (scene->trial->variant->choice == WAITER)
    go_on(scene, entry, round);
}

static void body(struct bench_member *member, void *context) {
  struct scene *scene = context;
  struct entry *entries = member->room;
  const bool victim = member->index == scene->victim;
  memset(entries, 0, ROUNDS * sizeof *entries);
  if (victim) {
    scene->thread = pthread_self();
    bench_stop_accept(&scene->stop);
  }
  for (uint32_t round = 1; round <= ROUNDS; round++) {
    if (victim)
      scene->stop.number = round;
    bench_team_meet(member);
    (void)bench_witness_look(&member->witness);
    play(scene, member->index, &entries[round - 1], round);
    entries[round - 1].cause = bench_witness_look(&member->witness);
    if (victim) {
      scene->from[round - 1] = scene->stop.from;
      scene->to[round - 1] = scene->stop.to;
    }
  }
  bench_stop_accept(NULL);
}

static const struct entry *entry_of(const struct scene *scene, size_t member,
                                    size_t round) {
  const struct entry *entries =
      bench_team_member(scene->trial->team, member)->room;
  return &entries[round];
}

/* The rounds that nothing came between in; all, if those are few. A stop hides
 * what the host does meanwhile, so nobody looks for gaps. */
static void choose(const struct scene *scene, struct bench_segments *rounds) {
  struct bench_trial *trial = scene->trial;
  for (size_t r = 0; r < ROUNDS; r++)
    for (size_t m = 0; m < trial->threads; m++) {
      bench_segments_blame(rounds, r, entry_of(scene, m, r)->cause);
      trial->expected += entry_of(scene, m, r)->turns;
    }
  bench_trial_choose(trial, rounds);
}

/* Figures of the chosen rounds, in ticks but for `passed`. */
struct figures {
  double resume[ROUNDS], stop[ROUNDS], stuck[ROUNDS], passed[ROUNDS];
};

static void read_round(const struct scene *scene, size_t round,
                       struct figures *figures, size_t at) {
  uint64_t longest = 0, passed = 0, first = UINT64_MAX;
  const uint64_t stop = scene->to[round] - scene->from[round];
  for (size_t m = 1; m < scene->trial->threads; m++) {
    const struct entry *entry = entry_of(scene, m, round);
    if (entry->in < first)
      first = entry->in;
  }
  for (size_t m = 0; m < scene->trial->threads; m++) {
    const struct entry *entry = entry_of(scene, m, round);
    longest = entry->longest > longest ? entry->longest : longest;
    passed += entry->passed;
  }
  if (scene->victim)
    first = entry_of(scene, scene->victim, round)->in;
  figures->resume[at] = (double)(int64_t)(first - scene->to[round]);
  figures->stop[at] = (double)stop;
  figures->stuck[at] = fmin(1, (double)longest / (double)stop);
  figures->passed[at] = (double)passed;
}

static double median(double *values, size_t count) {
  results_sort(values, count);
  return results_median_sorted(values, count);
}

static void report(const struct scene *scene) {
  struct bench_trial *trial = scene->trial;
  struct figures figures;
  struct bench_segments rounds = {.count = ROUNDS};
  const double ns = trial->clock->ns_per_tick;
  choose(scene, &rounds);
  const size_t count = rounds.chosen_count;
  for (size_t i = 0; i < count; i++)
    read_round(scene, rounds.chosen[i], &figures, i);
  trial->out->resume_ns = median(figures.resume, count) * ns;
  trial->out->stop_ns = median(figures.stop, count) * ns;
  if (trial->variant->choice == HOLDER)
    return;
  trial->out->stuck_share = median(figures.stuck, count);
  trial->out->passed = median(figures.passed, count);
}

static int run(struct bench_trial *trial) {
  const double ns = trial->clock->ns_per_tick;
  struct scene *scene = aligned_alloc(BENCH_LINE, sizeof *scene);
  struct sigaction before;
  if (!scene)
    return -ENOMEM;
  memset(scene, 0, sizeof *scene);
  scene->trial = trial;
  scene->victim = trial->variant->choice == HOLDER ? 0 : trial->threads - 1;
  scene->settle = (uint64_t)(settle_ns / ns);
  scene->patience = (uint64_t)(patience_ns / ns);
  bench_trial_reset(trial);
  bench_stop_open(&before);
  bench_trial_run(trial, body, scene);
  bench_stop_close(&before);
  report(scene);
  free(scene);
  return 0;
}

const struct bench_workload bench_preempted = {
    .name = "preempted",
    .help = "a holder or a waiter is stopped for half a millisecond: does the "
            "lock stand still, and how soon does it go on",
    .columns = {{"resume_ns", "resumed"},
                {"stuck_share", "part stuck"},
                {"passed", "passed meanwhile"},
                {"stop_ns", "stop"}},
    .sets = BENCH_PAIRS | BENCH_TEAMS,
    .least_cpus = 2,
    .contended = true,
    .stamps = true,
    .on_request = true,
    .variants = variants,
    .trial_ms = ROUNDS * 0.8,
    .run = run,
};
