/* Which slices count, and what they come to (see slice.h). */
#include "bench/slice.h"

static const struct bench_slice *slice_of(const struct bench_slices *all,
                                          size_t member, size_t number) {
  return &all->slices[member * all->count + number];
}

/* When the first member went into a slice. */
static uint64_t begin_of(const struct bench_slices *all, size_t number) {
  uint64_t first = UINT64_MAX;
  for (size_t m = 0; m < all->members; m++)
    if (slice_of(all, m, number)->started < first)
      first = slice_of(all, m, number)->started;
  return first;
}

void bench_slices_mark(const struct bench_slices *all, bool *disturbed) {
  uint64_t back = 0; /* when the last parked member was back */
  for (size_t i = 0; i < all->count; i++) {
    disturbed[i] = begin_of(all, i) < back;
    for (size_t m = 0; m < all->members; m++) {
      const struct bench_slice *slice = slice_of(all, m, i);
      disturbed[i] |= slice->parked;
      if (slice->parked && slice->stopped > back)
        back = slice->stopped;
    }
  }
}

/* From the first member to do something to the last one, in ticks. */
static double ragged(const struct bench_slices *all, size_t number, bool end) {
  uint64_t first = UINT64_MAX, last = 0;
  for (size_t m = 0; m < all->members; m++) {
    const struct bench_slice *slice = slice_of(all, m, number);
    uint64_t at = end ? slice->stopped : slice->started;
    first = at < first ? at : first;
    last = at > last ? at : last;
  }
  return (double)(last - first);
}

struct bench_slices_sum bench_slices_add(const struct bench_slices *all,
                                         const size_t *chosen, size_t count,
                                         double *by_member) {
  struct bench_slices_sum sum = {0};
  double all_ticks = 0;
  for (size_t m = 0; m < all->members; m++) {
    double operations = 0, handovers = 0, ticks = 0;
    for (size_t i = 0; i < count; i++) {
      const struct bench_slice *slice = slice_of(all, m, chosen[i]);
      operations += (double)slice->operations;
      handovers += (double)slice->handovers;
      ticks += (double)(slice->stopped - slice->started);
    }
    by_member[m] = ticks > 0 ? operations / ticks : 0;
    sum.operations += by_member[m];
    sum.handovers += ticks > 0 ? handovers / ticks : 0;
    all_ticks += ticks;
  }
  double missed =
      ragged(all, chosen[0], false) + ragged(all, chosen[count - 1], true);
  double span = all_ticks / (double)all->members + missed / 2;
  sum.overlap = missed < span ? 1 - missed / span : 0;
  return sum;
}
