/* Which segments of a trial an estimate rests on. Pure.
 *
 * A trial measures the same thing in many short segments, so that one that
 * was disturbed can be left out and counted instead of spoiling the rest. An
 * estimate that rests on too few would be worth less than a disturbed one:
 * then all of them stay in, and the trial's verdict says so. */
#ifndef BENCH_SEGMENT_H
#define BENCH_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>

/* Clean segments that an estimate may rest on alone. */
enum { BENCH_SEGMENTS_LEAST = 3 };

/* Chooses the clean segments, or all when too few are clean.
 * @param disturbed  one answer a segment
 * @param chosen     out: numbers of segments, ascending; room for `count`
 * @param clean      out: true when no disturbed segment is among them
 * @return how many were chosen */
size_t bench_segments_choose(const bool *disturbed, size_t count,
                             size_t *chosen, bool *clean);

#endif
