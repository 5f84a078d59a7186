/* summary.csv and histograms.csv. */
#include "results/table.h"
#include "results/file.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char results_summary_header[] =
    "workload,metric,family,lock,routines,threads,cpus,level,home,cs_ns,unit,"
    "median,ci_low,ci_high,mad,n,n_disturbed,basis,probe_ns,ratio_to_probe,"
    "link,link_main,variant";
const char results_histograms_header[] =
    "workload,family,lock,routines,threads,cpus,level,home,cs_ns,value_ns,"
    "count,percentile,inverse,link,link_main,variant";

/* Six significant digits, but no exponent for large numbers; empty for NAN. */
static void put_real(FILE *file, double value) {
  if (isnan(value))
    fputc(',', file);
  else
    fprintf(file, fabs(value) < 1e6 ? ",%.6g" : ",%.0f", value);
}

/* The identity of a cell after its workload. */
static void put_cell(FILE *file, const struct results_cell *cell) {
  fprintf(file, ",%s,%s,%s,%lld,%s,%s,%s,%lld", cell->family, cell->lock,
          cell->routines, (long long)cell->threads, cell->cpus, cell->level,
          cell->home, (long long)cell->cs_ns);
}

/* What came later, so that older columns keep their places. */
static void put_end(FILE *file, const struct results_cell *cell) {
  fprintf(file, ",%s,%d,%s\n", cell->link, (int)cell->link_main, cell->variant);
}

static bool cell_is_plain(const struct results_cell *cell) {
  return results_text_is_plain(cell->workload) &&
         results_text_is_plain(cell->family) &&
         results_text_is_plain(cell->lock) &&
         results_text_is_plain(cell->routines) &&
         results_text_is_plain(cell->cpus) &&
         results_text_is_plain(cell->level) &&
         results_text_is_plain(cell->home) &&
         results_text_is_plain(cell->link) &&
         results_text_is_plain(cell->variant);
}

static void put_row(FILE *file, const struct results_row *row) {
  fprintf(file, "%s,%s", row->cell.workload, row->metric);
  put_cell(file, &row->cell);
  fprintf(file, ",%s", row->unit);
  put_real(file, row->median);
  put_real(file, row->ci_low);
  put_real(file, row->ci_high);
  put_real(file, row->mad);
  fprintf(file, ",%zu,%zu,%s", row->n, row->n_disturbed, row->basis);
  put_real(file, row->probe_ns);
  put_real(file, row->ratio_to_probe);
  put_end(file, &row->cell);
}

static int fill_summary(FILE *file, const void *context) {
  const struct results_summary *summary = context;
  fprintf(file, "%s\n", results_summary_header);
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *row = &summary->rows[i];
    if (!cell_is_plain(&row->cell) || !results_text_is_plain(row->metric))
      return -EINVAL;
    put_row(file, row);
  }
  return 0;
}

int results_write_summary_csv(const char *folder,
                              const struct results_summary *summary) {
  return results_file_replace(folder, "summary.csv", fill_summary, summary);
}

static void put_spectrum(FILE *file, const struct results_cell *cell,
                         const struct results_histogram *merged) {
  struct results_spectrum_row rows[RESULTS_HISTOGRAM_BUCKETS];
  const size_t count = results_histogram_spectrum(merged, rows);
  for (size_t i = 0; i < count; i++) {
    fprintf(file, "%s", cell->workload);
    put_cell(file, cell);
    put_real(file, rows[i].value);
    fprintf(file, ",%llu,%.9g", (unsigned long long)rows[i].count,
            rows[i].percentile);
    put_real(file, rows[i].inverse);
    put_end(file, cell);
  }
}

/* Merges the histograms of a cell by the rule of the summary: clean trials,
 * or all that may be summarised when those are few. */
static int merge_cell(const struct results_run *run,
                      const struct results_trials_of_cell *cell,
                      struct results_histogram *out) {
  size_t clean = 0;
  int error = 0;
  for (size_t i = 0; i < cell->count; i++)
    clean += run->acquire[cell->trials[i]].count > 0 &&
             results_trial_is_clean(&run->trials[cell->trials[i]]);
  *out = (struct results_histogram){0};
  for (size_t i = 0; i < cell->count && !error; i++) {
    const size_t t = cell->trials[i];
    if (results_trial_is_used(&run->trials[t], clean))
      error = results_histogram_merge_sparse(out, run->acquire[t].buckets,
                                             run->acquire[t].count);
  }
  return error;
}

static int fill_cells(FILE *file, const struct results_run *run,
                      const struct results_cells *cells) {
  struct results_histogram merged;
  int error = 0;
  for (size_t i = 0; i < cells->count && !error; i++) {
    const struct results_trials_of_cell *cell = &cells->groups[i];
    error =
        cell_is_plain(&cell->cell) ? merge_cell(run, cell, &merged) : -EINVAL;
    if (!error)
      put_spectrum(file, &cell->cell, &merged);
  }
  return error;
}

static int fill_histograms(FILE *file, const void *context) {
  const struct results_run *run = context;
  struct results_cells cells;
  int error = results_cells_group(run->trials, run->count, &cells);
  if (error)
    return error;
  fprintf(file, "%s\n", results_histograms_header);
  error = fill_cells(file, run, &cells);
  results_cells_free(&cells);
  return error;
}

int results_write_histograms_csv(const char *folder,
                                 const struct results_run *run) {
  return results_file_replace(folder, "histograms.csv", fill_histograms, run);
}
