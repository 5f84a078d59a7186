/* The physical limit: how long one cache line takes from CPU to CPU.
 *
 * One line, two threads; each spins on a load with a pause between polls and
 * stores when its turn comes: what a waiting lock does at best. One way is
 * half of a round trip. Named because other protocols give other numbers: a
 * compare-and-swap ping-pong reads about half of this on some machines. */
#ifndef BENCH_PROBE_H
#define BENCH_PROBE_H

#include "bench/clock.h"
#include "bench/trial/team.h"

/* Measures pairs of members, (0,1), (1,2), … but no more than four pairs
 * spread over the team, and averages them.
 * @param line  BENCH_LINE bytes on the home node, aligned
 * @return one-way transfer in ns: mean over pairs of the mean of the faster
 *         half of short chunks; NAN for a team of one */
double bench_probe(struct bench_team *, const struct bench_clock *, void *line);

#endif
