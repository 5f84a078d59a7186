/* A cell: what is held equal among trials that are summarised together.
 *
 * Its members are the IDENTITY, AXIS and DERIVED fields of trial.def. */
#ifndef RESULTS_CELL_H
#define RESULTS_CELL_H

#include "results/trial.h"

#define RESULTS_CELL_IDENTITY(kind, name) RESULTS_TYPE_##kind name;
#define RESULTS_CELL_AXIS(kind, name) RESULTS_TYPE_##kind name;
#define RESULTS_CELL_DERIVED(kind, name) RESULTS_TYPE_##kind name;
#define RESULTS_CELL_BOOKKEEPING(kind, name)
#define RESULTS_CELL_METRIC(kind, name)
#define RESULTS_CELL_PROBE(kind, name)
#define RESULTS_CELL_DISTURBANCE(kind, name)
#define RESULTS_CELL_OUTCOME(kind, name)

struct results_cell {
#define RESULTS_FIELD(group, kind, name, unit, meaning)                        \
  RESULTS_CELL_##group(kind, name)
#include "results/trial.def"
#undef RESULTS_FIELD
};

/* The cell that a trial belongs to; its strings are the trial's. */
struct results_cell results_cell_of(const struct results_trial *trial);

/* Says whether two cells are the same in every field. */
bool results_cell_equal(const struct results_cell *a,
                        const struct results_cell *b);

/* Orders cells of one workload for reading: family (executive, queued, peer,
 * probe), lock, routines, threads, cpus, level, home, cs_ns, variant, link;
 * digits within names count as numbers.
 * @return negative, 0 or positive as strcmp() */
int results_cell_order(const struct results_cell *a,
                       const struct results_cell *b);

/* The trials of one cell: indices into the array that was grouped. */
struct results_trials_of_cell {
  struct results_cell cell;
  const size_t *trials; /* in the order of the array */
  size_t count;
};

struct results_cells {
  struct results_trials_of_cell *groups;
  size_t count;
  size_t *storage; /* owns what `trials` points to */
};

/* Groups trials into cells: workloads in the order in which they first appear,
 * the cells of one by results_cell_order().
 * @param out  released with results_cells_free(); borrows the trials' strings
 * @return 0 or -ENOMEM */
int results_cells_group(const struct results_trial *trials, size_t count,
                        struct results_cells *out);

void results_cells_free(struct results_cells *cells);

#endif
