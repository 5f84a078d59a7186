/* Which cells have been measured precisely enough: `--ci 2%`.
 *
 * A cell is narrow once half of the 95 % interval of its leading column is at
 * most the wanted part of the median, over clean trials that met the line
 * transfer which most of its trials met; and it stays so. It is judged between
 * rounds, by what earlier rounds gave and nothing else, so that a run which is
 * resumed comes to the same answers. Fewer than BENCH_PRECISION_LEAST trials
 * are never enough: intervals of so few are too short as often as not.
 * Even so, to stop when an interval happens to be short makes it too short more
 * often: by simulation 89 % of such intervals hold the median, not 95 %
 * (test/precision_test.c). */
#ifndef BENCH_PRECISION_H
#define BENCH_PRECISION_H

#include <jansson.h>
#include <stdio.h>

#include "bench/plan/effort.h"
#include "results/trial.h"

enum { BENCH_PRECISION_LEAST = 8 };

/* What a trial says to it. */
struct bench_observation {
  double value; /* of the leading column; NAN: none */
  double probe_ns, probe_before_ns;
  unsigned round;
  bool clean, moved;
};

struct bench_precision_cell {
  struct bench_observation *seen;
  size_t count;
  bool narrow;
  size_t trials; /* that the interval rests on */
  double half;   /* of the interval, over the median; NAN: too few trials */
};

struct bench_precision {
  double wanted;
  struct bench_precision_cell *cells; /* one a cell of the plan */
  size_t count, narrow;
};

/* @param wanted  0 for an account that is kept and never judged
 * @return 0 or -ENOMEM */
int bench_precision_open(size_t cells, double wanted,
                         struct bench_precision *out);
void bench_precision_close(struct bench_precision *);

/* Takes a trial of a cell of that workload to the account.
 * @return 0 or -ENOMEM */
int bench_precision_note(struct bench_precision *, size_t cell,
                         const struct bench_workload *,
                         const struct results_trial *);

/* Judges all cells by their trials of rounds before `round`.
 * @return 0 or -ENOMEM */
int bench_precision_judge(struct bench_precision *, unsigned round);

/* @return how many cells have at least so many clean trials */
size_t bench_precision_cells_of(const struct bench_precision *, size_t least);

/* Says how many cells are narrow, and which are not and how wide. */
void bench_precision_print(FILE *, const struct bench_precision *,
                           const struct bench_plan *);

/* {"wanted", "cells": [{"cell", "narrow", "half_width", "trials"}]}
 * @return a new reference, or NULL without memory */
json_t *bench_precision_json(const struct bench_precision *,
                             const struct bench_plan *);

#endif
