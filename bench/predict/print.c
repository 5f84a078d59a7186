/* Prints predictions (see print.h). */
#include "bench/predict/print.h"

#include <math.h>
#include <string.h>

#include "bench/show/section.h"

static void print_number(FILE *file, double value) {
  char text[32] = "-";
  if (!isnan(value))
    bench_figure_text(text, sizeof text, value);
  fprintf(file, "%12s", text);
}

static void print_lock(FILE *file, const struct bench_predicted_lock *lock) {
  const struct results_cell *of = &lock->of;
  fprintf(file, "\n%s/%s%s%s, home %s", of->family, of->lock,
          strcmp(of->routines, "native") ? " " : "",
          strcmp(of->routines, "native") ? of->routines : "", of->home);
  if (*lock->why)
    fprintf(file, ": %s: %s", lock->count ? "in part" : "not predicted",
            lock->why);
  fputc('\n', file);
}

static const char head[] = "  %-7s %-10s %8s  %-12s%12s%12s%8s%12s%12s\n";

static void print_head(FILE *file) {
  fprintf(file, head, "threads", "level", "section", "variant", "predicted",
          "measured", "error", "no waiting", "all waiting");
}

static void print_point(FILE *file, const struct bench_predicted *point) {
  const struct results_cell *cell = &point->cell;
  fprintf(file, "  %-7lld %-10s %8lld  %-12s", (long long)cell->threads,
          cell->level, (long long)cell->cs_ns,
          *cell->variant ? cell->variant : "-");
  print_number(file, point->model.op_ns);
  print_number(file, point->row->median);
  if (point->input)
    fprintf(file, "%8s", "input");
  else
    fprintf(file, "%+7.1f%%", 100 * point->error);
  print_number(file, point->bounds.work_ns);
  print_number(file, point->bounds.lock_ns);
  fprintf(file, "%s\n", strcmp(point->row->basis, "clean") ? " *" : "");
}

static void print_verdict(FILE *file, const struct bench_predicted_lock *lock) {
  if (!lock->tested)
    return;
  fprintf(file, "  mean error %.1f %% over %zu point%s%s\n",
          100 * lock->mean_error, lock->tested, lock->tested == 1 ? "" : "s",
          bench_predicted_explained(lock)
              ? ""
              : ": the model does not explain this lock here");
}

static bool any_star(const struct bench_prediction *prediction) {
  for (size_t i = 0; i < prediction->point_count; i++)
    if (prediction->points[i].row &&
        strcmp(prediction->points[i].row->basis, "clean"))
      return true;
  return false;
}

/* Hand-overs with a crowd whose effect nobody measured. */
static bool flat_crowd(const struct bench_prediction *prediction) {
  for (size_t i = 0; i < prediction->point_count; i++)
    if (prediction->points[i].cell.threads > 2 &&
        !prediction->points[i].crowd_known)
      return true;
  return false;
}

static void print_foot(FILE *file, const struct bench_prediction *prediction) {
  if (any_star(prediction))
    fputs("\n* fewer than 3 undisturbed trials: all trials are counted\n",
          file);
  if (flat_crowd(prediction))
    fputs("\nhow a hand-over grows with the number of waiters was not measured "
          "(workload release on more than two CPUs): it is taken to stay\n",
          file);
}

void bench_prediction_print(FILE *file,
                            const struct bench_prediction *prediction) {
  fputs("throughput predicted from hand-over, line transfer and uncontended "
        "costs, ns/op\n",
        file);
  for (size_t i = 0; i < prediction->lock_count; i++) {
    const struct bench_predicted_lock *lock = &prediction->locks[i];
    print_lock(file, lock);
    if (lock->count)
      print_head(file);
    for (size_t j = 0; j < lock->count; j++)
      print_point(file, &prediction->points[lock->first + j]);
    print_verdict(file, lock);
  }
  print_foot(file, prediction);
}

static void print_transfers(FILE *file,
                            const struct bench_transfers *transfers) {
  fputs("line transfers, one way:", file);
  for (size_t i = 0; i < transfers->count; i++)
    fprintf(file, "%s %s %.0f ns (%s)", i ? "," : "", transfers->rows[i].level,
            transfers->rows[i].ns,
            transfers->rows[i].given ? "given" : "measured by the run");
  fputc('\n', file);
}

void bench_prediction_print_elsewhere(FILE *file,
                                      const struct bench_prediction *prediction,
                                      const char *machine) {
  fprintf(file, "PREDICTION for %s: nothing here was measured on it, ns/op\n",
          machine);
  print_transfers(file, &prediction->transfers);
  for (size_t i = 0; i < prediction->lock_count; i++) {
    const struct bench_predicted_lock *lock = &prediction->locks[i];
    print_lock(file, lock);
    for (size_t j = 0; j < lock->count; j++) {
      const struct bench_predicted *p = &prediction->points[lock->first + j];
      fprintf(file, "  %-7lld predicted", (long long)p->cell.threads);
      print_number(file, p->model.op_ns);
      fputs("  between no waiting", file);
      print_number(file, p->bounds.work_ns);
      fputs(" and all waiting", file);
      print_number(file, p->bounds.lock_ns);
      fputc('\n', file);
    }
  }
  print_foot(file, prediction);
}
