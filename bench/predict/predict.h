/* Throughput as a model has it, beside throughput as a run measured it.
 *
 * The costs of a lock are measured apart (handoff, uncontended, release, raw
 * transfer); a simulation makes throughput of them, for the teams that were
 * measured or for those of another machine. The measurement with one thread is
 * an input: it says what the loop itself takes. What a lock really did is no
 * input, so that the error says how much of it the model explains. */
#ifndef BENCH_PREDICT_PREDICT_H
#define BENCH_PREDICT_PREDICT_H

#include "bench/predict/costs.h"
#include "bench/predict/places.h"
#include "results/run.h"

/* Beyond this mean error the model does not explain a lock. */
#define BENCH_PREDICT_EXPLAINS 0.15

struct bench_predicted {
  struct results_cell cell;      /* borrowed texts */
  const struct results_row *row; /* as measured; NULL: on no machine yet */
  struct bench_simulated model;  /* as predicted */
  struct bench_bounds bounds;
  double error;     /* of the model, by what was measured; NAN: no row */
  bool input;       /* one thread: the model knows it */
  bool crowd_known; /* whether its hand-over is known to grow with waiters */
};

/* A lock as a whole. */
struct bench_predicted_lock {
  struct results_cell of;
  size_t first, count; /* of the points */
  double mean_error;   /* over the points that are no inputs; NAN: none */
  size_t tested;       /* such points */
  char why[120];       /* not predicted, or not fully, because; or empty */
};

struct bench_prediction {
  struct bench_transfers transfers;
  struct bench_predicted *points; /* by lock */
  size_t point_count;
  struct bench_predicted_lock *locks;
  size_t lock_count;
};

/* Predicts what a run has measured.
 * @param summary  of the run; borrowed until bench_prediction_free()
 * @return 0; -EBADMSG: the record does not say where the CPUs are; -ENOMEM */
int bench_predict_run(const struct results_summary *summary,
                      const json_t *record, struct bench_prediction *out);

/* A machine that was not measured, and teams on it. */
struct bench_elsewhere {
  const struct topology_machine *machine;
  const char *policy;     /* of placement */
  const unsigned *counts; /* of threads, ascending */
  size_t count;
  double section_ns, think_ns;
  const struct bench_transfers *given; /* they come before measured ones */
};

/* Predicts the locks of a run on another machine.
 * @return 0; -EINVAL with `why`: threads do not fit, or a level whose transfer
 *         is neither measured nor given; -ENOMEM */
int bench_predict_elsewhere(const struct results_summary *summary,
                            const struct bench_elsewhere *,
                            struct bench_prediction *out, char *why,
                            size_t why_size);

void bench_prediction_free(struct bench_prediction *);

/* @return false when the mean error is beyond what explains a lock */
bool bench_predicted_explained(const struct bench_predicted_lock *);

#endif
