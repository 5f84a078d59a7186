/* The table of workloads and what they share. */
#include "bench/workload/workload.h"

#include <math.h>
#include <string.h>

#include "results/stats.h"

const struct bench_workload *const bench_workloads[] = {&bench_uncontended,
                                                        &bench_release,
                                                        &bench_handoff,
                                                        &bench_throughput,
                                                        &bench_matrix,
                                                        &bench_latency,
                                                        &bench_lines,
                                                        &bench_oversubscribed,
                                                        &bench_preempted,
                                                        &bench_readers,
                                                        &bench_counters,
                                                        &bench_gbench,
                                                        NULL};

/* Unexplained time longer than this is a gap: an interrupt takes less. */
static const double gap_floor_ns = 20000;

/* Times the usual event, that an event may last. */
static const double unusual_event = 5;

/* A CPU steps up or down by as much between two segments. */
static const double unusual_segment = 1.1;

const struct bench_workload *bench_workload_find(const char *name) {
  for (size_t i = 0; bench_workloads[i]; i++)
    if (!strcmp(bench_workloads[i]->name, name))
      return bench_workloads[i];
  return NULL;
}

void bench_trial_reset(struct bench_trial *trial) {
  trial->kernel->init(&trial->sites[0]);
  trial->expected = trial->torn = 0;
}

void bench_trial_run(struct bench_trial *trial,
                     void (*body)(struct bench_member *, void *),
                     void *context) {
  bench_team_run(trial->team, trial->threads, body, context, &trial->seen);
}

void bench_trial_gap(struct bench_trial *trial, struct bench_segments *segments,
                     size_t segment, double ns) {
  if (ns < gap_floor_ns || segments->causes[segment] > BENCH_GAP)
    return;
  bench_segments_blame(segments, segment, BENCH_GAP);
  segments->gap_ns += ns;
  trial->out->gaps++;
  if (ns > (double)trial->out->largest_gap_ns)
    trial->out->largest_gap_ns = (int64_t)ns;
}

void bench_trial_slow_events(struct bench_trial *trial,
                             struct bench_segments *segments, const double *ns,
                             size_t each, double *scratch) {
  const size_t count = segments->count * each;
  memcpy(scratch, ns, count * sizeof *ns);
  results_sort(scratch, count);
  const double usual = results_median_sorted(scratch, count);
  for (size_t i = 0; i < count; i++)
    bench_trial_gap(trial, segments, i / each, ns[i] - unusual_event * usual);
}

void bench_trial_slow_segments(struct bench_trial *trial,
                               struct bench_segments *segments,
                               const double *ns) {
  const double usual = bench_segments_usual(ns, segments->count);
  for (size_t i = 0; i < segments->count; i++)
    bench_trial_gap(trial, segments, i, ns[i] - unusual_segment * usual);
}

void bench_trial_choose(struct bench_trial *trial,
                        struct bench_segments *segments) {
  bench_segments_choose(segments);
  bench_segments_count(segments, trial->out);
  bench_trial_rest_on(trial, segments);
}

void bench_trial_rest_on(struct bench_trial *trial,
                         const struct bench_segments *segments) {
  if (segments->clean)
    return;
  trial->spoiled = true;
  trial->gap_ns += segments->gap_ns;
}

double bench_event_ns(const struct bench_clock *clock, double *ticks,
                      size_t count, double overhead_ticks) {
  if (!count)
    return (double)NAN;
  results_sort(ticks, count);
  return (results_trimmed_mean_sorted(ticks, count, 0.01) - overhead_ticks) *
         clock->ns_per_tick;
}
