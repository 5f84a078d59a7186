/* Choosing and counting segments (see segment.h). */
#include "bench/trial/segment.h"

#include <math.h>
#include <string.h>

#include "results/stats.h"

void bench_segments_blame(struct bench_segments *segments, size_t segment,
                          enum bench_cause cause) {
  if (cause > segments->causes[segment])
    segments->causes[segment] = cause;
}

void bench_segments_blame_all(struct bench_segments *segments,
                              const enum bench_cause *causes) {
  for (size_t i = 0; i < segments->count; i++)
    bench_segments_blame(segments, i, causes[i]);
}

void bench_segments_choose(struct bench_segments *segments) {
  size_t found = 0;
  for (size_t i = 0; i < segments->count; i++)
    if (segments->causes[i] == BENCH_CLEAN)
      segments->chosen[found++] = i;
  segments->clean = found == segments->count || found >= BENCH_SEGMENTS_LEAST;
  segments->chosen_count = segments->clean ? found : segments->count;
  for (size_t i = 0; !segments->clean && i < segments->count; i++)
    segments->chosen[i] = i;
}

static void add(double *field, double count) {
  *field = isnan(*field) ? count : *field + count;
}

static double count_of(const struct bench_segments *segments,
                       enum bench_cause cause) {
  double count = 0;
  for (size_t i = 0; i < segments->count; i++)
    count += segments->causes[i] == cause;
  return count;
}

void bench_segments_count(const struct bench_segments *segments,
                          struct results_trial *out) {
  const double all = (double)segments->count;
  add(&out->segments, all);
  add(&out->segments_disturbed, all - count_of(segments, BENCH_CLEAN));
  add(&out->segments_gap, count_of(segments, BENCH_GAP));
  add(&out->segments_preempted, count_of(segments, BENCH_PREEMPTED));
  add(&out->segments_migrated, count_of(segments, BENCH_MIGRATED));
}

double bench_segments_usual(const double *ns, size_t count) {
  double sorted[BENCH_SEGMENTS_MOST];
  memcpy(sorted, ns, count * sizeof *ns);
  results_sort(sorted, count);
  return results_median_sorted(sorted, count);
}
