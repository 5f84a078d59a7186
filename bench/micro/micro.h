/* What the suite itself costs: rows of a table, some of them with a limit.
 *
 * Run by `meson benchmark`. Costs are minima over repetitions that take turns
 * with what they are compared with: whatever comes between makes a repetition
 * longer, never shorter. A row beyond its limit is measured again a bounded
 * number of times, minima kept, before it is called a failure. */
#ifndef BENCH_MICRO_H
#define BENCH_MICRO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/clock.h"
#include "topology/machine.h"

struct bench_micro_row {
  const char *name, *unit;
  double value; /* NAN: not available here */
  double limit; /* NAN: none */
  const char *meaning;
};

enum { BENCH_MICRO_ROWS = 32 };

struct bench_micro {
  const struct topology_machine *machine;
  const struct bench_clock *clock;
  bool slow;    /* a fault for the test: wrapper and records dawdle */
  int attempts; /* at a row that is beyond its limit */
  struct bench_micro_row rows[BENCH_MICRO_ROWS]; /* out */
  size_t count;
};

/* @return true unless the row is beyond its limit */
bool bench_micro_holds(const struct bench_micro_row *);

/* Appends a row; all strings are constants. */
void bench_micro_add(struct bench_micro *, struct bench_micro_row);

/* The subjects; each appends its rows.
 * @return 0 or a negative errno */
int bench_micro_wrapper(struct bench_micro *);
int bench_micro_record(struct bench_micro *);
int bench_micro_stamps(struct bench_micro *);
int bench_micro_barrier(struct bench_micro *);

/* A loop that does its thing `n` times. */
struct bench_micro_loop {
  void (*run)(void *context, uint64_t n);
  void *context;
  double least_ns; /* in and out: an iteration at its fastest; begin with
                      infinity */
};

/* Times each loop once a repetition, one after the other. */
void bench_micro_time(const struct bench_clock *, struct bench_micro_loop *,
                      size_t count, uint64_t n, unsigned repetitions);

#endif
