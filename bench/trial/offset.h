/* How far the clocks of two CPUs are apart, and how sure that is.
 *
 * A round trip of a stamp bounds it by cause and effect alone: what the second
 * CPU stamped lies between the first one's stamps of sending and of getting it
 * back. All round trips must agree, so the tightest bounds hold; the middle of
 * the fastest one is the best guess. A time from one CPU to the other is off
 * by so much; the mean of both directions is not. */
#ifndef BENCH_OFFSET_H
#define BENCH_OFFSET_H

#include "bench/clock.h"
#include "bench/trial/team.h"

struct bench_offset {
  double low_ns, high_ns; /* the second's clock less the first's is within */
  double guess_ns;
};

/* What one round trip says, in ticks of either clock. */
struct bench_trip {
  uint64_t sent, returned; /* by the first */
  uint64_t stamped;        /* by the second, in between */
};

/* Puts round trips together. Pure.
 * @param count  at least 1 */
struct bench_offset bench_offset_of(const struct bench_trip *, size_t count,
                                    double ns_per_tick);

/* Measures it between the first two members of a team.
 * @param line  BENCH_LINE bytes that nobody else uses */
void bench_offset_measure(struct bench_team *, const struct bench_clock *,
                          void *line, struct bench_offset *out);

#endif
