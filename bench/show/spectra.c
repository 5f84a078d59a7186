/* Spectra of acquire latency in files (see spectra.h). */
#include "bench/show/spectra.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "results/cell.h"
#include "results/summary.h"

static const double quantiles[] = {0.5, 0.9, 0.99, 0.999, 0.9999};

void bench_quantile_ranks(uint64_t count, double q, uint64_t *rank_low,
                          uint64_t *rank_high) {
  const double z = 1.959964, n = (double)count;
  double middle = n * q, half = z * sqrt(n * q * (1 - q));
  double low = floor(middle - half), high = ceil(middle + half) + 1;
  *rank_low = low < 1 ? 0 : (uint64_t)low;
  *rank_high = high > n ? count + 1 : (uint64_t)high;
}

double bench_histogram_at(const struct results_histogram *histogram,
                          uint64_t rank) {
  uint64_t seen = 0;
  for (uint32_t i = 0; rank && i < RESULTS_HISTOGRAM_BUCKETS; i++) {
    seen += histogram->count[i];
    if (seen >= rank)
      return (double)results_histogram_high(i);
  }
  return (double)NAN;
}

/* As in histograms.csv: clean trials, or all when those are few. */
static int merge(const struct results_run *run,
                 const struct results_trials_of_cell *cell,
                 struct results_histogram *out) {
  size_t clean = 0;
  int error = 0;
  memset(out, 0, sizeof *out);
  for (size_t i = 0; i < cell->count; i++)
    clean += run->acquire[cell->trials[i]].count > 0 &&
             results_trial_is_clean(&run->trials[cell->trials[i]]);
  for (size_t i = 0; i < cell->count && !error; i++) {
    size_t t = cell->trials[i];
    if (results_trial_is_used(&run->trials[t], clean))
      error = results_histogram_merge_sparse(out, run->acquire[t].buckets,
                                             run->acquire[t].count);
  }
  return error;
}

/* Source: HdrHistogram, outputPercentileDistribution(). */
static void put_hdr(FILE *file, const struct results_histogram *histogram) {
  static struct results_spectrum_row rows[RESULTS_HISTOGRAM_BUCKETS];
  size_t count = results_histogram_spectrum(histogram, rows);
  double sum = 0, squares = 0;
  uint64_t total = 0;
  fprintf(file, "%12s %14s %10s %14s\n\n", "Value", "Percentile", "TotalCount",
          "1/(1-Percentile)");
  for (size_t i = 0; i < count; i++) {
    total += rows[i].count;
    sum += rows[i].value * (double)rows[i].count;
    squares += rows[i].value * rows[i].value * (double)rows[i].count;
    fprintf(file, "%12.3f %2.12f %10llu", rows[i].value, rows[i].percentile,
            (unsigned long long)total);
    if (isnan(rows[i].inverse))
      fputc('\n', file);
    else
      fprintf(file, " %14.2f\n", rows[i].inverse);
  }
  double mean = sum / (double)total;
  double variance = squares / (double)total - mean * mean;
  fprintf(file,
          "#[Mean    = %12.3f, StdDeviation   = %12.3f]\n"
          "#[Max     = %12.3f, Total count    = %12llu]\n"
          "#[Buckets = %12d, SubBuckets     = %12d]\n",
          mean, sqrt(variance > 0 ? variance : 0), rows[count - 1].value,
          (unsigned long long)total,
          RESULTS_HISTOGRAM_VALUE_BITS - RESULTS_HISTOGRAM_SUB_BITS,
          1 << RESULTS_HISTOGRAM_SUB_BITS);
}

/* A name that is a file's, and no other cell's: its number leads. */
static void name_of(const struct results_cell *cell, size_t number, char *text,
                    size_t size) {
  snprintf(text, size, "%03zu-%s-%s-%s-%s-%lldt-%s%s%s", number, cell->workload,
           cell->family, cell->lock, cell->routines, (long long)cell->threads,
           cell->level, *cell->variant ? "-" : "", cell->variant);
  for (char *c = text; *c; c++)
    if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
      *c = '-';
}

static int write_hdr(const char *folder, size_t number,
                     const struct results_cell *cell,
                     const struct results_histogram *histogram) {
  char name[256], path[PATH_MAX];
  name_of(cell, number, name, sizeof name);
  if (snprintf(path, sizeof path, "%s/hdr/%s.hgrm", folder, name) >=
      (int)sizeof path)
    return -ENAMETOOLONG;
  FILE *file = fopen(path, "we");
  if (!file)
    return -errno;
  fprintf(file, "# ns; CPUs %s, home %s, cs %lld ns, line transfer %s\n",
          cell->cpus, cell->home, (long long)cell->cs_ns,
          *cell->link ? cell->link : "not measured");
  put_hdr(file, histogram);
  return fclose(file) ? -errno : 0;
}

static void put_quantiles(FILE *file, const struct results_cell *cell,
                          const struct results_histogram *histogram) {
  uint64_t total = results_histogram_total(histogram);
  for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++) {
    uint64_t low, high;
    bench_quantile_ranks(total, quantiles[i], &low, &high);
    double ends[2] = {bench_histogram_at(histogram, low),
                      high > total ? (double)NAN
                                   : bench_histogram_at(histogram, high)};
    fprintf(file, "%s,%s,%s,%s,%lld,%s,%s,%s,%lld,%s,%s,%g,%.6g",
            cell->workload, cell->family, cell->lock, cell->routines,
            (long long)cell->threads, cell->cpus, cell->level, cell->home,
            (long long)cell->cs_ns, cell->variant, cell->link, quantiles[i],
            results_histogram_percentile(histogram, quantiles[i]));
    for (int end = 0; end < 2; end++)
      fprintf(file, isnan(ends[end]) ? "," : ",%.6g", ends[end]);
    fprintf(file, ",%llu\n", (unsigned long long)total);
  }
}

static int write_cells(const char *folder, FILE *file,
                       const struct results_run *run,
                       const struct results_cells *cells) {
  static struct results_histogram merged;
  int error = 0;
  fputs("workload,family,lock,routines,threads,cpus,level,home,cs_ns,variant,"
        "link,quantile,value_ns,low_ns,high_ns,n\n",
        file);
  for (size_t i = 0; i < cells->count && !error; i++) {
    error = merge(run, &cells->groups[i], &merged);
    if (error || !results_histogram_total(&merged))
      continue;
    put_quantiles(file, &cells->groups[i].cell, &merged);
    error = write_hdr(folder, i, &cells->groups[i].cell, &merged);
  }
  return error;
}

int bench_spectra_write(const char *folder, const struct results_run *run) {
  char path[PATH_MAX];
  struct results_cells cells;
  snprintf(path, sizeof path, "%s/hdr", folder);
  if (mkdir(path, 0777) && errno != EEXIST)
    return -errno;
  snprintf(path, sizeof path, "%s/quantiles.csv", folder);
  int error = results_cells_group(run->trials, run->count, &cells);
  if (error)
    return error;
  FILE *file = fopen(path, "we");
  if (file) {
    error = write_cells(folder, file, run, &cells);
    if (fclose(file) && !error)
      error = -errno;
  } else {
    error = -errno;
  }
  results_cells_free(&cells);
  return error;
}
