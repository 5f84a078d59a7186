/* Grouping trials into cells. */
#include "results/cell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define TAKE_IDENTITY(name) .name = trial->name,
#define TAKE_AXIS(name) .name = trial->name,
#define TAKE_DERIVED(name) .name = trial->name,
#define TAKE_BOOKKEEPING(name)
#define TAKE_METRIC(name)
#define TAKE_PROBE(name)
#define TAKE_DISTURBANCE(name)
#define TAKE_OUTCOME(name)

struct results_cell results_cell_of(const struct results_trial *trial) {
  return (struct results_cell){
#define RESULTS_FIELD(group, kind, name, unit, meaning) TAKE_##group(name)
#include "results/trial.def"
#undef RESULTS_FIELD
  };
}

bool results_cell_equal(const struct results_cell *a,
                        const struct results_cell *b) {
  return strcmp(a->workload, b->workload) == 0 && results_cell_order(a, b) == 0;
}

/* The families in the order of the project's story, any other after them. */
static int family_rank(const char *family) {
  static const char *const families[] = {"executive", "queued", "peer",
                                         "probe"};
  int rank = 0;
  while (rank < 4 && strcmp(families[rank], family) != 0)
    rank++;
  return rank;
}

static int sign(int64_t a, int64_t b) {
  return (a > b) - (a < b);
}

int results_cell_order(const struct results_cell *a,
                       const struct results_cell *b) {
  int order = family_rank(a->family) - family_rank(b->family);
  order = order ? order : strcmp(a->family, b->family);
  order = order ? order : strverscmp(a->lock, b->lock);
  order = order ? order : strcmp(a->routines, b->routines);
  order = order ? order : sign(a->threads, b->threads);
  order = order ? order : strverscmp(a->cpus, b->cpus);
  order = order ? order : strverscmp(a->level, b->level);
  order = order ? order : strverscmp(a->home, b->home);
  order = order ? order : sign(a->cs_ns, b->cs_ns);
  order = order ? order : strverscmp(a->variant, b->variant);
  order = order ? order : sign(b->link_main, a->link_main);
  return order ? order : strverscmp(a->link, b->link);
}

/* A trial on its way into a group. */
struct placed {
  struct results_cell cell;
  size_t index;    /* of the trial */
  size_t workload; /* index of the first trial of this workload */
};

static int placed_order(const void *left, const void *right) {
  const struct placed *a = left, *b = right;
  if (a->workload != b->workload)
    return a->workload < b->workload ? -1 : 1;
  const int order = results_cell_order(&a->cell, &b->cell);
  return order ? order : sign((int64_t)a->index, (int64_t)b->index);
}

/* @param firsts  scratch: index of the first trial of each workload so far */
static void place(const struct results_trial *trials, size_t count,
                  size_t *firsts, struct placed *placed) {
  size_t workloads = 0;
  for (size_t i = 0; i < count; i++) {
    size_t w = 0;
    firsts[workloads] = i;
    while (strcmp(trials[firsts[w]].workload, trials[i].workload) != 0)
      w++;
    workloads += w == workloads;
    placed[i] = (struct placed){results_cell_of(&trials[i]), i, firsts[w]};
  }
  qsort(placed, count, sizeof *placed, placed_order);
}

static void cut_into_groups(const struct placed *placed, size_t count,
                            struct results_cells *cells) {
  for (size_t i = 0; i < count; i++) {
    cells->storage[i] = placed[i].index;
    if (i == 0 || !results_cell_equal(&placed[i - 1].cell, &placed[i].cell))
      cells->groups[cells->count++] = (struct results_trials_of_cell){
          placed[i].cell, &cells->storage[i], 0};
    cells->groups[cells->count - 1].count++;
  }
}

int results_cells_group(const struct results_trial *trials, size_t count,
                        struct results_cells *out) {
  struct placed *placed = calloc(count + 1, sizeof *placed);
  struct results_cells cells = {
      .groups = calloc(count + 1, sizeof *cells.groups),
      .storage = calloc(count + 1, sizeof *cells.storage)};
  if (!placed || !cells.groups || !cells.storage) {
    free(placed);
    results_cells_free(&cells);
    return -ENOMEM;
  }
  place(trials, count, cells.storage, placed);
  cut_into_groups(placed, count, &cells);
  free(placed);
  *out = cells;
  return 0;
}

void results_cells_free(struct results_cells *cells) {
  free(cells->groups);
  free(cells->storage);
  *cells = (struct results_cells){0};
}
