/* Locks and their points, one after the other (see predict.h). */
#include "bench/predict/predict.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/predict/prediction_private.h"
#include "locks/table.h"

bool bench_predicted_explained(const struct bench_predicted_lock *lock) {
  return isnan(lock->mean_error) || lock->mean_error <= BENCH_PREDICT_EXPLAINS;
}

void bench_prediction_free(struct bench_prediction *prediction) {
  free(prediction->points);
  free(prediction->locks);
  *prediction = (struct bench_prediction){0};
}

/* @return NULL when the order of a lock's turns is known */
static const char *no_order(const struct results_cell *of) {
  for (size_t i = 0; i < lock_table_count; i++) {
    const struct lock_row *row = &lock_table[i];
    if (strcmp(row->name, of->lock) ||
        strcmp(lock_family_name(row->family), of->family))
      continue;
    if (!(row->traits & LOCK_EXCLUSIVE))
      return "it excludes nobody";
    if (row->traits & LOCK_BLOCKS)
      return "its waiters sleep";
    return row->traits & LOCK_FIFO ? NULL : "it is not FIFO";
  }
  return "this kspin does not have it";
}

static bool same_lock(const struct results_cell *a,
                      const struct results_cell *b) {
  return !strcmp(a->family, b->family) && !strcmp(a->lock, b->lock) &&
         !strcmp(a->routines, b->routines) && !strcmp(a->home, b->home);
}

/* Throughput, which is what is predicted. */
static bool is_measured(const struct results_row *row) {
  return !strcmp(row->cell.workload, "throughput") &&
         !strcmp(row->metric, "op_ns") && row->cell.link_main &&
         !isnan(row->median);
}

static bool is_known(const struct bench_prediction *prediction,
                     const struct results_cell *of) {
  for (size_t i = 0; i < prediction->lock_count; i++)
    if (same_lock(&prediction->locks[i].of, of))
      return true;
  return false;
}

/* @return NULL without memory */
static struct bench_predicted_lock *
add_lock(struct bench_prediction *prediction, const struct results_cell *of) {
  size_t count = prediction->lock_count;
  void *grown =
      realloc(prediction->locks, (count + 1) * sizeof *prediction->locks);
  if (!grown)
    return NULL;
  prediction->locks = grown;
  prediction->locks[count] = (struct bench_predicted_lock){
      .of = *of, .first = prediction->point_count, .mean_error = (double)NAN};
  prediction->lock_count++;
  return &prediction->locks[count];
}

int bench_prediction_add(struct bench_prediction *prediction,
                         const struct bench_predicted *point) {
  size_t count = prediction->point_count;
  void *grown =
      realloc(prediction->points, (count + 1) * sizeof *prediction->points);
  if (!grown)
    return -ENOMEM;
  prediction->points = grown;
  prediction->points[prediction->point_count++] = *point;
  return 0;
}

/* What is wrong once is enough: the first reason stays. */
void bench_predicted_refuse(struct bench_predicted_lock *lock,
                            const char *format, const char *detail) {
  if (*lock->why)
    return;
  if (detail)
    snprintf(lock->why, sizeof lock->why, "%s %s", format, detail);
  else
    snprintf(lock->why, sizeof lock->why, "%s", format);
}

static void average(const struct bench_prediction *prediction,
                    struct bench_predicted_lock *lock) {
  double sum = 0;
  for (size_t i = 0; i < lock->count; i++) {
    const struct bench_predicted *point = &prediction->points[lock->first + i];
    if (point->input || isnan(point->error))
      continue;
    sum += fabs(point->error);
    lock->tested++;
  }
  if (lock->tested)
    lock->mean_error = sum / (double)lock->tested;
}

int bench_predict_locks(struct bench_prediction_maker *maker) {
  struct bench_prediction *prediction = maker->prediction;
  const struct results_summary *summary = maker->summary;
  int error = 0;
  for (size_t i = 0; i < summary->count && !error; i++) {
    const struct results_cell *of = &summary->rows[i].cell;
    if (!is_measured(&summary->rows[i]) || is_known(prediction, of))
      continue;
    struct bench_predicted_lock *lock = add_lock(prediction, of);
    struct bench_lock_costs costs;
    if (!lock)
      return -ENOMEM;
    const char *why = no_order(of);
    if (!why)
      why = bench_lock_costs_read(summary, of, &costs);
    if (why)
      bench_predicted_refuse(lock, why, NULL);
    else
      error = maker->points(maker, &costs, lock);
    lock->count = prediction->point_count - lock->first;
    average(prediction, lock);
  }
  return error;
}

double bench_predict_loop_ns(const struct results_summary *summary,
                             const struct bench_lock_costs *costs,
                             int64_t cs_ns, const char *variant) {
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *row = &summary->rows[i];
    if (is_measured(row) && row->cell.threads == 1 &&
        (cs_ns < 0 || row->cell.cs_ns == cs_ns) &&
        !strcmp(row->cell.variant, variant) &&
        same_lock(&row->cell, &costs->of))
      return fmax(0, row->median - (double)row->cell.cs_ns - costs->own_ns -
                         costs->leave_ns);
  }
  return (double)NAN;
}

bool bench_predict_is_measured(const struct results_row *row,
                               const struct results_cell *of) {
  return is_measured(row) && same_lock(&row->cell, of);
}
