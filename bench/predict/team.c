/* From CPUs to a matrix of distances (see team.h). */
#include "bench/predict/team.h"

#include <errno.h>
#include <stdlib.h>

/* Think times of a team vary that much, so that it does not march in step. */
static const double jitter = 0.05;

/* Grants of a simulation: enough that its start does not show. */
enum { GRANTS = 20000, GRANTS_EACH = 24 };

struct matrix {
  uint8_t *distance;
  struct bench_apart apart[BENCH_LEVELS_MOST];
  struct bench_distance_costs costs[BENCH_LEVELS_MOST];
  size_t count;
};

/* @return the place of the costs between two CPUs, or a negative errno */
static int find_costs(const struct bench_team_model *model,
                      struct bench_apart apart, struct matrix *matrix,
                      char *level) {
  size_t i = 0;
  while (i < matrix->count && (matrix->apart[i].level != apart.level ||
                               matrix->apart[i].distance != apart.distance))
    i++;
  if (i < matrix->count)
    return (int)i;
  topology_level_text(apart.level, apart.distance, level,
                      TOPOLOGY_LEVEL_NAME_SIZE);
  if (i == BENCH_LEVELS_MOST ||
      !bench_lock_costs_at(model->costs, model->transfers, level,
                           &matrix->costs[i]))
    return -ENOENT;
  matrix->apart[i] = apart;
  return (int)matrix->count++;
}

/* @return the team's CPUs; NULL when the places lack one, or without memory */
static const struct topology_cpu **seat(const struct bench_team_model *model,
                                        const unsigned *cpus, size_t threads,
                                        int *error) {
  const struct topology_cpu **seats = calloc(threads, sizeof *seats);
  *error = seats ? 0 : -ENOMEM;
  for (size_t i = 0; i < threads && !*error; i++) {
    seats[i] = bench_places_find(model->places, cpus[i]);
    *error = seats[i] ? 0 : -ENODEV;
  }
  if (!*error)
    return seats;
  free(seats);
  return NULL;
}

static int fill(const struct bench_team_model *model, const unsigned *cpus,
                size_t threads, struct matrix *matrix, char *level) {
  int error;
  const struct topology_cpu **seats = seat(model, cpus, threads, &error);
  for (size_t k = 0; k < threads * threads && !error; k++) {
    size_t i = k / threads, j = k % threads;
    if (i == j)
      continue;
    int found =
        find_costs(model, bench_places_apart(model->places, seats[i], seats[j]),
                   matrix, level);
    if (found < 0)
      error = found;
    else
      matrix->distance[k] = (uint8_t)found;
  }
  free(seats);
  return error;
}

int bench_team_simulate(const struct bench_team_model *model,
                        const unsigned *cpus, size_t threads,
                        struct bench_simulated *out,
                        struct bench_bounds *bounds,
                        char level[TOPOLOGY_LEVEL_NAME_SIZE]) {
  struct matrix matrix = {.distance = calloc(threads, threads)};
  int error =
      matrix.distance ? fill(model, cpus, threads, &matrix, level) : -ENOMEM;
  if (!error) {
    const struct bench_lock_costs *costs = model->costs;
    const struct bench_simulation simulation = {.threads = threads,
                                                .distance = matrix.distance,
                                                .costs = matrix.costs,
                                                .think_ns = model->think_ns,
                                                .section_ns = model->section_ns,
                                                .own_ns = costs->own_ns,
                                                .leave_ns = costs->leave_ns,
                                                .retire_ns = costs->retire_ns,
                                                .drain_ns = costs->drain_ns,
                                                .crowd_ns = costs->crowd_ns,
                                                .jitter = jitter,
                                                .seed = 1,
                                                .grants = GRANTS + GRANTS_EACH *
                                                                       threads};
    *bounds = bench_simulation_bounds(&simulation);
    error = bench_simulate(&simulation, out);
  }
  free(matrix.distance);
  return error;
}
