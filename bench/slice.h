/* A window of competition in adjoining slices. Pure.
 *
 * Members compete without a stop, but their counts are read at the end of
 * each slice, so that the slices in which one of them lost its CPU can be
 * left out: the others competed with fewer then. A member that comes back has
 * missed the slices in between, and those are left out, too. */
#ifndef BENCH_SLICE_H
#define BENCH_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one member did in one slice. */
struct bench_slice {
  uint64_t started, stopped;      /* ticks */
  uint64_t operations, handovers; /* handovers: to this member */
  bool parked;                    /* it lost its CPU */
};

/* All members' slices, a member's in a row. */
struct bench_slices {
  const struct bench_slice *slices;
  size_t members, count; /* count: slices a member */
};

/* Marks the slices in which a member lost its CPU or was not back yet.
 * @param disturbed  out: one answer a slice */
void bench_slices_mark(const struct bench_slices *, bool *disturbed);

/* What the chosen slices come to. Rates are per tick; each member's is its
 * own count by its own time. */
struct bench_slices_sum {
  double operations, handovers; /* rates of all members together */
  double overlap;               /* share of the time with everybody in it */
};

/* @param chosen   numbers of slices, ascending; at least one
 * @param by_member  out: each member's rate of operations */
struct bench_slices_sum bench_slices_add(const struct bench_slices *,
                                         const size_t *chosen, size_t count,
                                         double *by_member);

#endif
