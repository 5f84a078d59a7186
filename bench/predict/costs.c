/* Costs read off a summary (see costs.h). */
#include "bench/predict/costs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/stats.h"

static bool is_metric(const struct results_row *row, const char *workload,
                      const char *metric) {
  return !strcmp(row->cell.workload, workload) &&
         !strcmp(row->metric, metric) && row->cell.link_main &&
         !isnan(row->median);
}

/* Two CPUs: their level is that of the row, and of nothing else. */
static bool is_pair(const struct results_row *row) {
  const char *blank = strchr(row->cell.cpus, ' ');
  return blank && !strchr(blank + 1, ' ');
}

static bool is_of(const struct results_row *row,
                  const struct results_cell *of) {
  const struct results_cell *cell = &row->cell;
  return !strcmp(cell->family, of->family) && !strcmp(cell->lock, of->lock) &&
         !strcmp(cell->routines, of->routines) && !strcmp(cell->home, of->home);
}

static size_t find_transfer(const struct bench_transfers *transfers,
                            const char *level) {
  size_t i = 0;
  while (i < transfers->count && strcmp(transfers->rows[i].level, level))
    i++;
  return i;
}

double bench_transfer_at(const struct bench_transfers *transfers,
                         const char *level) {
  char kind[TOPOLOGY_LEVEL_NAME_SIZE];
  snprintf(kind, sizeof kind, "%.*s", (int)strcspn(level, ":"), level);
  size_t i = find_transfer(transfers, level);
  if (i == transfers->count)
    i = find_transfer(transfers, kind);
  return i < transfers->count ? transfers->rows[i].ns : (double)NAN;
}

bool bench_transfer_set(struct bench_transfers *transfers, const char *level,
                        double ns, bool given) {
  size_t i = find_transfer(transfers, level);
  if (i == BENCH_LEVELS_MOST)
    return false;
  transfers->count += i == transfers->count;
  snprintf(transfers->rows[i].level, sizeof transfers->rows[i].level, "%s",
           level);
  transfers->rows[i].ns = ns;
  transfers->rows[i].given = given;
  return true;
}

/* The median of what a level's rows say, of at most so many of them. */
enum { ROWS_MOST = 1024 };

struct values {
  double list[ROWS_MOST];
  size_t count;
};

static void add_value(struct values *values, double value) {
  if (values->count < ROWS_MOST && !isnan(value))
    values->list[values->count++] = value;
}

static double median(struct values *values) {
  results_sort(values->list, values->count);
  return results_median_sorted(values->list, values->count);
}

static double level_median(const struct results_summary *summary,
                           const struct results_row *like) {
  struct values values = {.count = 0};
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *row = &summary->rows[i];
    if (!strcmp(row->cell.family, "probe") && row->cell.link_main &&
        is_pair(row) && !strcmp(row->cell.level, like->cell.level))
      add_value(&values, row->median);
  }
  return median(&values);
}

void bench_transfers_read(const struct results_summary *summary,
                          struct bench_transfers *out) {
  *out = (struct bench_transfers){.count = 0};
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *row = &summary->rows[i];
    if (!strcmp(row->cell.family, "probe") && row->cell.link_main &&
        is_pair(row) && find_transfer(out, row->cell.level) == out->count)
      bench_transfer_set(out, row->cell.level, level_median(summary, row),
                         false);
  }
}

/* The median over the rows of a lock, NAN when there is none.
 * @param level  NULL: whatever it is */
static double of_lock(const struct results_summary *summary,
                      const struct results_cell *of, const char *workload,
                      const char *metric, const char *level, bool ratio) {
  struct values values = {.count = 0};
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *row = &summary->rows[i];
    if (is_metric(row, workload, metric) && is_of(row, of) &&
        (!level || (is_pair(row) && !strcmp(row->cell.level, level))))
      add_value(&values, ratio ? row->ratio_to_probe : row->median);
  }
  return values.count ? median(&values) : (double)NAN;
}

static double first_known(double a, double b) {
  return isnan(a) ? b : a;
}

static void read_level(const struct results_summary *summary, const char *level,
                       struct bench_lock_costs *costs) {
  const struct results_cell *of = &costs->of;
  for (size_t i = 0; i < costs->level_count; i++)
    if (!strcmp(costs->levels[i].level, level))
      return;
  double pass = first_known(
      of_lock(summary, of, "handoff", "timestamp_ns", level, true),
      of_lock(summary, of, "handoff", "alternation_ns", level, true));
  double take =
      of_lock(summary, of, "uncontended", "remote_acquire_ns", level, true);
  if (isnan(pass) || costs->level_count == BENCH_LEVELS_MOST)
    return;
  size_t i = costs->level_count++;
  snprintf(costs->levels[i].level, sizeof costs->levels[i].level, "%s", level);
  costs->levels[i].pass = pass;
  costs->levels[i].take = take;
}

/* A line through the points; its rise, or NAN below two places of x. */
struct line {
  double n, x, y, xx, xy;
};

static void add_point(struct line *line, double x, double y) {
  line->n += 1;
  line->x += x;
  line->y += y;
  line->xx += x * x;
  line->xy += x * y;
}

static double rise(const struct line *line) {
  double spread = line->n * line->xx - line->x * line->x;
  return spread > 0 ? (line->n * line->xy - line->x * line->y) / spread
                    : (double)NAN;
}

enum { CROWD_MOST = 9 }; /* threads: beyond, hand-overs cross more levels */

/* How a hand-over grows with the waiters, at the nearest level where releases
 * with several numbers of them were measured. */
static void read_crowd(const struct results_summary *summary,
                       struct bench_lock_costs *costs) {
  for (size_t i = 0; i < costs->level_count && !costs->crowd_known; i++) {
    struct line line = {0};
    for (size_t j = 0; j < summary->count; j++) {
      const struct results_row *row = &summary->rows[j];
      if (is_metric(row, "release", "wake_ns") && is_of(row, &costs->of) &&
          row->cell.threads <= CROWD_MOST &&
          !strcmp(row->cell.level, costs->levels[i].level))
        add_point(&line, (double)row->cell.threads, row->median);
    }
    costs->crowd_known = !isnan(rise(&line));
    costs->crowd_ns = costs->crowd_known ? fmax(0, rise(&line)) : 0;
  }
}

const char *bench_lock_costs_read(const struct results_summary *summary,
                                  const struct results_cell *of,
                                  struct bench_lock_costs *out) {
  struct bench_lock_costs costs = {.of = *of};
  for (size_t i = 0; i < summary->count; i++)
    if (is_of(&summary->rows[i], of) && is_pair(&summary->rows[i]))
      read_level(summary, summary->rows[i].cell.level, &costs);
  if (!costs.level_count)
    return "its handoff was not measured";
  costs.own_ns = of_lock(summary, of, "uncontended", "acquire_ns", NULL, false);
  costs.leave_ns =
      of_lock(summary, of, "uncontended", "release_ns", NULL, false);
  if (isnan(costs.own_ns) || isnan(costs.leave_ns))
    return "it was not measured uncontended";
  costs.retire_ns =
      first_known(of_lock(summary, of, "release", "retire_ns", NULL, false),
                  costs.leave_ns);
  costs.drain_ns =
      first_known(of_lock(summary, of, "release", "drained_ns", NULL, false),
                  costs.retire_ns);
  read_crowd(summary, &costs);
  *out = costs;
  return NULL;
}

/* Kinds in the order of enum topology_level, then by distance. */
static double rank(const char *level) {
  static const char kinds[] = " same smt l2 l3 package node cross ";
  char kind[TOPOLOGY_LEVEL_NAME_SIZE + 2];
  unsigned distance = 0;
  int length = (int)strcspn(level, ":");
  snprintf(kind, sizeof kind, " %.*s ", length, level);
  const char *at = strstr(kinds, kind);
  if (level[length])
    sscanf(level + length + 1, "%u", &distance);
  return at ? (double)(at - kinds + 1) + distance / 1000.0 : 0;
}

bool bench_level_known(const char *text) {
  size_t kind = strcspn(text, ":");
  const char *number = text + kind + (text[kind] == ':');
  return *text && rank(text) > 0 && !strchr(text, ' ') &&
         (!text[kind] || (*number && !number[strspn(number, "0123456789")]));
}

bool bench_lock_costs_at(const struct bench_lock_costs *costs,
                         const struct bench_transfers *transfers,
                         const char *level, struct bench_distance_costs *out) {
  double ns = bench_transfer_at(transfers, level);
  size_t nearest = 0;
  for (size_t i = 1; i < costs->level_count; i++)
    if (fabs(rank(costs->levels[i].level) - rank(level)) <
        fabs(rank(costs->levels[nearest].level) - rank(level)))
      nearest = i;
  if (isnan(ns))
    return false;
  double take = costs->levels[nearest].take;
  for (size_t i = 0; i < costs->level_count && isnan(take); i++)
    take = costs->levels[i].take;
  *out = (struct bench_distance_costs){
      .pass_ns = costs->levels[nearest].pass * ns,
      .take_ns = isnan(take) ? costs->own_ns + ns : take * ns,
      .fetch_ns = ns,
      .claim_ns = ns};
  return true;
}
