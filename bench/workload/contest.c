/* Windows of competition, added up (see contest.h). */
#include "bench/workload/contest.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/trial/probe.h"
#include "bench/trial/segment.h"
#include "bench/workload/domains.h"
#include "results/stats.h"

_Static_assert(sizeof(struct bench_contest_entry) <= BENCH_MEMBER_ROOM,
               "an entry fits");

/* Time for everybody to leave the barrier before the window opens. */
static const double opening_ns = 20000;

/* Windows, at most, until one has enough undisturbed slices. */
enum { ATTEMPTS = 3 };

static uint64_t sample_every(size_t threads) {
  uint64_t every = BENCH_SAMPLE_EVERY;
  if (threads > BENCH_SAMPLE_CROWD)
    every = BENCH_SAMPLE_EVERY * BENCH_SAMPLE_CROWD / threads;
  return every ? every : 1;
}

static struct bench_window orders_of(const struct bench_contest *contest,
                                     const struct bench_member *member) {
  const struct bench_clock *clock = contest->trial->clock;
  return (struct bench_window){
      .member = member->index,
      .section = contest->section,
      .think = contest->think,
      .payload = contest->payload,
      .lines = contest->lines,
      .domain_of = contest->domain_of,
      .ns_scale = (uint64_t)(clock->ns_per_tick * 4294967296.0),
      .pair_ticks = (uint64_t)clock->pair_ticks,
      .every = sample_every(contest->trial->threads),
  };
}

/* Slices adjoin: the next one has begun when this one ends. */
static void compete(const struct bench_contest *contest,
                    struct bench_member *member, struct bench_window *orders,
                    size_t number) {
  struct bench_contest_entry *entry = member->room;
  orders->begin = contest->begin + number * contest->length;
  orders->deadline = orders->begin + contest->length;
  orders->acquire_ns = &entry->acquire_ns[number];
  orders->runs = &entry->runs[number];
  contest->loop(contest->site, orders);
  entry->slices[number] =
      (struct bench_slice){.started = orders->started,
                           .stopped = orders->stopped,
                           .operations = orders->operations,
                           .handovers = orders->handovers,
                           .from_node = orders->from_node,
                           .from_l3 = orders->from_l3,
                           .head = orders->head,
                           .tail = orders->tail,
                           .longest = orders->longest_run,
                           .gap = orders->gap,
                           .parked = bench_witness_parked(&member->witness)};
}

static void body(struct bench_member *member, void *context) {
  struct bench_contest *contest = context;
  const double ns_per_tick = contest->trial->clock->ns_per_tick;
  memset(member->room, 0, sizeof(struct bench_contest_entry));
  struct bench_window orders = orders_of(contest, member);
  bench_team_meet(member);
  (void)bench_witness_parked(&member->witness);
  if (member->index == 0)
    contest->begin = bench_clock_now() + (uint64_t)(opening_ns / ns_per_tick);
  bench_team_meet(member);
  for (size_t i = 0; i < contest->slices; i++)
    compete(contest, member, &orders, i);
}

/* An interrupt takes less; so does a busy lock from look to look. */
static const double gap_ns = 50000;

/* What is read off a window, and where it is put together. */
struct reading {
  struct bench_slice *slices;
  double *by_member, *scratch;
  size_t chosen[BENCH_SLICES], count;
  size_t gaps; /* slices in which a member was gone, by the clock */
  bool clean;
};

/* Takes the members' slices and chooses those that count. */
static void read_off(struct bench_contest *contest, struct reading *reading) {
  struct bench_trial *trial = contest->trial;
  const size_t count = contest->slices;
  struct bench_slices all = {reading->slices, trial->threads, count,
                             contest->begin, contest->length};
  bool disturbed[BENCH_SLICES] = {false};
  for (size_t m = 0; m < trial->threads; m++) {
    const struct bench_contest_entry *entry =
        bench_team_member(trial->team, m)->room;
    memcpy(reading->slices + m * count, entry->slices,
           count * sizeof *entry->slices);
    for (size_t i = 0; i < count; i++)
      trial->expected += entry->slices[i].operations;
  }
  if (!trial->workload->crowded) {
    if (trial->kernel->ordered || trial->threads == 1)
      reading->gaps = bench_slices_find_gaps(
          reading->slices, trial->threads * count,
          gap_ns / trial->clock->ns_per_tick, reading->scratch);
    bench_slices_mark(&all, disturbed);
  }
  for (size_t i = 0; i < count; i++)
    trial->out->segments_disturbed += disturbed[i];
  reading->count =
      bench_segments_choose(disturbed, count, reading->chosen, &reading->clean);
}

static void merge_chosen(const struct bench_contest *contest,
                         const struct reading *reading,
                         struct bench_contest_result *out) {
  for (size_t m = 0; m < contest->trial->threads; m++) {
    struct bench_contest_entry *entry =
        bench_team_member(contest->trial->team, m)->room;
    for (size_t i = 0; i < reading->count; i++) {
      size_t k = reading->chosen[i];
      const struct bench_slice *slice = &entry->slices[k];
      if (slice->handovers) /* its head comes back, joined */
        entry->runs[k].count[results_histogram_index(slice->head)]--;
      results_histogram_merge(&out->runs, &entry->runs[k]);
      results_histogram_merge(&out->acquire_ns, &entry->acquire_ns[k]);
      contest->trial->counted += slice->operations;
    }
  }
}

/* How long it took until everybody competed. */
static double skew(const struct bench_contest *contest,
                   const struct reading *reading) {
  uint64_t first = UINT64_MAX, last = 0;
  for (size_t m = 0; m < contest->trial->threads; m++) {
    const uint64_t started = reading->slices[m * contest->slices].started;
    first = started < first ? started : first;
    last = started > last ? started : last;
  }
  return (double)(last - first);
}

static void add_up(const struct bench_contest *contest,
                   const struct reading *reading,
                   struct bench_contest_result *out) {
  const size_t threads = contest->trial->threads;
  const struct bench_slices all = {reading->slices, threads, contest->slices,
                                   contest->begin, contest->length};
  double least = (double)INFINITY, most = 0;
  memset(out, 0, sizeof *out);
  merge_chosen(contest, reading, out);
  out->longest_run = (double)bench_slices_join(&all, reading->chosen,
                                               reading->count, &out->runs);
  out->sum = bench_slices_add(&all, reading->chosen, reading->count,
                              reading->by_member, reading->scratch);
  for (size_t m = 0; m < threads; m++) {
    least = fmin(least, reading->by_member[m]);
    most = fmax(most, reading->by_member[m]);
  }
  out->jain = results_jain(reading->by_member, threads);
  out->skew_ticks = skew(contest, reading);
  out->min_max = least / most;
  out->node_chance = bench_domains_chance(
      contest->domain_of, reading->by_member, threads, BENCH_L3_BITS);
  out->l3_chance =
      bench_domains_chance(contest->domain_of, reading->by_member, threads, 0);
  out->node_jain = bench_domains_jain(contest->domain_of, reading->by_member,
                                      threads, BENCH_L3_BITS);
}

/* A window stands between two probes. */
static void look_again(struct bench_trial *trial) {
  trial->out->probe_before_ns =
      bench_probe(trial->team, trial->clock, trial->probe_line);
}

static void measure(struct bench_contest *contest, struct reading *reading,
                    struct bench_contest_result *out) {
  struct bench_trial *trial = contest->trial;
  const int most = trial->workload->crowded ? 1 : ATTEMPTS;
  bench_domains_fill(trial, contest->domain_of);
  contest->section = bench_chain_links(trial->clock, trial->section_ns);
  contest->think = bench_chain_links(trial->clock, trial->think_ns);
  contest->length = (uint64_t)(contest->window_ns / trial->clock->ns_per_tick) /
                    contest->slices;
  for (int attempt = 0; attempt < most && !reading->clean; attempt++) {
    if (attempt)
      look_again(trial);
    bench_trial_run(trial, body, contest);
    read_off(contest, reading);
  }
  trial->left_out &= reading->clean;
  if (!reading->clean)
    trial->out->segments_stalled += (double)reading->gaps;
  add_up(contest, reading, out);
}

int bench_contest_run(struct bench_contest *contest,
                      struct bench_contest_result *out) {
  const size_t threads = contest->trial->threads;
  const size_t slices = contest->slices;
  struct reading reading = {
      .slices = calloc(threads * slices, sizeof *reading.slices),
      .by_member = calloc(threads, sizeof *reading.by_member),
      .scratch =
          calloc((threads + 1) * slices + threads, sizeof *reading.scratch)};
  contest->domain_of = calloc(threads, sizeof *contest->domain_of);
  bool room = reading.slices && reading.by_member && reading.scratch &&
              contest->domain_of;
  if (room)
    measure(contest, &reading, out);
  free(contest->domain_of);
  free(reading.slices);
  free(reading.by_member);
  free(reading.scratch);
  return room ? 0 : -ENOMEM;
}

void bench_contest_reset(struct bench_trial *trial) {
  bench_trial_reset(trial);
  trial->left_out = !trial->workload->crowded;
  trial->out->segments_disturbed = trial->out->segments_stalled = 0;
}

/* A share of hand-overs, beside what chance would give. */
static void report_migration(struct results_trial *out,
                             const struct bench_contest_result *result) {
  const struct bench_slices_sum *sum = &result->sum;
  out->node_share_random = result->node_chance;
  out->l3_share_random = result->l3_chance;
  out->node_jain = result->node_jain;
  if (!isnan(result->node_chance))
    out->node_share = sum->from_node / sum->handovers;
  if (!isnan(result->l3_chance))
    out->l3_share = sum->from_l3 / sum->handovers;
}

void bench_contest_report(struct bench_trial *trial,
                          const struct bench_contest_result *result) {
  const struct bench_slices_sum *sum = &result->sum;
  const double span_ns = sum->ticks * trial->clock->ns_per_tick;
  struct results_trial *out = trial->out;
  if (sum->operations <= 0)
    return; /* all slept through it */
  out->op_ns = span_ns / sum->operations;
  out->ops_per_s = 1e9 / out->op_ns;
  out->overlap = sum->overlap;
  out->segments_stalled += (double)sum->stalled;
  results_histogram_merge(trial->acquire_ns, &result->acquire_ns);
  out->acquire_p50_ns = results_histogram_percentile(trial->acquire_ns, 0.50);
  out->acquire_p99_ns = results_histogram_percentile(trial->acquire_ns, 0.99);
  if (trial->threads == 1)
    return;
  out->jain = result->jain;
  out->start_skew_ns = result->skew_ticks * trial->clock->ns_per_tick;
  out->min_max = result->min_max;
  out->handover_share = sum->handovers / sum->operations;
  out->longest_run = result->longest_run;
  out->run_p50 = results_histogram_percentile(&result->runs, 0.50);
  out->run_p99 = results_histogram_percentile(&result->runs, 0.99);
  if (!trial->workload->crowded)
    out->jain_slice = sum->jain;
  if (sum->handovers <= 0)
    return;
  out->handover_ns = span_ns / sum->handovers;
  report_migration(out, result);
}

/* About a millisecond each; enough to leave some out. */
static size_t slices_of(double window_ns) {
  return (size_t)fmin(BENCH_SLICES, fmax(5, floor(window_ns / 1e6)));
}

void bench_contest_trial(struct bench_trial *trial,
                         void (*loop)(struct bench_site *,
                                      struct bench_window *)) {
  static struct bench_contest_result result; /* large: histograms */
  struct bench_contest contest = {
      .trial = trial,
      .site = &trial->sites[0],
      .payload = trial->payload,
      .lines = trial->variant->cs_lines,
      .window_ns = trial->window_ns * trial->workload->windows,
      .slices = trial->workload->crowded ? 1 : slices_of(trial->window_ns),
      .loop = loop};
  bench_contest_reset(trial);
  if (!bench_contest_run(&contest, &result))
    bench_contest_report(trial, &result);
}
