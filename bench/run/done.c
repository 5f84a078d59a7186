/* Stored trials found in a plan (see done.h). */
#include "bench/run/done.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct place {
  struct results_cell cell;
  size_t index;
};

static int by_cell(const void *left, const void *right) {
  const struct place *a = left, *b = right;
  int order = strcmp(a->cell.workload, b->cell.workload);
  return order ? order : results_cell_order(&a->cell, &b->cell);
}

static int by_key(const void *left, const void *right) {
  uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return (a > b) - (a < b);
}

static uint64_t key_of(size_t cell, unsigned round) {
  return (uint64_t)cell << 32 | round;
}

static struct place *sorted_places(const struct bench_plan *plan) {
  struct place *places = calloc(plan->cell_count + 1, sizeof *places);
  for (size_t i = 0; places && i < plan->cell_count; i++)
    places[i] = (struct place){bench_cell_identity(&plan->cells[i]), i};
  if (places)
    qsort(places, plan->cell_count, sizeof *places, by_cell);
  return places;
}

static int fill(const struct bench_plan *plan, const struct place *places,
                const struct results_trial *trials, size_t count, size_t *cells,
                uint64_t *keys) {
  for (size_t i = 0; i < count; i++) {
    struct place wanted = {.cell = results_cell_of(&trials[i])};
    wanted.cell.link = ""; /* found out by looking at trials, not planned */
    wanted.cell.link_main = 0;
    const struct place *found =
        bsearch(&wanted, places, plan->cell_count, sizeof *places, by_cell);
    if (!found)
      return -EINVAL;
    keys[i] = key_of(found->index, (unsigned)trials[i].round);
    if (cells)
      cells[i] = found->index;
  }
  qsort(keys, count, sizeof *keys, by_key);
  for (size_t i = 1; i < count; i++)
    if (keys[i] == keys[i - 1])
      return -EINVAL;
  return 0;
}

int bench_done_make(const struct bench_plan *plan,
                    const struct results_trial *trials, size_t count,
                    size_t *cells, struct bench_done *out) {
  struct place *places = sorted_places(plan);
  uint64_t *keys = calloc(count + 1, sizeof *keys);
  int error =
      places && keys ? fill(plan, places, trials, count, cells, keys) : -ENOMEM;
  free(places);
  if (error)
    free(keys);
  else
    *out = (struct bench_done){keys, count};
  return error;
}

bool bench_done_has(const struct bench_done *done, size_t cell,
                    unsigned round) {
  uint64_t key = key_of(cell, round);
  return done->count &&
         bsearch(&key, done->keys, done->count, sizeof key, by_key);
}
