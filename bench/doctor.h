/* Is this machine fit to measure? A closed list of checks, each with what was
 * found, why it matters and the command that mends it.
 *
 * The checks read /proc, /sys and what the program has found out itself; none
 * needs a privilege and none changes anything. What cannot be read is said to
 * be so, and is no complaint. All files are read below one folder, so that
 * other machines can be examined than this one: tests keep some. */
#ifndef BENCH_DOCTOR_H
#define BENCH_DOCTOR_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bench/clock.h"
#include "topology/machine.h"

enum bench_severity {
  BENCH_INFO, /* all is well, or nothing to be done about it */
  BENCH_WARN, /* figures will be noisier, or of another machine than it seems */
  BENCH_FAIL, /* figures would be wrong */
};

enum { BENCH_FINDING_SIZE = 256 };

struct bench_check;

/* What one check found. */
struct bench_finding {
  const struct bench_check *check;
  enum bench_severity severity;
  char value[BENCH_FINDING_SIZE];
};

struct bench_examination {
  const char *root; /* "" for this machine; else what stands before /proc */
  const struct topology_machine *machine; /* NULL: none, see machine_why */
  const char *machine_why;         /* why there is none; NULL: not asked */
  const struct bench_clock *clock; /* NULL: not calibrated */
  size_t threads;                  /* that shall run at once */
  bool audit;                      /* measure links, too: takes seconds */
  bool hurry; /* do not wait to see what else runs: a second less */

  struct bench_finding *findings; /* out: one a check, in the table's order */
  size_t count;                   /* out */
};

/* Makes all checks; takes about a second on this machine, in which it looks
 * at what else runs, unless in a hurry. bench_doctor_free() frees the findings.
 * @return 0 or -ENOMEM */
int bench_doctor_examine(struct bench_examination *);
void bench_doctor_free(struct bench_examination *);

/* Counts findings of a severity. */
size_t bench_doctor_count(const struct bench_examination *,
                          enum bench_severity);

/* Prints complaints with reason and remedy, then the rest a line each. */
void bench_doctor_print(FILE *, const struct bench_examination *);

/* Prints complaints only, a line each, and where to read on: for the head of
 * a run. Nothing when there are none. */
void bench_doctor_print_short(FILE *, const struct bench_examination *);

/* {"checks": [{name, severity, value, meaning, remedy}]}
 * @return a new reference, or NULL without memory */
json_t *bench_doctor_json(const struct bench_examination *);

#endif
