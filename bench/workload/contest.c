/* One window of competition, added up (see contest.h). */
#include "bench/workload/contest.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/stats.h"

_Static_assert(sizeof(struct bench_contest_entry) <= BENCH_MEMBER_ROOM,
               "an entry fits");

/* Time for everybody to leave the barrier before the window opens. */
static const double opening_ns = 20000;

static void body(struct bench_member *member, void *context) {
  struct bench_contest *contest = context;
  const struct bench_clock *clock = contest->trial->clock;
  struct bench_contest_entry *entry = member->room;
  memset(entry, 0, sizeof *entry);
  bench_team_meet(member);
  if (member->index == 0) {
    contest->begin =
        bench_clock_now() + (uint64_t)(opening_ns / clock->ns_per_tick);
    contest->deadline =
        contest->begin + (uint64_t)(contest->window_ns / clock->ns_per_tick);
  }
  bench_team_meet(member);
  entry->window = (struct bench_window){
      .member = member->index,
      .begin = contest->begin,
      .deadline = contest->deadline,
      .section = contest->section,
      .think = contest->think,
      .payload = contest->payload,
      .lines = contest->lines,
      .domain_of = contest->domain_of,
      .ns_scale = (uint64_t)(clock->ns_per_tick * 4294967296.0),
      .pair_ticks = (uint64_t)clock->pair_ticks,
      .acquire_ns = &entry->acquire_ns,
      .runs = &entry->runs,
  };
  contest->loop(contest->site, &entry->window);
}

/* Its node, and below the L3: two that differ in no bit share both. */
static uint32_t domain_of(const struct bench_trial *trial, size_t index) {
  unsigned os = bench_team_member(trial->team, index)->cpu;
  const struct topology_cpu *cpu = topology_cpu_find(trial->machine, os);
  return cpu ? cpu->node << BENCH_L3_BITS |
                   (cpu->l3 & ((1U << BENCH_L3_BITS) - 1))
             : 0;
}

static bool crosses(const struct bench_contest *contest, size_t a, size_t b,
                    unsigned bits) {
  return (contest->domain_of[a] ^ contest->domain_of[b]) >> bits != 0;
}

/* How often a hand-over would leave its domain, if each next owner were drawn
 * among the others by their shares of the acquisitions.
 * @return NAN when there is one domain only */
static double chance(const struct bench_contest *contest, const double *shares,
                     unsigned bits) {
  double left = 0, all = 0;
  bool several = false;
  for (size_t a = 0; a < contest->trial->threads; a++)
    for (size_t b = 0; b < contest->trial->threads; b++) {
      if (a == b)
        continue;
      all += shares[a] * shares[b];
      if (crosses(contest, a, b, bits)) {
        left += shares[a] * shares[b];
        several = true;
      }
    }
  return several && all > 0 ? left / all : (double)NAN;
}

struct edges {
  uint64_t first, last, all_in, one_out;
};

static void add_window(const struct bench_window *window,
                       struct bench_contest_result *sum, struct edges *edges) {
  sum->operations += (double)window->operations;
  sum->handovers += (double)window->handovers;
  sum->longest_run = fmax(sum->longest_run, (double)window->longest_run);
  sum->from_node += (double)window->from_node;
  sum->from_l3 += (double)window->from_l3;
  if (window->started < edges->first)
    edges->first = window->started;
  if (window->stopped > edges->last)
    edges->last = window->stopped;
  if (window->started > edges->all_in)
    edges->all_in = window->started;
  if (window->stopped < edges->one_out)
    edges->one_out = window->stopped;
}

static void add_up(const struct bench_contest *contest, double *by_member,
                   struct bench_contest_result *sum) {
  const struct bench_trial *trial = contest->trial;
  struct edges edges = {.first = UINT64_MAX, .one_out = UINT64_MAX};
  double least = (double)INFINITY, most = 0;
  memset(sum, 0, sizeof *sum);
  for (size_t i = 0; i < trial->threads; i++) {
    struct bench_contest_entry *entry = bench_team_member(trial->team, i)->room;
    entry->runs.count[0] = 0; /* before its first acquisition: no run */
    add_window(&entry->window, sum, &edges);
    by_member[i] = (double)entry->window.operations;
    least = fmin(least, by_member[i]);
    most = fmax(most, by_member[i]);
    results_histogram_merge(&sum->acquire_ns, &entry->acquire_ns);
    results_histogram_merge(&sum->runs, &entry->runs);
  }
  double ns = trial->clock->ns_per_tick;
  sum->span_ns = (double)(edges.last - edges.first) * ns;
  sum->common_ns = (double)(int64_t)(edges.one_out - edges.all_in) * ns;
  sum->jain = results_jain(by_member, trial->threads);
  sum->min_max = least / most;
  sum->node_chance = chance(contest, by_member, BENCH_L3_BITS);
  sum->l3_chance = chance(contest, by_member, 0);
}

int bench_contest_run(struct bench_contest *contest,
                      struct bench_contest_result *out) {
  struct bench_trial *trial = contest->trial;
  double *by_member = calloc(trial->threads, sizeof *by_member);
  contest->domain_of = calloc(trial->threads, sizeof *contest->domain_of);
  int error = by_member && contest->domain_of ? 0 : -ENOMEM;
  if (!error) {
    for (size_t i = 0; i < trial->threads; i++)
      contest->domain_of[i] = domain_of(trial, i);
    contest->section = bench_chain_links(trial->clock, trial->section_ns);
    contest->think = bench_chain_links(trial->clock, trial->think_ns);
    bench_trial_run(trial, body, contest);
    add_up(contest, by_member, out);
    trial->expected += (uint64_t)out->operations;
  }
  free(contest->domain_of);
  free(by_member);
  return error;
}

/* A share of hand-overs, beside what chance would give. */
static void report_migration(struct results_trial *out,
                             const struct bench_contest_result *sum) {
  out->node_share_random = sum->node_chance;
  out->l3_share_random = sum->l3_chance;
  if (!isnan(sum->node_chance))
    out->node_share = sum->from_node / sum->handovers;
  if (!isnan(sum->l3_chance))
    out->l3_share = sum->from_l3 / sum->handovers;
}

void bench_contest_report(struct bench_trial *trial,
                          const struct bench_contest_result *sum) {
  struct results_trial *out = trial->out;
  out->op_ns = sum->span_ns / sum->operations;
  out->ops_per_s = 1e9 / out->op_ns;
  out->overlap = fmax(0, sum->common_ns / sum->span_ns);
  results_histogram_merge(trial->acquire_ns, &sum->acquire_ns);
  if (trial->threads == 1)
    return;
  out->jain = sum->jain;
  out->min_max = sum->min_max;
  out->handover_share = sum->handovers / sum->operations;
  out->longest_run = sum->longest_run;
  out->run_p50 = results_histogram_percentile(&sum->runs, 0.50);
  out->run_p99 = results_histogram_percentile(&sum->runs, 0.99);
  if (sum->handovers < 1)
    return;
  out->handover_ns = sum->span_ns / sum->handovers;
  report_migration(out, sum);
}
