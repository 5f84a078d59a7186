/* Windows of competition, run and added up (see contest.h). */
#include "bench/workload/contest.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/trial/probe.h"
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
                           .cause = bench_witness_look(&member->witness)};
}

static void body(struct bench_member *member, void *context) {
  struct bench_contest *contest = context;
  const double ns_per_tick = contest->trial->clock->ns_per_tick;
  memset(member->room, 0, sizeof(struct bench_contest_entry));
  struct bench_window orders = orders_of(contest, member);
  bench_team_meet(member);
  (void)bench_witness_look(&member->witness);
  if (member->index == 0)
    contest->begin = bench_clock_now() + (uint64_t)(opening_ns / ns_per_tick);
  bench_team_meet(member);
  for (size_t i = 0; i < contest->slices; i++)
    compete(contest, member, &orders, i);
}

/* An interrupt takes less; so does a busy lock from look to look. */
static const double gap_ns = 50000;

/* What is read off a window, and where windows are put together. */
struct reading {
  struct bench_slice *slices;
  struct bench_segments segments; /* the window's slices */
  double *by_member, *all_by_member, *scratch;
};

/* Notes slices in which somebody was not there. */
static void find_causes(const struct bench_contest *contest,
                        struct reading *reading) {
  struct bench_trial *trial = contest->trial;
  const double ns_per_tick = trial->clock->ns_per_tick;
  const size_t count = contest->slices, all = trial->threads * count;
  const struct bench_slices slices = {reading->slices, trial->threads, count,
                                      contest->begin, contest->length};
  if (trial->kernel->ordered || trial->threads == 1)
    bench_slices_find_gaps(reading->slices, all, gap_ns / ns_per_tick,
                           reading->scratch);
  bench_slices_blame(&slices, &reading->segments);
  for (size_t i = 0; i < all; i++)
    if (reading->slices[i].cause == BENCH_GAP)
      bench_trial_gap(trial, &reading->segments, i % count,
                      (double)reading->slices[i].gap * ns_per_tick);
}

/* Takes the members' slices and chooses those that count. */
static void read_off(const struct bench_contest *contest,
                     struct reading *reading) {
  struct bench_trial *trial = contest->trial;
  const size_t count = contest->slices;
  reading->segments = (struct bench_segments){.count = count};
  for (size_t m = 0; m < trial->threads; m++) {
    const struct bench_contest_entry *entry =
        bench_team_member(trial->team, m)->room;
    memcpy(reading->slices + m * count, entry->slices,
           count * sizeof *entry->slices);
    for (size_t i = 0; i < count; i++)
      trial->expected += entry->slices[i].operations;
  }
  if (!trial->workload->crowded)
    find_causes(contest, reading);
  bench_segments_choose(&reading->segments);
  bench_segments_count(&reading->segments, trial->out);
}

static void merge_chosen(const struct bench_contest *contest,
                         const struct reading *reading,
                         struct bench_contest_result *out) {
  for (size_t m = 0; m < contest->trial->threads; m++) {
    struct bench_contest_entry *entry =
        bench_team_member(contest->trial->team, m)->room;
    for (size_t i = 0; i < reading->segments.chosen_count; i++) {
      size_t k = reading->segments.chosen[i];
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

static void add_window(const struct bench_contest *contest,
                       const struct reading *reading,
                       struct bench_contest_result *out) {
  const size_t threads = contest->trial->threads;
  const struct bench_segments *segments = &reading->segments;
  const struct bench_slices all = {reading->slices, threads, contest->slices,
                                   contest->begin, contest->length};
  merge_chosen(contest, reading, out);
  const uint64_t longest = bench_slices_join(
      &all, segments->chosen, segments->chosen_count, &out->runs);
  const struct bench_slices_sum sum =
      bench_slices_add(&all, segments->chosen, segments->chosen_count,
                       reading->by_member, reading->scratch);
  out->longest_run = fmax(out->longest_run, (double)longest);
  out->skew_ticks = fmax(out->skew_ticks, skew(contest, reading));
  bench_slices_sum_add(&out->sum, &sum);
  for (size_t m = 0; m < threads; m++)
    reading->all_by_member[m] += reading->by_member[m];
}

/* Who got how much of all windows. */
static void divide(const struct bench_contest *contest, const double *by_member,
                   struct bench_contest_result *out) {
  const size_t threads = contest->trial->threads;
  double least = (double)INFINITY, most = 0;
  for (size_t m = 0; m < threads; m++) {
    least = fmin(least, by_member[m]);
    most = fmax(most, by_member[m]);
  }
  out->jain = results_jain(by_member, threads);
  out->min_max = least / most;
  out->node_chance = bench_domains_chance(contest->domain_of, by_member,
                                          threads, BENCH_L3_BITS);
  out->l3_chance =
      bench_domains_chance(contest->domain_of, by_member, threads, 0);
  out->node_jain =
      bench_domains_jain(contest->domain_of, by_member, threads, BENCH_L3_BITS);
}

static double probe(const struct bench_trial *trial) {
  return bench_probe(trial->team, trial->clock, trial->probe_line);
}

/* Keeps the probe that is farthest from the one before the first window. */
static void look_between(struct bench_trial *trial) {
  struct results_trial *out = trial->out;
  const double now = probe(trial), before = out->probe_before_ns;
  if (isnan(out->probe_between_ns) ||
      fabs(now - before) > fabs(out->probe_between_ns - before))
    out->probe_between_ns = now;
}

/* A window that is tried again stands between two probes of its own. */
static void run_window(struct bench_contest *contest, struct reading *reading) {
  struct bench_trial *trial = contest->trial;
  const int most = trial->workload->crowded ? 1 : ATTEMPTS;
  reading->segments.clean = false;
  for (int i = 0; i < most && !reading->segments.clean; i++) {
    if (i)
      trial->out->probe_before_ns = probe(trial);
    bench_trial_run(trial, body, contest);
    read_off(contest, reading);
  }
  bench_trial_rest_on(trial, &reading->segments);
}

static void measure(struct bench_contest *contest, struct reading *reading,
                    struct bench_contest_result *out) {
  struct bench_trial *trial = contest->trial;
  memset(out, 0, sizeof *out);
  bench_domains_fill(trial, contest->domain_of);
  contest->section = bench_chain_links(trial->clock, trial->section_ns);
  contest->think = bench_chain_links(trial->clock, trial->think_ns);
  contest->length = (uint64_t)(contest->window_ns / trial->clock->ns_per_tick) /
                    contest->slices;
  for (size_t i = 0; i < contest->windows; i++) {
    if (i)
      look_between(trial);
    run_window(contest, reading);
    add_window(contest, reading, out);
  }
  divide(contest, reading->all_by_member, out);
}

int bench_contest_run(struct bench_contest *contest,
                      struct bench_contest_result *out) {
  const size_t threads = contest->trial->threads;
  const size_t slices = contest->slices;
  struct reading reading = {
      .slices = calloc(threads * slices, sizeof *reading.slices),
      .by_member = calloc(2 * threads, sizeof *reading.by_member),
      .scratch =
          calloc((threads + 1) * slices + threads, sizeof *reading.scratch)};
  contest->domain_of = calloc(threads, sizeof *contest->domain_of);
  bool room = reading.slices && reading.by_member && reading.scratch &&
              contest->domain_of;
  reading.all_by_member = reading.by_member + threads;
  if (room)
    measure(contest, &reading, out);
  free(contest->domain_of);
  free(reading.slices);
  free(reading.by_member);
  free(reading.scratch);
  return room ? 0 : -ENOMEM;
}
