/* Readers and writers at one lock: what sharing is worth at a given share of
 * reads, and who waits for whom.
 *
 * Every operation is a read or a write by the throw of a die of the thread's
 * own, so that each share runs the same loop. A section is the same for both;
 * readers look for writers in theirs, so that a lock that lets both in is
 * found out. One acquire in 64 is stamped. */
#include <math.h>
#include <string.h>

#include "bench/workload/workload.h"
#include "results/stats.h"

/* What a member keeps; lies in its own room. */
struct entry {
  struct bench_mix mix;
  struct results_histogram read_ns, write_ns;
};

_Static_assert(sizeof(struct entry) <= BENCH_MEMBER_ROOM, "an entry fits");

struct meeting {
  struct bench_trial *trial;
  uint64_t section, begin, deadline;
};

/* All of them together. */
struct sum {
  double operations, writes, least, most;
  uint64_t torn, first, last, all_in, one_out;
  struct results_histogram read_ns, write_ns;
};

/* Time for everybody to leave the barrier before the window opens. */
static const double opening_ns = 20000;

static void body(struct bench_member *member, void *context) {
  struct meeting *meeting = context;
  const struct bench_trial *trial = meeting->trial;
  const double ns_per_tick = trial->clock->ns_per_tick;
  struct entry *entry = member->room;
  memset(entry, 0, sizeof *entry);
  bench_team_meet(member);
  if (member->index == 0) {
    meeting->begin = bench_clock_now() + (uint64_t)(opening_ns / ns_per_tick);
    meeting->deadline =
        meeting->begin + (uint64_t)(trial->window_ns / ns_per_tick);
  }
  bench_team_meet(member);
  entry->mix = (struct bench_mix){
      .begin = meeting->begin,
      .deadline = meeting->deadline,
      .section = meeting->section,
      .reads = ((uint64_t)trial->variant->choice << 32) / 100,
      .random = (uint32_t)(trial->seed * 0x9e3779b1u) + (uint32_t)member->index,
      .ns_scale = (uint64_t)(ns_per_tick * 4294967296.0),
      .pair_ticks = (uint64_t)trial->clock->pair_ticks,
      .every = trial->threads > BENCH_SAMPLE_CROWD ? BENCH_SAMPLE_EVERY / 4
                                                   : BENCH_SAMPLE_EVERY,
      .read_ns = &entry->read_ns,
      .write_ns = &entry->write_ns};
  if (entry->mix.random == 0) /* it would stay 0 */
    entry->mix.random = 1;
  trial->kernel->mix(trial->sites, &entry->mix);
}

static void add(struct sum *sum, const struct entry *entry) {
  const struct bench_mix *mix = &entry->mix;
  const double operations = (double)mix->operations;
  sum->operations += operations;
  sum->writes += (double)mix->writes;
  sum->torn += mix->torn;
  sum->least = fmin(sum->least, operations);
  sum->most = fmax(sum->most, operations);
  sum->first = mix->started < sum->first ? mix->started : sum->first;
  sum->last = mix->stopped > sum->last ? mix->stopped : sum->last;
  sum->all_in = mix->started > sum->all_in ? mix->started : sum->all_in;
  sum->one_out = mix->stopped < sum->one_out ? mix->stopped : sum->one_out;
  results_histogram_merge(&sum->read_ns, &entry->read_ns);
  results_histogram_merge(&sum->write_ns, &entry->write_ns);
}

static double quantile(const struct results_histogram *histogram, double q) {
  return results_histogram_total(histogram)
             ? results_histogram_percentile(histogram, q)
             : (double)NAN;
}

static void report(struct bench_trial *trial, const struct sum *sum) {
  struct results_trial *out = trial->out;
  const double span = (double)(sum->last - sum->first);
  const double common = (double)(int64_t)(sum->one_out - sum->all_in);
  out->op_ns = span * trial->clock->ns_per_tick / sum->operations;
  out->ops_per_s = 1e9 / out->op_ns;
  out->overlap = fmax(0, common / span);
  out->read_share = 1 - sum->writes / sum->operations;
  if (trial->threads > 1)
    out->min_max = sum->least / sum->most;
  out->read_p50_ns = quantile(&sum->read_ns, 0.50);
  out->read_p99_ns = quantile(&sum->read_ns, 0.99);
  out->write_p50_ns = quantile(&sum->write_ns, 0.50);
  out->write_p99_ns = quantile(&sum->write_ns, 0.99);
}

static void run(struct bench_trial *trial) {
  struct meeting meeting = {
      .trial = trial,
      .section = bench_chain_links(trial->clock, trial->section_ns)};
  struct sum sum = {
      .least = (double)INFINITY, .first = UINT64_MAX, .one_out = UINT64_MAX};
  bench_trial_reset(trial);
  bench_trial_run(trial, body, &meeting);
  for (size_t i = 0; i < trial->threads; i++)
    add(&sum, bench_team_member(trial->team, i)->room);
  trial->expected = (uint64_t)sum.writes;
  trial->torn = sum.torn;
  trial->counted = (uint64_t)sum.operations;
  report(trial, &sum);
}

static const struct bench_variant shares[] = {
    {.text = "reads:0", .choice = 0},     {.text = "reads:50", .choice = 50},
    {.text = "reads:90", .choice = 90},   {.text = "reads:99", .choice = 99},
    {.text = "reads:100", .choice = 100}, {.text = ""}};

const struct bench_workload bench_readers = {
    .name = "readers",
    .help = "readers and writers at a reader/writer lock, 0 to 100 % of the "
            "operations reads: operations, acquire latency of both",
    .columns = {{"op_ns", "ns/op"},
                {"read_p50_ns", "read p50"},
                {"read_p99_ns", "read p99"},
                {"write_p50_ns", "write p50"},
                {"write_p99_ns", "write p99"},
                {"read_share", "reads"},
                {"min_max", "min/max"}},
    .sets = BENCH_ALL_TEAMS,
    .least_cpus = 1,
    .stamps = true,
    .section = true,
    .on_request = true,
    .reader = true,
    .variants = shares,
    .windows = 1,
    .run = run,
};
