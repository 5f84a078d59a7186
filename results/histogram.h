/* A histogram with a constant relative error, cheap enough for timed loops.
 *
 * Log-linear: 32 buckets for each octave. A value below 64 has a bucket of its
 * own; above, a bucket is at most 1/32 (3.1 %) of its lowest value wide. Values
 * from 2^40 on count as 2^40 - 1. Recording costs a count of leading zeros,
 * two shifts and one increment: no call and no branch.
 *
 * A histogram belongs to one thread while it records; merge afterwards. All
 * zero is an empty one. Fill it before timing so that its pages are there. */
#ifndef RESULTS_HISTOGRAM_H
#define RESULTS_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#define RESULTS_HISTOGRAM_SUB_BITS 5
#define RESULTS_HISTOGRAM_VALUE_BITS 40
#define RESULTS_HISTOGRAM_MAX                                                  \
  ((UINT64_C(1) << RESULTS_HISTOGRAM_VALUE_BITS) - 1)
/* 64 single values, then 32 for each of the octaves 2^6 .. 2^39 */
#define RESULTS_HISTOGRAM_BUCKETS                                              \
  ((RESULTS_HISTOGRAM_VALUE_BITS - RESULTS_HISTOGRAM_SUB_BITS + 1)             \
   << RESULTS_HISTOGRAM_SUB_BITS)

struct results_histogram {
  uint32_t count[RESULTS_HISTOGRAM_BUCKETS]; /* 4608 bytes */
};

/* A bucket in use: how a histogram is stored. */
struct results_bucket {
  uint32_t index;
  uint32_t count;
};

/* The bucket of a value: the bits after the leading one, counted up through
 * the octaves. */
static inline uint32_t results_histogram_index(uint64_t value) {
  const uint64_t v =
      value < RESULTS_HISTOGRAM_MAX ? value : RESULTS_HISTOGRAM_MAX;
  const uint64_t leading = v | (UINT64_C(1) << RESULTS_HISTOGRAM_SUB_BITS);
  const uint32_t shift =
      63U - (uint32_t)__builtin_clzll(leading) - RESULTS_HISTOGRAM_SUB_BITS;
  return (shift << RESULTS_HISTOGRAM_SUB_BITS) + (uint32_t)(v >> shift);
}

/* Counts one value, in whatever unit the caller keeps to (ticks in a timed
 * loop; results_histogram_rescale() makes nanoseconds of them later). */
static inline void results_histogram_record(struct results_histogram *histogram,
                                            uint64_t value) {
  histogram->count[results_histogram_index(value)]++;
}

/* The lowest and highest value that a bucket counts.
 * @param index  below RESULTS_HISTOGRAM_BUCKETS */
uint64_t results_histogram_low(uint32_t index);
uint64_t results_histogram_high(uint32_t index);

/* How many values were recorded. */
uint64_t results_histogram_total(const struct results_histogram *histogram);

/* The value that a share q of the records does not exceed, interpolated within
 * its bucket; NAN when empty.
 * @param q  0 to 1 */
double results_histogram_percentile(const struct results_histogram *histogram,
                                    double q);

/* Adds the records of another histogram.
 * @return 0, or -EOVERFLOW when a counter would pass 2^32 - 1 */
int results_histogram_merge(struct results_histogram *into,
                            const struct results_histogram *from);

/* Adds stored buckets.
 * @return as results_histogram_merge(); -EINVAL for an index out of range */
int results_histogram_merge_sparse(struct results_histogram *into,
                                   const struct results_bucket *buckets,
                                   size_t count);

/* Lists the buckets in use, ascending.
 * @param out  room for RESULTS_HISTOGRAM_BUCKETS
 * @return how many */
size_t results_histogram_sparse(const struct results_histogram *histogram,
                                struct results_bucket *out);

/* Changes the unit: every record counts `factor` times its value. A bucket's
 * records spread evenly over the buckets that it covers, so the total stays and
 * no value moves by more than one bucket's width.
 * @param factor  above 0: nanoseconds for each tick
 * @param out     overwritten; not `histogram` itself
 * @return 0, or -EOVERFLOW when it holds more than 2^32 - 1 records */
int results_histogram_rescale(const struct results_histogram *histogram,
                              double factor, struct results_histogram *out);

/* One line of a percentile spectrum. */
struct results_spectrum_row {
  double value;      /* highest value of the bucket */
  uint64_t count;    /* records in this bucket */
  double percentile; /* share of records up to `value`, 0..1 */
  double inverse;    /* 1 / (1 - percentile); NAN on the last row */
};

/* Lists the spectrum, ascending, one row for each bucket in use.
 * @param out  room for RESULTS_HISTOGRAM_BUCKETS
 * @return how many */
size_t results_histogram_spectrum(const struct results_histogram *histogram,
                                  struct results_spectrum_row *out);

#endif
