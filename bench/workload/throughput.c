/* Free competition over a fixed window: how much work, and who did it.
 *
 * All threads start at one instant and stop by one deadline, so nobody runs
 * alone for long; `overlap` says how well that went. Nanoseconds an operation
 * alone ranks locks backwards (a lock that its last holder keeps is fast and
 * useless), so ns a hand-over and the share of acquisitions that changed owner
 * stand beside it. One acquire in 64 is stamped, for the latency spectrum.
 *
 * The window is read off in slices; one in which a member lost its CPU, or was
 * not back yet, is left out and counted, as long as enough others remain
 * (segment.h, slice.h). */
#include <math.h>
#include <stdlib.h>

#include "bench/segment.h"
#include "bench/slice.h"
#include "bench/workload/workload.h"
#include "results/stats.h"

enum { SLICES = 10 };

/* Time for everybody to leave the barrier before the window opens. */
static const double opening_ns = 20000;

/* What one member records; lies in its own room. */
struct entry {
  struct bench_slice slices[SLICES];
  struct results_histogram acquire_ns[SLICES];
};
_Static_assert(sizeof(struct entry) <= BENCH_MEMBER_ROOM, "entry fits");

struct contest {
  struct bench_trial *trial;
  uint64_t section, think;
  uint64_t begin, slice_ticks; /* set by member 0 between two barriers */
};

/* Slices adjoin: the next one has begun when this one ends. */
static void compete(const struct contest *contest, struct bench_member *member,
                    size_t number) {
  const struct bench_trial *trial = contest->trial;
  const struct bench_clock *clock = trial->clock;
  struct entry *entry = member->room;
  const uint64_t begin = contest->begin + number * contest->slice_ticks;
  struct bench_window window = {
      .member = member->index,
      .begin = begin,
      .deadline = begin + contest->slice_ticks,
      .section = contest->section,
      .think = contest->think,
      .ns_scale = (uint64_t)(clock->ns_per_tick * 4294967296.0),
      .pair_ticks = (uint64_t)clock->pair_ticks,
      .acquire_ns = &entry->acquire_ns[number],
  };
  trial->kernel->compete(&trial->sites[0], &window);
  entry->slices[number] =
      (struct bench_slice){.started = window.started,
                           .stopped = window.stopped,
                           .operations = window.operations,
                           .handovers = window.handovers,
                           .parked = bench_witness_parked(&member->witness)};
}

static void body(struct bench_member *member, void *context) {
  struct contest *contest = context;
  const struct bench_trial *trial = contest->trial;
  const double ns_per_tick = trial->clock->ns_per_tick;
  (void)bench_witness_parked(&member->witness);
  if (member->index == 0) {
    contest->begin = bench_clock_now() + (uint64_t)(opening_ns / ns_per_tick);
    contest->slice_ticks = (uint64_t)(trial->window_ns / SLICES / ns_per_tick);
  }
  bench_team_meet(member);
  for (size_t i = 0; i < SLICES; i++)
    compete(contest, member, i);
}

/* All members' slices, and the ones that count. */
struct outcome {
  struct bench_slice *slices;
  double *by_member;
  size_t chosen[SLICES], count;
};

static void gather(struct bench_trial *trial, struct outcome *out) {
  const struct bench_slices all = {out->slices, trial->threads, SLICES};
  bool disturbed[SLICES];
  trial->out->segments_disturbed = 0;
  for (size_t m = 0; m < trial->threads; m++) {
    const struct entry *entry = bench_team_member(trial->team, m)->room;
    for (size_t i = 0; i < SLICES; i++) {
      out->slices[m * SLICES + i] = entry->slices[i];
      trial->expected += entry->slices[i].operations;
    }
  }
  bench_slices_mark(&all, disturbed);
  for (size_t i = 0; i < SLICES; i++)
    trial->out->segments_disturbed += disturbed[i];
  out->count =
      bench_segments_choose(disturbed, SLICES, out->chosen, &trial->left_out);
}

static void merge_latencies(struct bench_trial *trial,
                            const struct outcome *outcome) {
  for (size_t m = 0; m < trial->threads; m++) {
    const struct entry *entry = bench_team_member(trial->team, m)->room;
    for (size_t i = 0; i < outcome->count; i++)
      results_histogram_merge(trial->acquire_ns,
                              &entry->acquire_ns[outcome->chosen[i]]);
  }
}

static void report(struct bench_trial *trial, const struct outcome *outcome) {
  const struct bench_slices all = {outcome->slices, trial->threads, SLICES};
  struct results_trial *out = trial->out;
  struct bench_slices_sum sum = bench_slices_add(
      &all, outcome->chosen, outcome->count, outcome->by_member);
  out->op_ns = trial->clock->ns_per_tick / sum.operations;
  out->ops_per_s = 1e9 / out->op_ns;
  out->overlap = sum.overlap;
  out->acquire_p50_ns = results_histogram_percentile(trial->acquire_ns, 0.5);
  out->acquire_p99_ns = results_histogram_percentile(trial->acquire_ns, 0.99);
  if (trial->threads == 1)
    return;
  double least = outcome->by_member[0], most = least;
  for (size_t m = 1; m < trial->threads; m++) {
    least = fmin(least, outcome->by_member[m]);
    most = fmax(most, outcome->by_member[m]);
  }
  out->handover_share = sum.handovers / sum.operations;
  if (sum.handovers > 0)
    out->handover_ns = trial->clock->ns_per_tick / sum.handovers;
  out->jain = results_jain(outcome->by_member, trial->threads);
  out->min_max = least / most;
}

static void run(struct bench_trial *trial) {
  struct outcome outcome = {
      .slices = calloc(trial->threads * SLICES, sizeof *outcome.slices),
      .by_member = calloc(trial->threads, sizeof *outcome.by_member)};
  struct contest contest = {
      .trial = trial,
      .section = bench_chain_links(trial->clock, trial->section_ns),
      .think = bench_chain_links(trial->clock, trial->think_ns)};
  if (outcome.slices && outcome.by_member) {
    bench_trial_reset(trial);
    bench_trial_run(trial, body, &contest);
    gather(trial, &outcome);
    merge_latencies(trial, &outcome);
    report(trial, &outcome);
  }
  free(outcome.slices);
  free(outcome.by_member);
}

const struct bench_workload bench_throughput = {
    .name = "throughput",
    .help = "free competition over a fixed window: operations, hand-overs, "
            "fairness, acquire latency",
    .columns = {{"op_ns", "ns/op"},
                {"handover_ns", "ns/hand-over"},
                {"handover_share", "hand-overs"},
                {"jain", "Jain"},
                {"min_max", "min/max"},
                {"acquire_p50_ns", "acquire p50"},
                {"acquire_p99_ns", "acquire p99"}},
    .sets = BENCH_ALL_TEAMS,
    .least_cpus = 1,
    .contended = true,
    .stamps = true,
    .windows = 1,
    .run = run,
};
