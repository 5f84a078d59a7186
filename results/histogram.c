/* What is done with a histogram after the timed loop. */
#include "results/histogram.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define SUB (UINT32_C(1) << RESULTS_HISTOGRAM_SUB_BITS)

/* Buckets of the first two octaves hold one value each; then each octave
 * doubles the width. */
static uint32_t shift_of(uint32_t index) {
  return index < 2 * SUB ? 0 : index / SUB - 1;
}

uint64_t results_histogram_low(uint32_t index) {
  const uint32_t shift = shift_of(index);
  return (uint64_t)(index - shift * SUB) << shift;
}

uint64_t results_histogram_high(uint32_t index) {
  return results_histogram_low(index) + (UINT64_C(1) << shift_of(index)) - 1;
}

uint64_t results_histogram_total(const struct results_histogram *histogram) {
  uint64_t total = 0;
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++)
    total += histogram->count[i];
  return total;
}

double results_histogram_percentile(const struct results_histogram *histogram,
                                    double q) {
  const uint64_t total = results_histogram_total(histogram);
  const double wanted = q * (double)total;
  uint64_t seen = 0;
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++) {
    const uint32_t count = histogram->count[i];
    if (count && (double)(seen + count) >= wanted) {
      const double low = (double)results_histogram_low(i);
      const double part = fmax(0, (wanted - (double)seen) / count);
      return low + part * ((double)results_histogram_high(i) - low);
    }
    seen += count;
  }
  return (double)NAN;
}

static int add(uint32_t *into, uint32_t more) {
  if (more > UINT32_MAX - *into)
    return -EOVERFLOW;
  *into += more;
  return 0;
}

int results_histogram_merge(struct results_histogram *into,
                            const struct results_histogram *from) {
  struct results_histogram sum = *into;
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++)
    if (add(&sum.count[i], from->count[i]))
      return -EOVERFLOW;
  *into = sum;
  return 0;
}

int results_histogram_merge_sparse(struct results_histogram *into,
                                   const struct results_bucket *buckets,
                                   size_t count) {
  struct results_histogram sum = *into;
  for (size_t i = 0; i < count; i++) {
    if (buckets[i].index >= RESULTS_HISTOGRAM_BUCKETS)
      return -EINVAL;
    if (add(&sum.count[buckets[i].index], buckets[i].count))
      return -EOVERFLOW;
  }
  *into = sum;
  return 0;
}

size_t results_histogram_sparse(const struct results_histogram *histogram,
                                struct results_bucket *out) {
  size_t used = 0;
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++)
    if (histogram->count[i])
      out[used++] = (struct results_bucket){i, histogram->count[i]};
  return used;
}

/* How many records lie below `edge` when each bucket's lie evenly between its
 * lowest value and the next bucket's. */
static uint64_t records_below(const struct results_histogram *histogram,
                              double edge) {
  double below = 0;
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++) {
    const double low = (double)results_histogram_low(i);
    if (low >= edge)
      break;
    const double width = (double)results_histogram_high(i) + 1 - low;
    below += histogram->count[i] * fmin(1, (edge - low) / width);
  }
  return (uint64_t)llrint(below);
}

int results_histogram_rescale(const struct results_histogram *histogram,
                              double factor, struct results_histogram *out) {
  const uint64_t total = results_histogram_total(histogram);
  uint64_t below = 0;
  if (total > UINT32_MAX)
    return -EOVERFLOW;
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++) {
    const double edge = ((double)results_histogram_high(i) + 1) / factor;
    const uint64_t upto = i + 1 == RESULTS_HISTOGRAM_BUCKETS
                              ? total
                              : records_below(histogram, edge);
    out->count[i] = (uint32_t)(upto - below);
    below = upto;
  }
  return 0;
}

size_t results_histogram_spectrum(const struct results_histogram *histogram,
                                  struct results_spectrum_row *out) {
  const uint64_t total = results_histogram_total(histogram);
  uint64_t seen = 0;
  size_t rows = 0;
  for (uint32_t i = 0; i < RESULTS_HISTOGRAM_BUCKETS; i++) {
    const uint64_t count = histogram->count[i];
    if (!count)
      continue;
    seen += count;
    out[rows++] = (struct results_spectrum_row){
        .value = (double)results_histogram_high(i),
        .count = count,
        .percentile = (double)seen / (double)total,
        .inverse =
            seen < total ? (double)total / (double)(total - seen) : (double)NAN,
    };
  }
  return rows;
}
