/* What it costs to count one value, in the suite's histogram and in one of
 * the shape that HdrHistogram has: 2048 linear buckets an octave for three
 * digits, counters of 64 bits, total, least and most kept up to date, bounds
 * checked. Less the loop that only fetches the values. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/micro/micro.h"
#include "bench/run/costs.h"
#include "results/histogram.h"

enum { VALUES = 1024, RECORDS = 200 * VALUES, REPETITIONS = 21 };

enum {
  WIDE_BITS = 11, /* 2048 buckets resolve 3 digits */
  WIDE_HALF = 1 << (WIDE_BITS - 1),
  WIDE_OCTAVES = 40 - WIDE_BITS + 1,
  WIDE_BUCKETS = (WIDE_OCTAVES + 1) * WIDE_HALF,
};

struct wide_histogram {
  int64_t total, least, most;
  int64_t count[WIDE_BUCKETS];
};

static bool wide_record(struct wide_histogram *histogram, int64_t value) {
  if (value < 0)
    return false;
  uint64_t bits = (uint64_t)value | ((1 << WIDE_BITS) - 1);
  int octave = 63 - __builtin_clzll(bits) - (WIDE_BITS - 1);
  int64_t within = value >> octave;
  int64_t index = (int64_t)(octave + 1) * WIDE_HALF + within - WIDE_HALF;
  if (index >= WIDE_BUCKETS)
    return false;
  histogram->count[index]++;
  histogram->total++;
  if (value < histogram->least)
    histogram->least = value;
  if (value > histogram->most)
    histogram->most = value;
  return true;
}

struct desk {
  uint32_t values[VALUES];
  struct results_histogram ours;
  struct wide_histogram wide;
};

static void fetch(void *context, uint64_t n) {
  const struct desk *desk = context;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t value = desk->values[i % VALUES];
    __asm__ volatile("" ::"r"(value));
  }
}

static void record_ours(void *context, uint64_t n) {
  struct desk *desk = context;
  for (uint64_t i = 0; i < n; i++)
    results_histogram_record(&desk->ours, desk->values[i % VALUES]);
}

/* What the limit is there to find. */
static void record_slowly(void *context, uint64_t n) {
  struct desk *desk = context;
  for (uint64_t i = 0; i < n; i++)
    results_histogram_record(&desk->ours, bench_chain(1, 16) >> 40);
}

static void record_wide(void *context, uint64_t n) {
  struct desk *desk = context;
  for (uint64_t i = 0; i < n; i++)
    wide_record(&desk->wide, desk->values[i % VALUES]);
}

int bench_micro_record(struct bench_micro *micro) {
  struct desk *desk = calloc(1, sizeof *desk);
  if (!desk)
    return -ENOMEM;
  bench_costs_latencies(desk->values, VALUES);
  struct bench_micro_loop loops[] = {
      {fetch, desk, (double)INFINITY},
      {micro->slow ? record_slowly : record_ours, desk, (double)INFINITY},
      {record_wide, desk, (double)INFINITY}};
  struct bench_micro_row row = {"record", "ns", (double)INFINITY, 3.5,
                                "one value into the suite's histogram"};
  for (int i = 0; i < micro->attempts && !bench_micro_holds(&row); i++) {
    bench_micro_time(micro->clock, loops, 3, RECORDS, REPETITIONS);
    row.value = loops[1].least_ns - loops[0].least_ns;
  }
  bench_micro_add(micro, row);
  bench_micro_add(micro, (struct bench_micro_row){
                             "record_wide", "ns",
                             loops[2].least_ns - loops[0].least_ns, (double)NAN,
                             "the same into one of HdrHistogram's shape"});
  free(desk);
  return 0;
}
