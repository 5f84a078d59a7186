/* Was this trial disturbed? Pure: reads the trial, names a verdict.
 *
 * The names are those of results_verdicts[]; the first that applies wins, the
 * gravest first. */
#ifndef BENCH_VERDICT_H
#define BENCH_VERDICT_H

#include <stdbool.h>

#include "results/trial.h"

/* What the verdict is drawn from beside the trial's own fields. */
struct bench_disturbance {
  double queued_share; /* time ready but not running / time measured */
  double gap_share;    /* time in gaps of what the figures rest on / time
                          measured */
  bool crowded;        /* several threads a CPU: to lose it, and to start late
                          for it, is what is measured */
  bool ordered;        /* the lock serves in order of arrival: work does not
                          pile up on one side by its nature */
  bool left_out;       /* the figures rest on undisturbed segments: preemption
                          elsewhere is no matter */
};

/* @param trial  complete but for its verdict
 * @return a name of results_verdicts[], a constant */
const char *bench_verdict(const struct results_trial *trial,
                          const struct bench_disturbance *);

#endif
