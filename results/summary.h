/* What a run says: one row for each metric of each cell. Pure.
 *
 * The headline of a row rests on the clean trials of its cell. Where fewer
 * than RESULTS_CLEAN_ENOUGH of them carry the metric it rests on all trials
 * whose verdict may be summarised, and its basis says so. Nothing is dropped:
 * n and n_disturbed together are all the trials that carry the metric.
 *
 * The physical limit is a row as any other: for each workload, set of CPUs and
 * home there is one of family `probe`, lock `line`, routines `native`, metric
 * `one_way_ns`, made from the probes of all trials there; its cs_ns is 0. */
#ifndef RESULTS_SUMMARY_H
#define RESULTS_SUMMARY_H

#include "results/cell.h"

/* Fewer clean trials than this and the basis becomes `all`. */
#define RESULTS_CLEAN_ENOUGH 3

/* The bootstrap of every row: same trials, same interval. */
#define RESULTS_SUMMARY_RESAMPLES 2000
#define RESULTS_SUMMARY_SEED 0x6b7370696eU
#define RESULTS_SUMMARY_CONFIDENCE 0.95

/* The rule of the headline: a clean trial always counts, a disturbed one only
 * where clean ones are few and its verdict allows it.
 * @param clean  how many clean trials of the cell carry what is asked for */
bool results_trial_is_used(const struct results_trial *trial, size_t clean);

/* A real that is not available is NAN. */
struct results_row {
  struct results_cell cell; /* strings borrowed from the trials */
  const char *metric;
  const char *unit;
  double median;
  double ci_low, ci_high; /* 95 % percentile bootstrap; NAN below 2 trials */
  double mad;             /* median absolute deviation, not scaled */
  size_t n;               /* clean trials with this metric */
  size_t n_disturbed;     /* the others with this metric */
  const char *basis;      /* "clean" or "all" */
  double probe_ns;        /* median of the same trials' probe_ns */
  double ratio_to_probe;  /* median of metric / probe_ns; only for unit ns */
};

struct results_summary {
  struct results_row *rows;
  size_t count;
};

/* Summarises trials.
 * Rows come by cell as results_cells_group() orders them, then by metric in
 * the order of trial.def; a metric that no trial of a cell carries has no row;
 * probe rows close each workload.
 * @param out  released with results_summary_free(); borrows the strings
 * @return 0 or -ENOMEM */
int results_summarise(const struct results_trial *trials, size_t count,
                      struct results_summary *out);

void results_summary_free(struct results_summary *summary);

#endif
