/* The CSV files of a run: what gnuplot and other programs read.
 *
 * Each appears whole or not at all. A field that is not available is empty.
 * The decimal sign is a point in every locale. Columns are in README.md. */
#ifndef RESULTS_TABLE_H
#define RESULTS_TABLE_H

#include "results/run.h"
#include "results/summary.h"

/* The first lines of the files, without newline. */
extern const char results_summary_header[];
extern const char results_histograms_header[];

/* Writes FOLDER/summary.csv.
 * @return 0; -EINVAL when results_text_is_plain() denies a name;
 *         errors of open(2), write(2), rename(2); -ENOMEM */
int results_write_summary_csv(const char *folder,
                              const struct results_summary *summary);

/* Writes FOLDER/histograms.csv: for each cell the acquire latencies of its
 * clean trials, merged (of all that may be summarised when fewer than
 * RESULTS_CLEAN_ENOUGH are clean); one row for each bucket in use.
 * @return as results_write_summary_csv(); -EOVERFLOW when a merged bucket
 *         would pass 2^32 - 1 */
int results_write_histograms_csv(const char *folder,
                                 const struct results_run *run);

#endif
