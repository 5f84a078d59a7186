/* benchmark.json: Google Benchmark's report of a run in several parts.
 *
 * The library writes benchmark.json.part while it measures. What is there of
 * it when a run ends, or goes on after a kill, is merged into benchmark.json,
 * which so holds each stored trial once. */
#ifndef BENCH_GBENCH_REPORT_H
#define BENCH_GBENCH_REPORT_H

#include "bench/run/campaign.h"

#define BENCH_GBENCH_PART "benchmark.json.part"

/* Merges the part into the report and removes it; no part is fine. Of a part
 * that was torn by a kill, the complete entries are kept.
 * @return 0; errors of reading and writing files; -ENOMEM */
int bench_gbench_merge(struct results_store *);

/* Keeps the cells that --benchmark_filter leaves; prints the names of those
 * that there are. */
void bench_gbench_filter_plan(struct bench_plan *);
void bench_gbench_list_plan(const struct bench_plan *);

/* Runs a campaign and leaves its report.
 * @param why  one line on error
 * @return as bench_campaign_run(); errors of writing the report */
int bench_gbench_campaign(struct bench_campaign *, char *why, size_t why_size);

#endif
