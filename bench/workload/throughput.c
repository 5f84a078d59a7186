/* Free competition over a fixed window: how much work, and who did it.
 *
 * All threads start at one instant and stop by one deadline, so nobody runs
 * alone for long; `overlap` says how well that went. Nanoseconds an operation
 * alone ranks locks backwards (a lock that its last holder keeps is fast and
 * useless), so ns a hand-over and the share of acquisitions that changed owner
 * stand beside it. One acquire in 64 is stamped, for the latency spectrum. */
#include <math.h>
#include <stdlib.h>

#include "bench/workload/workload.h"
#include "results/stats.h"

/* Time for everybody to leave the barrier before the window opens. */
static const double opening_ns = 20000;

struct entry {
  struct bench_window window;
  struct results_histogram acquire_ns;
};

struct contest {
  struct bench_trial *trial;
  uint64_t section, think;
  uint64_t begin, deadline; /* set by member 0 between two barriers */
};

static void body(struct bench_member *member, void *context) {
  struct contest *contest = context;
  struct bench_trial *trial = contest->trial;
  const struct bench_clock *clock = trial->clock;
  struct entry *entry = member->room;
  if (member->index == 0) {
    contest->begin =
        bench_clock_now() + (uint64_t)(opening_ns / clock->ns_per_tick);
    contest->deadline =
        contest->begin + (uint64_t)(trial->window_ns / clock->ns_per_tick);
  }
  bench_team_meet(member);
  entry->window = (struct bench_window){
      .member = member->index,
      .begin = contest->begin,
      .deadline = contest->deadline,
      .section = contest->section,
      .think = contest->think,
      .ns_scale = (uint64_t)(clock->ns_per_tick * 4294967296.0),
      .pair_ticks = (uint64_t)clock->pair_ticks,
      .acquire_ns = &entry->acquire_ns,
  };
  trial->kernel->compete(&trial->sites[0], &entry->window);
}

struct outcome {
  double operations, span_ns, common_ns, least, most;
  double *by_member;
};

static struct outcome add_up(struct bench_trial *trial, double *by_member) {
  struct outcome sum = {.by_member = by_member, .least = INFINITY};
  uint64_t first = UINT64_MAX, last = 0, all_in = 0, one_out = UINT64_MAX;
  for (size_t i = 0; i < trial->threads; i++) {
    const struct entry *entry = bench_team_member(trial->team, i)->room;
    const struct bench_window *window = &entry->window;
    double operations = (double)window->operations;
    sum.operations += operations;
    by_member[i] = operations;
    sum.least = fmin(sum.least, operations);
    sum.most = fmax(sum.most, operations);
    first = window->started < first ? window->started : first;
    last = window->stopped > last ? window->stopped : last;
    all_in = window->started > all_in ? window->started : all_in;
    one_out = window->stopped < one_out ? window->stopped : one_out;
    results_histogram_merge(trial->acquire_ns, &entry->acquire_ns);
  }
  sum.span_ns = (double)(last - first) * trial->clock->ns_per_tick;
  sum.common_ns =
      (double)(int64_t)(one_out - all_in) * trial->clock->ns_per_tick;
  return sum;
}

static void report(struct bench_trial *trial, const struct outcome *sum) {
  struct results_trial *out = trial->out;
  double handovers = (double)trial->sites[0].data.handovers;
  out->op_ns = sum->span_ns / sum->operations;
  out->ops_per_s = 1e9 / out->op_ns;
  out->overlap = fmax(0, sum->common_ns / sum->span_ns);
  out->acquire_p50_ns = results_histogram_percentile(trial->acquire_ns, 0.5);
  out->acquire_p99_ns = results_histogram_percentile(trial->acquire_ns, 0.99);
  if (trial->threads == 1)
    return;
  out->handover_ns = sum->span_ns / handovers;
  out->handover_share = handovers / sum->operations;
  out->jain = results_jain(sum->by_member, trial->threads);
  out->min_max = sum->least / sum->most;
}

static void run(struct bench_trial *trial) {
  double *by_member = malloc(trial->threads * sizeof *by_member);
  struct contest contest = {
      .trial = trial,
      .section = bench_chain_links(trial->clock, trial->section_ns),
      .think = bench_chain_links(trial->clock, trial->think_ns)};
  if (by_member) {
    bench_trial_reset(trial);
    bench_trial_run(trial, body, &contest);
    struct outcome sum = add_up(trial, by_member);
    trial->expected = (uint64_t)sum.operations;
    report(trial, &sum);
  }
  free(by_member);
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
