/* Predictions as JSON, and as the table that a plot reads (see print.h). */
#include <errno.h>
#include <math.h>

#include "bench/predict/print.h"
#include "results/file.h"

static json_t *real(double value) {
  return isnan(value) ? json_null() : json_real(value);
}

static json_t *point_json(const struct bench_predicted *point) {
  const struct results_cell *cell = &point->cell;
  return json_pack(
      "{s:I, s:s, s:s, s:I, s:s, s:b, s:f, s:o, s:o, s:b, s:f, s:f, s:f}",
      "threads", (json_int_t)cell->threads, "cpus", cell->cpus, "level",
      cell->level, "cs_ns", (json_int_t)cell->cs_ns, "variant", cell->variant,
      "prediction", 1, "predicted_op_ns", point->model.op_ns, "measured_op_ns",
      real(point->row ? point->row->median : (double)NAN), "error",
      real(point->input ? (double)NAN : point->error), "input", point->input,
      "no_waiting_op_ns", point->bounds.work_ns, "all_waiting_op_ns",
      point->bounds.lock_ns, "predicted_handover_share",
      point->model.handover_share);
}

static json_t *lock_json(const struct bench_prediction *prediction,
                         const struct bench_predicted_lock *lock) {
  json_t *points = json_array();
  for (size_t i = 0; i < lock->count; i++)
    json_array_append_new(points,
                          point_json(&prediction->points[lock->first + i]));
  return json_pack(
      "{s:s, s:s, s:s, s:s, s:o, s:I, s:o, s:o, s:o}", "family",
      lock->of.family, "lock", lock->of.lock, "routines", lock->of.routines,
      "home", lock->of.home, "mean_error", real(lock->mean_error), "tested",
      (json_int_t)lock->tested, "explained",
      isnan(lock->mean_error) ? json_null()
                              : json_boolean(bench_predicted_explained(lock)),
      "why", *lock->why ? json_string(lock->why) : json_null(), "points",
      points);
}

static json_t *transfers_json(const struct bench_transfers *transfers) {
  json_t *list = json_array();
  for (size_t i = 0; i < transfers->count; i++)
    json_array_append_new(list, json_pack("{s:s, s:f, s:b}", "level",
                                          transfers->rows[i].level,
                                          "one_way_ns", transfers->rows[i].ns,
                                          "given", transfers->rows[i].given));
  return list;
}

json_t *bench_prediction_json(const struct bench_prediction *prediction,
                              const char *machine) {
  json_t *locks = json_array();
  for (size_t i = 0; i < prediction->lock_count; i++)
    json_array_append_new(locks, lock_json(prediction, &prediction->locks[i]));
  return json_pack("{s:b, s:o, s:o, s:o}", "prediction", 1, "machine",
                   machine ? json_string(machine) : json_null(), "transfers",
                   transfers_json(&prediction->transfers), "locks", locks);
}

const char bench_prediction_header[] =
    "workload,metric,family,lock,routines,threads,cpus,level,home,cs_ns,"
    "variant,unit,median,ci_low,ci_high,basis,probe_ns,link,link_main,"
    "predicted,error,mean_error,input,no_waiting,all_waiting";

static void put_real(FILE *file, double value) {
  if (isnan(value))
    fputc(',', file);
  else
    fprintf(file, ",%.6g", value);
}

static void put_point(FILE *file, const struct bench_predicted_lock *lock,
                      const struct bench_predicted *point) {
  const struct results_row *row = point->row;
  const struct results_cell *cell = &point->cell;
  fprintf(file, "%s,%s,%s,%s,%s,%lld,%s,%s,%s,%lld,%s,%s", cell->workload,
          row->metric, cell->family, cell->lock, cell->routines,
          (long long)cell->threads, cell->cpus, cell->level, cell->home,
          (long long)cell->cs_ns, cell->variant, row->unit);
  put_real(file, row->median);
  put_real(file, row->ci_low);
  put_real(file, row->ci_high);
  fprintf(file, ",%s", row->basis);
  put_real(file, row->probe_ns);
  fprintf(file, ",%s,%lld", cell->link, (long long)cell->link_main);
  put_real(file, point->model.op_ns);
  put_real(file, point->input ? (double)NAN : point->error);
  put_real(file, lock->mean_error);
  fprintf(file, ",%d", point->input);
  put_real(file, point->bounds.work_ns);
  put_real(file, point->bounds.lock_ns);
  fputc('\n', file);
}

static int put_all(FILE *file, const void *context) {
  const struct bench_prediction *prediction = context;
  fprintf(file, "%s\n", bench_prediction_header);
  for (size_t i = 0; i < prediction->lock_count; i++)
    for (size_t j = 0; j < prediction->locks[i].count; j++)
      put_point(file, &prediction->locks[i],
                &prediction->points[prediction->locks[i].first + j]);
  return 0;
}

int bench_prediction_write_csv(const char *folder,
                               const struct bench_prediction *prediction) {
  return results_file_replace(folder, "prediction.csv", put_all, prediction);
}

int bench_prediction_make_csv(const char *folder,
                              const struct results_summary *summary,
                              const json_t *record) {
  struct bench_prediction prediction;
  int error = bench_predict_run(summary, record, &prediction);
  if (error)
    return error == -EBADMSG ? 0 : error;
  error = bench_prediction_write_csv(folder, &prediction);
  bench_prediction_free(&prediction);
  return error;
}
