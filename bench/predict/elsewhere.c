/* Predicting a machine that one does not have (see predict.h). */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/predict/prediction_private.h"
#include "topology/place.h"

/* Measured transfers, and over them the given ones. */
static void gather_transfers(const struct results_summary *summary,
                             const struct bench_transfers *given,
                             struct bench_transfers *out) {
  bench_transfers_read(summary, out);
  for (size_t i = 0; i < given->count; i++)
    bench_transfer_set(out, given->rows[i].level, given->rows[i].ns, true);
}

/* @return 0; -EINVAL with `why`; -ENOMEM */
static int simulate(const struct bench_prediction_maker *maker,
                    const struct bench_lock_costs *costs,
                    struct bench_predicted *point, unsigned *cpus) {
  const struct bench_elsewhere *elsewhere = maker->elsewhere;
  size_t threads = (size_t)point->cell.threads;
  int error = topology_place(elsewhere->machine, elsewhere->policy, threads,
                             cpus, maker->why, maker->why_size);
  if (error)
    return error;
  double loop_ns = bench_predict_loop_ns(maker->summary, costs, -1, "");
  struct bench_team_model model = {.places = maker->places,
                                   .transfers = &maker->prediction->transfers,
                                   .costs = costs,
                                   .section_ns = elsewhere->section_ns,
                                   .think_ns = elsewhere->think_ns +
                                               (isnan(loop_ns) ? 0 : loop_ns)};
  char level[TOPOLOGY_LEVEL_NAME_SIZE];
  error = bench_team_simulate(&model, cpus, threads, &point->model,
                              &point->bounds, level);
  if (error != -ENOENT)
    return error;
  snprintf(maker->why, maker->why_size,
           "the run has measured no line transfer at level %s; give one, like "
           "--transfer %s=120",
           level, level);
  return -EINVAL;
}

static int add_points(struct bench_prediction_maker *maker,
                      const struct bench_lock_costs *costs,
                      struct bench_predicted_lock *lock) {
  const struct bench_elsewhere *elsewhere = maker->elsewhere;
  unsigned *cpus =
      calloc(topology_cpu_count(elsewhere->machine) + 1, sizeof *cpus);
  int error = cpus ? 0 : -ENOMEM;
  for (size_t i = 0; i < elsewhere->count && !error; i++) {
    struct bench_predicted point = {.cell = lock->of,
                                    .error = (double)NAN,
                                    .crowd_known = costs->crowd_known};
    point.cell.threads = elsewhere->counts[i];
    point.cell.cpus = point.cell.level = point.cell.variant = "";
    point.cell.cs_ns = (int64_t)elsewhere->section_ns;
    error = simulate(maker, costs, &point, cpus);
    if (!error)
      error = bench_prediction_add(maker->prediction, &point);
  }
  free(cpus);
  return error;
}

int bench_predict_elsewhere(const struct results_summary *summary,
                            const struct bench_elsewhere *elsewhere,
                            struct bench_prediction *out, char *why,
                            size_t why_size) {
  struct bench_prediction prediction = {0};
  struct bench_places places;
  int error = bench_places_of_machine(elsewhere->machine, &places);
  if (error)
    return error;
  struct bench_prediction_maker maker = {.summary = summary,
                                         .places = &places,
                                         .elsewhere = elsewhere,
                                         .prediction = &prediction,
                                         .points = add_points,
                                         .why = why,
                                         .why_size = why_size};
  gather_transfers(summary, elsewhere->given, &prediction.transfers);
  error = bench_predict_locks(&maker);
  bench_places_free(&places);
  if (error)
    bench_prediction_free(&prediction);
  else
    *out = prediction;
  return error;
}
