/* Which slices count, and what they come to (see slice.h). */
#include "bench/trial/slice.h"

#include <math.h>

#include "results/stats.h"

/* A member that comes back this much into a slice has missed little of it. */
static const double tolerated_reach = 0.02;

static const double stalled_share = 0.7;

static const struct bench_slice *slice_of(const struct bench_slices *all,
                                          size_t member, size_t number) {
  return &all->slices[member * all->count + number];
}

/* Times the usual longest gap that nobody needs who has a CPU. */
static const double unusual = 5;

void bench_slices_find_gaps(struct bench_slice *slices, size_t count,
                            double floor, double *scratch) {
  for (size_t i = 0; i < count; i++)
    scratch[i] = (double)slices[i].gap;
  results_sort(scratch, count);
  const double usual = results_median_sorted(scratch, count);
  for (size_t i = 0; i < count; i++)
    if (slices[i].cause == BENCH_CLEAN &&
        (double)slices[i].gap > unusual * usual + floor)
      slices[i].cause = BENCH_GAP;
}

/* Ticks that a stretch has in common with a slice of the window. */
static double in_common(const struct bench_slices *all, uint64_t from,
                        uint64_t to, size_t number) {
  double low = (double)(int64_t)(from - all->begin);
  double high = (double)(int64_t)(to - all->begin);
  double begin = (double)(all->length * number);
  double common = fmin(high, begin + (double)all->length) - fmax(low, begin);
  return common > 0 ? common : 0;
}

/* A member was parked after it ended the slice before: perhaps it could not
 * even begin this one. */
static uint64_t parked_from(const struct bench_slices *all, size_t member,
                            size_t number) {
  return number ? slice_of(all, member, number - 1)->stopped : all->begin;
}

static bool reaches(const struct bench_slices *all, size_t member, size_t own,
                    size_t number) {
  const struct bench_slice *slice = slice_of(all, member, own);
  if (slice->cause == BENCH_CLEAN)
    return false;
  return own == number ||
         in_common(all, parked_from(all, member, own), slice->stopped, number) >
             tolerated_reach * (double)all->length;
}

void bench_slices_blame(const struct bench_slices *all,
                        struct bench_segments *segments) {
  for (size_t i = 0; i < all->count; i++)
    for (size_t m = 0; m < all->members; m++)
      for (size_t k = 0; k < all->count; k++)
        if (reaches(all, m, k, i))
          bench_segments_blame(segments, i, slice_of(all, m, k)->cause);
}

/* Adds what a member did in one slice of the window.
 * @return its operations */
static double add_member(const struct bench_slices *all, size_t member,
                         size_t number, struct bench_slices_sum *sum) {
  double operations = 0;
  for (size_t k = 0; k < all->count; k++) {
    const struct bench_slice *own = slice_of(all, member, k);
    double ticks = (double)(int64_t)(own->stopped - own->started);
    double share =
        ticks > 0 ? in_common(all, own->started, own->stopped, number) / ticks
                  : 0;
    operations += share * (double)own->operations;
    sum->exclusive += share * (double)own->exclusive;
    sum->handovers += share * (double)own->handovers;
    sum->from_node += share * (double)own->from_node;
    sum->from_l3 += share * (double)own->from_l3;
  }
  sum->operations += operations;
  return operations;
}

/* Ticks of the first slice that passed before everybody was in it. */
static double late(const struct bench_slices *all) {
  double most = 0;
  for (size_t m = 0; m < all->members; m++)
    most = fmax(most,
                (double)(int64_t)(slice_of(all, m, 0)->started - all->begin));
  return fmin(most, (double)all->length);
}

static double skew(const struct bench_slices *all) {
  uint64_t first = UINT64_MAX, last = 0;
  for (size_t m = 0; m < all->members; m++) {
    const uint64_t started = slice_of(all, m, 0)->started;
    first = started < first ? started : first;
    last = started > last ? started : last;
  }
  return (double)(last - first);
}

static size_t stalled(double *operations, size_t count) {
  size_t slow = 0;
  results_sort(operations, count);
  double usual = results_median_sorted(operations, count);
  while (slow < count && operations[slow] < stalled_share * usual)
    slow++;
  return slow;
}

struct bench_slices_sum bench_slices_add(const struct bench_slices *all,
                                         const size_t *chosen, size_t count,
                                         double *by_member, double *scratch) {
  struct bench_slices_sum sum = {.ticks = (double)(all->length * count)};
  double *in_slice = scratch, *of_slices = scratch + all->members;
  double jain, jains = 0;
  for (size_t m = 0; m < all->members; m++)
    by_member[m] = 0;
  for (size_t i = 0; i < count; i++) {
    of_slices[i] = 0;
    for (size_t m = 0; m < all->members; m++) {
      in_slice[m] = add_member(all, m, chosen[i], &sum);
      by_member[m] += in_slice[m];
      of_slices[i] += in_slice[m];
    }
    jain = results_jain(in_slice, all->members);
    if (isnan(jain))
      continue; /* nobody did anything */
    sum.jain += jain;
    jains++;
  }
  sum.jain /= jains;
  sum.skew = skew(all);
  sum.overlap = 1 - (chosen[0] == 0 ? late(all) / sum.ticks : 0);
  sum.stalled = stalled(of_slices, count);
  return sum;
}

static double weighed(double first, double weight, double second,
                      double other) {
  return (first * weight + second * other) / (weight + other);
}

void bench_slices_sum_add(struct bench_slices_sum *sum,
                          const struct bench_slices_sum *window) {
  sum->overlap =
      weighed(sum->overlap, sum->ticks, window->overlap, window->ticks);
  sum->jain = weighed(sum->jain, sum->ticks, window->jain, window->ticks);
  sum->operations += window->operations;
  sum->exclusive += window->exclusive;
  sum->handovers += window->handovers;
  sum->from_node += window->from_node;
  sum->from_l3 += window->from_l3;
  sum->skew = fmax(sum->skew, window->skew);
  sum->ticks += window->ticks;
  sum->stalled += window->stalled;
}

/* A run of a member that goes on from slice to slice. */
struct open_run {
  struct results_histogram *runs;
  uint64_t length, longest;
};

static void end_run(struct open_run *open, uint64_t more) {
  open->length += more;
  if (open->length)
    results_histogram_record(open->runs, open->length);
  if (open->length > open->longest)
    open->longest = open->length;
  open->length = 0;
}

static void go_on(struct open_run *open, const struct bench_slice *slice) {
  if (!slice->handovers) {
    open->length += slice->operations;
    return;
  }
  end_run(open, slice->head);
  if (slice->longest > open->longest)
    open->longest = slice->longest;
  open->length = slice->tail;
}

uint64_t bench_slices_join(const struct bench_slices *all, const size_t *chosen,
                           size_t count, struct results_histogram *runs) {
  struct open_run open = {.runs = runs};
  for (size_t m = 0; m < all->members; m++) {
    for (size_t i = 0; i < count; i++) {
      if (i && chosen[i] != chosen[i - 1] + 1)
        end_run(&open, 0);
      go_on(&open, slice_of(all, m, chosen[i]));
    }
    end_run(&open, 0);
  }
  return open.longest;
}
