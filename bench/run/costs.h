/* What the suite itself costs where it is about to measure: no figure of a
 * run is finer than this, and every run says so before it begins.
 *
 * Costs are the fastest of some repetitions, as whatever comes between makes
 * one longer, never shorter; the disturbance is a census of one stretch. What
 * the limits of these costs are is bench_micro's business. */
#ifndef BENCH_COSTS_H
#define BENCH_COSTS_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "bench/clock.h"
#include "bench/trial/team.h"

struct bench_costs {
  double floor_ns;  /* a pair of the lock `none`: the loop alone */
  double stamp_ns;  /* the mean of an empty pair of stamps; it is subtracted */
  double record_ns; /* one value into a histogram */
  double chain_ns;  /* one multiplication of a chain: three or four cycles */
  /* A thread that does nothing but look at the clock: */
  double lost_share; /* part of its time in gaps of over a microsecond */
  double gaps_per_s;
  double largest_gap_ns;
};

/* Measures them on the calling CPU, which should be pinned: 0.1 s. */
void bench_costs_measure(const struct bench_clock *, struct bench_costs *out);

/* One link of the delay chain, in ns, at its fastest of some short stretches:
 * it moves with the frequency of the CPU and with nothing else. 20 us. */
double bench_costs_chain_ns(const struct bench_clock *);

/* The same on the CPU of a team's first member; the team rests. */
double bench_costs_chain_of(struct bench_team *, const struct bench_clock *);

/* Fills in latencies as locks have them: most near 60 ns, a tail over four
 * decades; always the same ones. */
void bench_costs_latencies(uint32_t *values, size_t count);

/* Two lines for the head of a run. */
void bench_costs_print(FILE *, const struct bench_costs *);

/* @return a new object, or NULL without memory */
json_t *bench_costs_json(const struct bench_costs *);

#endif
