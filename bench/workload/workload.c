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

/* A clock jump longer than this is a gap: an interrupt takes less. */
static const double gap_floor_ns = 20000;

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

void bench_trial_gap(struct bench_trial *trial, double ns) {
  if (ns < gap_floor_ns)
    return;
  trial->out->gaps++;
  trial->gap_ns += ns;
  if (ns > (double)trial->out->largest_gap_ns)
    trial->out->largest_gap_ns = (int64_t)ns;
}

double bench_event_ns(const struct bench_clock *clock, double *ticks,
                      size_t count, double overhead_ticks) {
  if (!count)
    return (double)NAN;
  results_sort(ticks, count);
  return (results_trimmed_mean_sorted(ticks, count, 0.01) - overhead_ticks) *
         clock->ns_per_tick;
}
