/* Predicting what a run has measured itself (see predict.h). */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/predict/prediction_private.h"

/* "think:500" is think time; anything else is not in the model. */
static bool is_modelled(const char *variant, double *think_ns) {
  char *end;
  *think_ns = 0;
  if (!*variant)
    return true;
  if (strncmp(variant, "think:", 6))
    return false;
  *think_ns = strtod(variant + 6, &end);
  return end != variant + 6 && !*end;
}

/* "0 1 8" */
static unsigned *read_cpus(const struct results_cell *cell) {
  unsigned *cpus = calloc((size_t)cell->threads + 1, sizeof *cpus);
  const char *text = cell->cpus;
  for (int64_t i = 0; cpus && i < cell->threads; i++) {
    char *end;
    cpus[i] = (unsigned)strtoul(text, &end, 10);
    text = end;
  }
  return cpus;
}

/* @return 0; -ENOENT: left out, the lock says why; -ENOMEM */
static int simulate(const struct bench_prediction_maker *maker,
                    const struct bench_lock_costs *costs,
                    struct bench_predicted *point,
                    struct bench_predicted_lock *lock) {
  const struct results_cell *cell = &point->cell;
  double asked_ns;
  if (!is_modelled(cell->variant, &asked_ns)) {
    bench_predicted_refuse(lock, "not in the model:", cell->variant);
    return -ENOENT;
  }
  double loop_ns =
      bench_predict_loop_ns(maker->summary, costs, cell->cs_ns, cell->variant);
  struct bench_team_model model = {.places = maker->places,
                                   .transfers = &maker->prediction->transfers,
                                   .costs = costs,
                                   .section_ns = (double)cell->cs_ns,
                                   .think_ns =
                                       isnan(loop_ns) ? asked_ns : loop_ns};
  char level[TOPOLOGY_LEVEL_NAME_SIZE];
  unsigned *cpus = read_cpus(cell);
  int error = cpus ? bench_team_simulate(&model, cpus, (size_t)cell->threads,
                                         &point->model, &point->bounds, level)
                   : -ENOMEM;
  free(cpus);
  if (error == -ENOENT)
    bench_predicted_refuse(lock, "no line transfer was measured at level",
                           level);
  else if (error == -ENODEV)
    bench_predicted_refuse(lock, "not in the record: CPUs", cell->cpus);
  return error == -ENODEV ? -ENOENT : error;
}

static int add_points(struct bench_prediction_maker *maker,
                      const struct bench_lock_costs *costs,
                      struct bench_predicted_lock *lock) {
  int error = 0;
  for (size_t i = 0; i < maker->summary->count && error != -ENOMEM; i++) {
    const struct results_row *row = &maker->summary->rows[i];
    if (!bench_predict_is_measured(row, &lock->of))
      continue;
    struct bench_predicted point = {.cell = row->cell,
                                    .row = row,
                                    .input = row->cell.threads == 1,
                                    .crowd_known = costs->crowd_known};
    error = simulate(maker, costs, &point, lock);
    point.error = point.model.op_ns / row->median - 1;
    if (!error)
      error = bench_prediction_add(maker->prediction, &point);
  }
  return error == -ENOMEM ? error : 0;
}

int bench_predict_run(const struct results_summary *summary,
                      const json_t *record, struct bench_prediction *out) {
  struct bench_prediction prediction = {0};
  struct bench_places places;
  int error =
      bench_places_of_record(json_object_get(record, "topology"), &places);
  if (error)
    return error;
  struct bench_prediction_maker maker = {.summary = summary,
                                         .places = &places,
                                         .prediction = &prediction,
                                         .points = add_points};
  bench_transfers_read(summary, &prediction.transfers);
  error = bench_predict_locks(&maker);
  bench_places_free(&places);
  if (error)
    bench_prediction_free(&prediction);
  else
    *out = prediction;
  return error;
}
