/* A window of competition in adjoining slices. Pure.
 *
 * Members compete without a stop, but their counts are read at the end of
 * each slice, so that the time in which one of them had no CPU can be left
 * out: the others competed with fewer then. A member looks at the time only
 * between operations, so its own slices end a little late, or, where it had to
 * wait for the lock, very late; what it did counts for the slices of the
 * window by the time that they have in common.
 *
 * A run of one owner that goes on over the edge of two slices that count is
 * one run. */
#ifndef BENCH_SLICE_H
#define BENCH_SLICE_H

#include <stddef.h>
#include <stdint.h>

#include "bench/trial/segment.h"
#include "results/histogram.h"

/* What one member did in one slice. */
struct bench_slice {
  uint64_t started, stopped;      /* ticks */
  uint64_t operations, handovers; /* handovers: to this member, */
  uint64_t from_node, from_l3;    /* and those from another node, L3 */
  uint64_t head, tail;    /* acquisitions before the first hand-over to it, and
                             since the last; without any, all, both */
  uint64_t longest;       /* run that both began and ended in it */
  uint64_t exclusive;     /* of the operations: those that nobody shared, */
  uint64_t torn;          /* and those that were shared with a writer */
  uint64_t gap;           /* longest between two looks at the time; ticks */
  enum bench_cause cause; /* why it had no CPU for a while */
};

/* All members' slices, a member's in a row. */
struct bench_slices {
  const struct bench_slice *slices;
  size_t members, count;  /* count: slices a member */
  uint64_t begin, length; /* of the first slice, of each; ticks */
};

/* Finds members that lost their CPU without the kernel's knowing: a host takes
 * it, or firmware. Only where nobody can keep another from the lock: a member
 * that does not look at the time for much longer than usual was not there.
 * @param slices  a clean one with a gap gets its cause; all members', in any
 *                order
 * @param floor   ticks that may always pass
 * @param scratch room for count numbers */
void bench_slices_find_gaps(struct bench_slice *slices, size_t count,
                            double floor, double *scratch);

/* Notes in slices of the window why a member that reaches into them was not
 * there.
 * @param segments  as many as a member has slices */
void bench_slices_blame(const struct bench_slices *,
                        struct bench_segments *segments);

/* What the chosen slices come to. */
struct bench_slices_sum {
  double operations, handovers, from_node, from_l3; /* counts */
  double exclusive;                                 /* likewise */
  double ticks;                                     /* that they lasted */
  double overlap; /* share of it with everybody in it */
  double jain;    /* mean of the slices' own index of fairness */
  double skew;    /* ticks from the first one's start of the window to the last
                     one's, at most */
  size_t stalled; /* slices with less than 70 % of the usual work */
};

/* @param chosen     numbers of slices, ascending; at least one
 * @param by_member  out: each member's operations
 * @param scratch    room for members + count numbers */
struct bench_slices_sum bench_slices_add(const struct bench_slices *,
                                         const size_t *chosen, size_t count,
                                         double *by_member, double *scratch);

/* Adds what another window came to; the first is added to zeros. */
void bench_slices_sum_add(struct bench_slices_sum *,
                          const struct bench_slices_sum *window);

/* Adds the runs that an edge cut: joined where the slices on both sides are
 * chosen, else as they are.
 * @param runs  those within slices are in it
 * @return the longest run, in acquisitions */
uint64_t bench_slices_join(const struct bench_slices *, const size_t *chosen,
                           size_t count, struct results_histogram *runs);

#endif
