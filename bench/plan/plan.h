/* What will be measured: cells, made from options and a machine. Pure.
 *
 * A cell is a workload on a kernel on a set of CPUs with a home node and a
 * critical section. Sets of CPUs are pairs (one for every distance that the
 * machine has, unless told otherwise) and placements of thread counts. */
#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H

#include "bench/kernel/kernel.h"
#include "bench/options.h"
#include "bench/workload/workload.h"
#include "results/cell.h"
#include "topology/machine.h"
#include "topology/memory.h"

/* CPUs that work together; shared by cells. */
struct bench_set {
  unsigned *cpus; /* OS indices, in thread order */
  size_t count;
  size_t number;                        /* its place in the plan */
  bool pair;                            /* chosen for its distance */
  bool team;                            /* chosen by a placement policy */
  bool waiters;                         /* one holds, the others wait */
  bool matrix;                          /* a pair that is for a matrix */
  bool crowd;                           /* CPUs have several threads each */
  char *text;                           /* "0 1" */
  char level[TOPOLOGY_LEVEL_NAME_SIZE]; /* the farthest between two of them */
};

struct bench_cell {
  const struct bench_workload *workload;
  const struct bench_kernel *kernel;
  const struct bench_set *set;
  size_t threads; /* that measure: 1 where the others only dirty lines */
  int home;       /* as topology/memory.h has it */
  const char *home_text;
  int64_t cs_ns;
  const struct bench_variant *variant; /* the plan's, or the workload's */
};

/* Where lock lines lie; shared by cells. */
struct bench_home {
  int home; /* as topology/memory.h has it */
  char text[TOPOLOGY_HOME_NAME_SIZE];
};

/* Why something that one may expect is not measured. */
struct bench_omission {
  char text[200];
};

struct bench_plan {
  struct bench_set *sets;
  size_t set_count;
  bool pairs; /* some set is a pair */
  struct bench_cell *cells;
  size_t cell_count;
  struct bench_omission *omissions;
  size_t omission_count;
  struct bench_home *homes;
  size_t home_count;
  struct bench_variant *loads; /* every think time with every payload */
  size_t load_count;
  struct bench_relaxed *relaxed; /* variants under a policy (relaxing.h) */
  double transfer_ns;            /* of the ground it was made on */
  bool stamps;                   /* likewise */
};

/* What the plan depends on beside the options. */
struct bench_ground {
  const struct topology_machine *machine;
  bool stamps;        /* the clock stamps single events */
  double transfer_ns; /* slowest line transfer seen; NAN when not measured */
  double quota_cpus;  /* that may be busy at once; 0: all */
};

/* @param why  one line: what was wrong, where, what it should be
 * @return 0; -EINVAL with `why`; -ENOMEM */
int bench_plan_make(const struct bench_options *, const struct bench_ground *,
                    struct bench_plan *out, char *why, size_t why_size);

/* @return the pairs and placements alone, for measuring transfers first */
int bench_plan_sets(const struct bench_options *, const struct bench_ground *,
                    struct bench_plan *out, char *why, size_t why_size);

void bench_plan_free(struct bench_plan *);

/* Enough for every name of a cell. */
enum { BENCH_CELL_NAME_SIZE = 256 };

/* Writes the name of a cell, `workload/family/lock/routines/…`, that no other
 * of its plan has. */
void bench_cell_name(const struct bench_cell *, char *text, size_t size);

/* What a trial of a cell is identified by; its texts are the plan's. */
struct results_cell bench_cell_identity(const struct bench_cell *);

/* Writes that into a trial. */
void bench_cell_identify(const struct bench_cell *, struct results_trial *);

/* @return a number that two plans share when their cells are the same, in the
 *         same order, on the same CPUs */
uint64_t bench_plan_digest(const struct bench_plan *);

/* Routines, and kernels by name, as a line of text for errors and help. */
void bench_kernel_names(char *text, size_t size);

#endif
