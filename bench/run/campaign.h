/* A campaign: every cell of a plan once a round, shuffled, round after round.
 *
 * Rounds spread the trials of a cell over the whole run, so that drift of
 * the machine falls on all cells alike and trials of one round are pairs.
 * Every trial is stored as it ends; an interruption ends the campaign after
 * the trial in flight.
 *
 * With a wanted precision, cells that have it are left out of later rounds,
 * and rounds go on until all have it or the budget is spent; unless trials of
 * a round are pairs that are to be compared, which stay together. */
#ifndef BENCH_CAMPAIGN_H
#define BENCH_CAMPAIGN_H

#include "bench/plan/effort.h"
#include "bench/plan/precision.h"
#include "bench/run/done.h"
#include "bench/trial/trial.h"
#include "results/store.h"

struct bench_campaign {
  struct bench_setting setting;
  const struct bench_plan *plan;
  struct results_store *store;
  unsigned rounds; /* the most; 0: as many as fit into the budget */
  struct bench_effort effort;
  double first_round_s;   /* how long it took; 0 when not yet known */
  struct bench_done done; /* trials of an earlier part: not run again */
  struct bench_precision precision; /* open, and with the trials of an earlier
                                       part, if effort.precision or .clean is
                                       wanted */

  size_t trials;        /* out: stored, with those of an earlier part */
  unsigned finished;    /* out: complete rounds */
  bool interrupted;     /* out: by SIGINT or SIGTERM */
  int64_t violations;   /* out: broken critical sections */
  const char *violator; /* out: the first lock that broke one */
};

/* Runs it. @param why  one line on error
 * @return 0, also when interrupted; else the error of a trial or the store */
int bench_campaign_run(struct bench_campaign *, char *why, size_t why_size);

#endif
