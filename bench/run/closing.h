/* What a run says when it is over: tables, comparisons, CSV files.
 *
 * All of it is made from what was stored, as anybody else would. */
#ifndef BENCH_CLOSING_H
#define BENCH_CLOSING_H

#include <stdbool.h>
#include <stddef.h>

struct bench_closing {
  const char *folder;  /* of the run */
  double step_ns;      /* the clock's resolution */
  const char *against; /* "FAMILY/LOCK" to compare every other with, or NULL */
  bool self;           /* print this machine's rate of false differences */
};

/* Prints on stdout, writes summary.csv and histograms.csv.
 * @param why  one line on error
 * @return 0; the errors of results_run_read() and of writing files */
int bench_close_run(const struct bench_closing *, char *why, size_t why_size);

#endif
