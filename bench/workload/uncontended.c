/* A lock that nobody else wants: what it costs to have one at all.
 *
 * Four views. `pair`: acquire and release in a loop on a line that stays in
 * the own cache, timed in Google Benchmark's loop. `acquire` and `release`
 * apart: an array of locks taken together and left together, two stamps for
 * each half, a throughput view (stores overlap). `event`: single stamped calls
 * in that state, a latency view: the stamps' fences let nothing overlap, so it
 * is more than its share of a pair. `remote`: the same while the line is dirty
 * in another CPU's cache, two CPUs by turns: the state in which most
 * uncontended locks of a real program are met.
 *
 * Each is measured in segments; one in which a thread lost its CPU, or in which
 * time passed that nothing explains, is left out and counted, as long as enough
 * others remain (segment.h). */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "bench/workload/workload.h"
#include "results/stats.h"

enum {
  SEGMENTS = 16,
  SEGMENT = 50, /* stamped rounds */
  ROUNDS = SEGMENTS * SEGMENT,
};

/* What a thread records of a view; lies in a member's room. */
struct diary {
  enum bench_cause causes[SEGMENTS];
  union {
    double ns[SEGMENTS];               /* of pairs */
    struct bench_split splits[ROUNDS]; /* of the others */
  };
};
_Static_assert(sizeof(struct diary) <= BENCH_MEMBER_ROOM, "diary fits");

static struct diary *diary_of(const struct bench_trial *trial, size_t member) {
  return bench_team_member(trial->team, member)->room;
}

/* In Google Benchmark's loop; some 60 ns a segment of tens of microseconds are
 * not pairs, and none of them in what is timed here. */
static void pairs(struct bench_trial *trial, uint64_t n) {
  struct diary *diary = diary_of(trial, 0);
  (void)bench_witness_look(&trial->seen);
  for (size_t i = 0; i < SEGMENTS; i++) {
    double start = bench_clock_batch_ns(trial->clock);
    trial->kernel->pairs(&trial->sites[0], n / SEGMENTS);
    diary->ns[i] = bench_clock_batch_ns(trial->clock) - start;
    diary->causes[i] = bench_witness_look(&trial->seen);
  }
}
_Static_assert(BENCH_BATCH % SEGMENTS == 0, "segments make up the batch");

/* The segments of a view as its members knew them. */
static struct bench_segments segments_of(const struct bench_trial *trial,
                                         size_t members) {
  struct bench_segments segments = {.count = SEGMENTS};
  for (size_t m = 0; m < members; m++)
    bench_segments_blame_all(&segments, diary_of(trial, m)->causes);
  return segments;
}

/* Median over the chosen segments. */
static void read_pairs(struct bench_trial *trial) {
  const double each = BENCH_BATCH / SEGMENTS;
  const struct diary *diary = diary_of(trial, 0);
  struct bench_segments segments = segments_of(trial, 1);
  double ns[SEGMENTS];
  bench_trial_slow_segments(trial, &segments, diary->ns);
  bench_trial_choose(trial, &segments);
  for (size_t i = 0; i < segments.chosen_count; i++)
    ns[i] = diary->ns[segments.chosen[i]];
  trial->out->pair_ns = bench_segments_usual(ns, segments.chosen_count) / each;
  trial->out->operations = (int64_t)(each * (double)segments.chosen_count);
}

/* One side of a member's splits. */
static void read_side(const struct bench_trial *trial, size_t member,
                      bool release, double *ticks) {
  const struct bench_split *splits = diary_of(trial, member)->splits;
  for (size_t i = 0; i < ROUNDS; i++)
    ticks[i] = release ? splits[i].release : splits[i].acquire;
}

/* Notes what came between in stamped rounds. */
static struct bench_segments choose(struct bench_trial *trial, size_t members) {
  struct bench_segments segments = segments_of(trial, members);
  double ns[ROUNDS], scratch[ROUNDS];
  for (size_t side = 0; side < 2 * members; side++) {
    read_side(trial, side / 2, side % 2, ns);
    for (size_t i = 0; i < ROUNDS; i++)
      ns[i] *= trial->clock->ns_per_tick;
    bench_trial_slow_events(trial, &segments, ns, SEGMENT, scratch);
  }
  bench_trial_choose(trial, &segments);
  return segments;
}

/* The location of one side of a member's chosen splits, in ns. */
static double split_ns(const struct bench_trial *trial, size_t member,
                       const struct bench_segments *segments, bool release) {
  double all[ROUNDS], ticks[ROUNDS];
  read_side(trial, member, release, all);
  for (size_t i = 0; i < segments->chosen_count; i++)
    memcpy(&ticks[i * SEGMENT], &all[segments->chosen[i] * SEGMENT],
           SEGMENT * sizeof *ticks);
  return bench_event_ns(trial->clock, ticks, segments->chosen_count * SEGMENT,
                        trial->clock->pair_ticks);
}

/* A lone member's rounds, by one of the kernel's stamped loops. */
static void measure_alone(struct bench_member *member, struct bench_site *site,
                          void (*loop)(struct bench_site *,
                                       struct bench_split *, size_t)) {
  struct diary *diary = member->room;
  loop(site, diary->splits, 2 * SEGMENT); /* warm */
  (void)bench_witness_look(&member->witness);
  for (size_t i = 0; i < SEGMENTS; i++) {
    loop(site, diary->splits + i * SEGMENT, SEGMENT);
    diary->causes[i] = bench_witness_look(&member->witness);
  }
}

static void array_body(struct bench_member *member, void *context) {
  struct bench_trial *trial = context;
  measure_alone(member, trial->sites, trial->kernel->array);
}

static void measure_array(struct bench_trial *trial) {
  for (int i = 0; i < BENCH_ARRAY; i++)
    trial->kernel->init(&trial->sites[i]);
  bench_team_run(trial->team, 1, array_body, trial, &trial->seen);
  const struct bench_segments segments = choose(trial, 1);
  trial->out->acquire_ns = split_ns(trial, 0, &segments, false) / BENCH_ARRAY;
  trial->out->release_ns = split_ns(trial, 0, &segments, true) / BENCH_ARRAY;
}

static void events_body(struct bench_member *member, void *context) {
  struct bench_trial *trial = context;
  measure_alone(member, &trial->sites[0], trial->kernel->events);
}

static void measure_events(struct bench_trial *trial) {
  bench_trial_reset(trial);
  bench_team_run(trial->team, 1, events_body, trial, &trial->seen);
  const struct bench_segments segments = choose(trial, 1);
  trial->out->event_acquire_ns = split_ns(trial, 0, &segments, false);
  trial->out->event_release_ns = split_ns(trial, 0, &segments, true);
}

struct remote {
  struct bench_trial *trial;
  struct bench_turns turns;
};

/* A segment begins before its barrier: who comes back late from there keeps
 * the other one waiting for its turn. The last turn of a segment is member 1's:
 * after it nobody waits for one. */
static void turns_body(struct bench_member *member, void *context) {
  struct remote *remote = context;
  const struct bench_trial *trial = remote->trial;
  struct diary *diary = member->room;
  for (size_t i = 0; i < SEGMENTS; i++) {
    (void)bench_witness_look(&member->witness);
    if (member->index == 1)
      atomic_store_explicit(&remote->turns.turn, 0, memory_order_relaxed);
    bench_team_meet(member);
    trial->kernel->turns(&trial->sites[0], &remote->turns, member->index,
                         diary->splits + i * SEGMENT, SEGMENT);
    diary->causes[i] = bench_witness_look(&member->witness);
  }
}

/* Both members see the line come from the other: their mean. */
static void measure_remote(struct bench_trial *trial) {
  struct remote remote = {.trial = trial};
  bench_trial_reset(trial);
  bench_team_run(trial->team, 2, turns_body, &remote, &trial->seen);
  trial->expected = trial->kernel->exclusive ? 2 * ROUNDS : 0;
  const struct bench_segments segments = choose(trial, 2);
  double acquire_ns = 0, release_ns = 0;
  for (size_t m = 0; m < 2; m++) {
    acquire_ns += split_ns(trial, m, &segments, false) / 2;
    release_ns += split_ns(trial, m, &segments, true) / 2;
  }
  trial->out->remote_acquire_ns = acquire_ns;
  trial->out->remote_release_ns = release_ns;
}

static int run(struct bench_trial *trial) {
  read_pairs(trial);
  if (!bench_clock_stamps(trial->clock))
    return 0;
  measure_array(trial);
  measure_events(trial);
  if (bench_team_size(trial->team) > 1)
    measure_remote(trial);
  return 0;
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
    .trial_ms = 6,
    .single = pairs,
    .run = run,
};
