/* What a trial says of its windows of competition (see contest.h). */
#include <math.h>

#include "bench/workload/contest.h"

/* A share of hand-overs, beside what chance would give. */
static void report_migration(struct results_trial *out,
                             const struct bench_contest_result *result) {
  const struct bench_slices_sum *sum = &result->all.sum;
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
  const struct bench_slices_sum *sum = &result->all.sum;
  const double span_ns = sum->ticks * trial->clock->ns_per_tick;
  struct results_trial *out = trial->out;
  if (!bench_frame_report(trial, &result->all))
    return;
  results_histogram_merge(trial->acquire_ns, &result->acquire_ns);
  out->acquire_p50_ns = results_histogram_percentile(trial->acquire_ns, 0.50);
  out->acquire_p99_ns = results_histogram_percentile(trial->acquire_ns, 0.99);
  if (trial->threads == 1)
    return;
  out->handover_share = sum->handovers / sum->operations;
  out->longest_run = result->longest_run;
  out->run_p50 = results_histogram_percentile(&result->runs, 0.50);
  out->run_p99 = results_histogram_percentile(&result->runs, 0.99);
  if (sum->handovers <= 0)
    return;
  out->handover_ns = span_ns / sum->handovers;
  report_migration(out, result);
}

int bench_contest_trial(struct bench_trial *trial,
                        void (*loop)(struct bench_site *,
                                     struct bench_window *)) {
  static struct bench_contest_result result; /* large: histograms */
  struct bench_contest contest = {
      .trial = trial,
      .site = &trial->sites[0],
      .payload = trial->payload,
      .lines = trial->variant->cs_lines,
      .window_ns = trial->window_ns,
      .windows = (size_t)trial->workload->windows,
      .slices =
          trial->workload->crowded ? 1 : bench_frame_slices(trial->window_ns),
      .loop = loop};
  bench_frame_reset(trial);
  int error = bench_contest_run(&contest, &result);
  if (!error)
    bench_contest_report(trial, &result);
  return error;
}
