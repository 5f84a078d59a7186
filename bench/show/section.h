/* The sections of a summary: what stands in one table, line by line.
 *
 * A section is one workload on one set of CPUs with one home, critical section
 * and class of line transfer; its lines are locks. Terminal and report print
 * the same sections. */
#ifndef BENCH_SECTION_H
#define BENCH_SECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "bench/workload/workload.h"
#include "results/summary.h"

struct bench_section {
  const struct bench_workload *workload;
  const struct results_cell *on; /* threads, cpus, level, home, cs_ns, link */
  const struct results_row **lines; /* the first row of each lock's cell */
  size_t line_count;
  const struct results_row *probe; /* the raw line transfer there, or NULL */
  /* Those of the workload that some line has, ended by a null metric. */
  struct bench_column columns[BENCH_COLUMNS + 1];
};

struct bench_sections {
  struct bench_section *items;
  size_t count;
  const struct results_summary *summary;
  double step_ns; /* of the clock; 0 when not known: set by who knows it */
};

/* @return true when a row is a percentile of few steps of the clock: its
 *         digits are the clock's, and it should not catch the eye */
bool bench_row_is_coarse(const struct bench_sections *,
                         const struct results_row *);

/* Sorts the rows of a summary into sections, in the order of their first rows;
 * a lock without any of the workload's columns has no line.
 * @param summary  is borrowed until bench_sections_free()
 * @return 0 or -ENOMEM */
int bench_sections_make(const struct results_summary *summary,
                        struct bench_sections *out);

void bench_sections_free(struct bench_sections *);

/* The row of a line's cell that has a metric, or NULL. */
const struct results_row *bench_line_find(const struct bench_sections *,
                                          const struct results_row *line,
                                          const char *metric);

/* The row that speaks for a line: of the first column that it has; NULL when no
 * trial gave it a figure. */
const struct results_row *bench_line_headline(const struct bench_sections *,
                                              const struct bench_section *,
                                              const struct results_row *line);

/* Do the two estimators of a handoff differ by more than they may?
 * @param step_ns  the clock's resolution, 0 when not known */
bool bench_line_disagrees(const struct bench_sections *,
                          const struct results_row *line, double step_ns);

/* Writes three figures that mean something, whatever the size.
 * @return as snprintf() */
int bench_figure_text(char *text, size_t size, double value);

#endif
