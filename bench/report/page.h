/* The report: one page with everything that a run says.
 *
 * The page is plots/report/page.html; where it has {{NAME}} a slot of that name
 * is filled in. What a slot writes is made here, how it looks is said there
 * and in page.css. */
#ifndef BENCH_REPORT_PAGE_H
#define BENCH_REPORT_PAGE_H

#include <stdio.h>

#include "bench/show/section.h"
#include "results/run.h"

/* What a report is made of; all borrowed. */
struct bench_report {
  const char *name; /* of the run */
  const struct results_run *run;
  const struct bench_sections *sections;
  const char *programs; /* folder of the plot programs, with report/ in it */
  const char *pictures; /* folder where the SVGs lie */
  char *why;            /* gets one line when a slot cannot be filled */
  size_t why_size;
};

/* A place in the page.
 * @return 0 or a negative errno with report->why */
struct bench_slot {
  const char *name;
  int (*fill)(FILE *file, const struct bench_report *report);
};

/* Every slot, ended by a null name. */
extern const struct bench_slot bench_slots[];

/* Writes the page.
 * @return 0; -EBADMSG when page.html asks for a slot that does not exist;
 *         errors of open(2) and of the slots; report->why is filled */
int bench_report_write(FILE *file, const struct bench_report *report);

/* Slots that have a file of their own. */
int bench_slot_tables(FILE *file, const struct bench_report *report);
int bench_slot_trials(FILE *file, const struct bench_report *report);
int bench_slot_environment(FILE *file, const struct bench_report *report);
int bench_slot_clock(FILE *file, const struct bench_report *report);
int bench_slot_options(FILE *file, const struct bench_report *report);
int bench_slot_warnings(FILE *file, const struct bench_report *report);

#endif
