/* What a run of measurements was asked for: options after parsing.
 *
 * Texts are checked where their meaning is known: lock and workload names by
 * bench_plan_make(), CPUs and policies by topology/. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_options {
  const char *locks;     /* "ticket,queued/mcs"; NULL: all but hidden ones */
  const char *workloads; /* "release,handoff"; NULL: all */
  const char *routines;  /* "dpc,raise,native"; NULL: as the workload wants */
  const char *pairs;     /* "levels", "all" or "0-1,0-4"; NULL: levels */
  const char *threads;   /* "2,4,8"; NULL: powers of two and all CPUs */
  const char *place;     /* policies, separated by ';'; NULL: compact */
  const char *home;      /* NODE, first or interleave; NULL: first */
  const char *cs_ns;     /* "0,100"; NULL: as the workload wants */
  const char *out;       /* run folder; NULL: results/runs/<time>-<host> */
  const char *against;   /* FAMILY/LOCK that every other is compared with */
  bool self;             /* compare every cell with itself */
  unsigned rounds;       /* 0: as many as the budget holds */
  uint64_t seed;
  bool quick;
};

#endif
