/* What the files that make a prediction share. */
#ifndef BENCH_PREDICT_PREDICTION_PRIVATE_H
#define BENCH_PREDICT_PREDICTION_PRIVATE_H

#include "bench/predict/predict.h"
#include "bench/predict/team.h"

struct bench_prediction_maker {
  const struct results_summary *summary;
  const struct bench_places *places;
  const struct bench_elsewhere *elsewhere; /* NULL: the run's own machine */
  struct bench_prediction *prediction;
  /* Adds the points of a lock. @return 0; -EINVAL or -ENOMEM */
  int (*points)(struct bench_prediction_maker *,
                const struct bench_lock_costs *, struct bench_predicted_lock *);
  char *why; /* elsewhere */
  size_t why_size;
};

/* Goes through the locks whose throughput was measured.
 * @return 0, -ENOMEM, or what `points` returns */
int bench_predict_locks(struct bench_prediction_maker *);

/* @return 0 or -ENOMEM */
int bench_prediction_add(struct bench_prediction *,
                         const struct bench_predicted *);

/* Says why a lock is not predicted, or not all of it; the first stays. */
void bench_predicted_refuse(struct bench_predicted_lock *, const char *reason,
                            const char *detail);

/* What one thread does beside section, acquire and release, as measured with
 * one thread: the think time, and the loop around it. NAN: not measured.
 * @param cs_ns  negative: whichever there is */
double bench_predict_loop_ns(const struct results_summary *,
                             const struct bench_lock_costs *, int64_t cs_ns,
                             const char *variant);

/* Is this the throughput of that lock, in figures that may be used? */
bool bench_predict_is_measured(const struct results_row *,
                               const struct results_cell *of);

#endif
