/* A check of the doctor's: a row of its table, and how it is read. */
#ifndef BENCH_DOCTOR_CHECK_H
#define BENCH_DOCTOR_CHECK_H

#include "bench/doctor.h"

enum bench_answer {
  BENCH_UNKNOWN, /* not readable here */
  BENCH_GOOD,
  BENCH_BAD,
};

struct bench_patient;
struct bench_check;

/* Answers one check.
 * @param value  receives what was found, a line; of BENCH_FINDING_SIZE bytes.
 *               Left empty with BENCH_UNKNOWN: "not readable" */
typedef enum bench_answer bench_reader(struct bench_patient *,
                                       const struct bench_check *, char *value);

struct bench_check {
  const char *name;
  enum bench_severity severity; /* of a bad answer */
  bench_reader *read;
  const char *what;    /* a path or name, as the reader wants it */
  const char *good;    /* good values, | between; NULL: any */
  const char *meaning; /* why it matters */
  const char *remedy;  /* what mends it */
};

/* The table, ended by a null name: gravest first. */
extern const struct bench_check bench_checks[];

/* The readers, by the file that they are in. */

/* doctor/read.c: one file, one answer */
bench_reader bench_read_text;   /* the text of a file */
bench_reader bench_read_choice; /* the word in brackets of a file */
bench_reader bench_read_swap;
bench_reader bench_read_option; /* of the kernel's command line */
bench_reader bench_read_cpuinfo;
bench_reader bench_read_flaws;
bench_reader bench_read_huge_pages;
bench_reader bench_read_sources; /* of events */

/* doctor/cpus.c: which CPUs there are */
bench_reader bench_read_cpus;
bench_reader bench_read_quota;
bench_reader bench_read_siblings;
bench_reader bench_read_guest;
bench_reader bench_read_line_size;

bench_reader bench_read_tsc_flags;

/* doctor/power.c: frequency and sleep */
bench_reader bench_read_governor;
bench_reader bench_read_frequencies;
bench_reader bench_read_boost;
bench_reader bench_read_idle_states;

/* doctor/others.c: what else runs */
bench_reader bench_read_load;
bench_reader bench_read_pressure;
bench_reader bench_read_busy;
bench_reader bench_read_busy_siblings;
bench_reader bench_read_steal;
bench_reader bench_read_interrupts;
bench_reader bench_read_process;

/* doctor/clocks.c: clocks of several CPUs */
bench_reader bench_read_offset;

/* doctor/own.c: what the program found out itself */
bench_reader bench_read_topology;
bench_reader bench_read_hwloc;
bench_reader bench_read_built;
bench_reader bench_read_libc;
bench_reader bench_read_self_test;
bench_reader bench_read_stamp;
bench_reader bench_read_placement;
bench_reader bench_read_nodes;
bench_reader bench_read_distances;
bench_reader bench_read_park_flag;
bench_reader bench_read_counters;
bench_reader bench_read_links;

#endif
