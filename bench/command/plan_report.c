/* Counting a plan and printing what it costs (see plan_report.h). */
#include "bench/command/plan_report.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void count_cells(const struct bench_plan *plan,
                        const struct bench_effort *effort,
                        struct bench_forecast *out) {
  for (size_t i = 0; i < plan->cell_count; i++) {
    const struct bench_cell *cell = &plan->cells[i];
    struct bench_forecast_workload *row = out->workloads;
    while (row < out->workloads + out->workload_count &&
           row->workload != cell->workload)
      row++;
    if (row == out->workloads + out->workload_count) {
      out->workload_count++;
      *row = (struct bench_forecast_workload){.workload = cell->workload};
    }
    row->cells++;
    row->round_s += bench_effort_trial_s(effort, cell);
  }
  for (size_t i = 0; i < out->workload_count; i++)
    out->round_s += out->workloads[i].round_s;
}

/* Pairs by level, placements by size. */
static int count_sets(const struct bench_plan *plan,
                      struct bench_forecast *out) {
  for (size_t i = 0; i < plan->set_count; i++) {
    const struct bench_set *set = &plan->sets[i];
    size_t row = 0;
    while (row < out->set_count && (out->sets[row].threads != set->count ||
                                    strcmp(out->sets[row].level, set->level)))
      row++;
    if (row == out->set_count) {
      void *grown = realloc(out->sets, (row + 1) * sizeof *out->sets);
      if (!grown)
        return -ENOMEM;
      out->sets = grown;
      out->sets[out->set_count++] = (struct bench_forecast_sets){
          .threads = set->count, .level = set->level};
    }
    out->sets[row].count++;
  }
  return 0;
}

/* With a wanted precision: the most that may be needed. */
static unsigned count_rounds(const struct bench_options *options,
                             const struct bench_effort *effort,
                             double round_s) {
  if (options->rounds)
    return (unsigned)options->rounds;
  struct bench_effort most = *effort;
  if (effort->precision > 0)
    most.most = UINT_MAX;
  return bench_effort_rounds(&most, round_s);
}

int bench_forecast_make(const struct bench_plan *plan,
                        const struct bench_options *options,
                        struct bench_forecast *out, char *why,
                        size_t why_size) {
  struct bench_effort effort;
  int error = bench_effort_make(options, &effort, why, why_size);
  if (error)
    return error;
  size_t workloads = 0;
  while (bench_workloads[workloads])
    workloads++;
  struct bench_forecast forecast = {
      .workloads = calloc(workloads + 1, sizeof *forecast.workloads),
      .effort = effort};
  error = forecast.workloads ? count_sets(plan, &forecast) : -ENOMEM;
  if (error) {
    snprintf(why, why_size, "out of memory");
    bench_forecast_free(&forecast);
    return error;
  }
  count_cells(plan, &effort, &forecast);
  forecast.rounds = count_rounds(options, &effort, forecast.round_s);
  forecast.total_s = forecast.round_s * forecast.rounds;
  *out = forecast;
  return 0;
}

void bench_forecast_free(struct bench_forecast *forecast) {
  free(forecast->workloads);
  free(forecast->sets);
}

static void print_time(FILE *file, double s) {
  static const struct {
    double from, unit;
    const char *name;
  } scales[] = {{172800, 86400, "days"},
                {7200, 3600, "hours"},
                {180, 60, "minutes"},
                {0, 1, "s"}};
  size_t i = 0;
  while (s < scales[i].from)
    i++;
  double value = s / scales[i].unit;
  fprintf(file, value < 10 ? "%.1f %s" : "%.0f %s", value, scales[i].name);
}

/* What the three efforts stand for; a star at the one of this plan. */
static void print_efforts(FILE *file, const struct bench_effort *chosen) {
  fprintf(file, "\n%-12s%10s%10s  %s\n", "effort", "budget", "rounds",
          "workloads, unless they are named");
  for (const struct bench_effort *e = bench_efforts; e->name; e++) {
    bool full = !strcmp(e->name, "full");
    char name[16], rounds[16];
    snprintf(name, sizeof name, "%s%s", e->name,
             strcmp(e->name, chosen->name) ? "" : " *");
    snprintf(rounds, sizeof rounds, "%u-%u", e->least, e->most);
    fprintf(file, "%-12s%8.0f s%10s  ", name, e->budget_s, rounds);
    for (size_t i = 0; bench_workloads[i]; i++)
      if (full || !bench_workloads[i]->on_request)
        fprintf(file, "%s%s", i ? " " : "", bench_workloads[i]->name);
    fputc('\n', file);
  }
}

static void print_sum(FILE *file, const struct bench_plan *plan,
                      const struct bench_forecast *forecast) {
  const struct bench_effort *effort = &forecast->effort;
  if (effort->precision > 0)
    fprintf(file,
            "\n%zu cells, until each is known to ±%.3g %%, %u rounds at most: "
            "at most about ",
            plan->cell_count, 100 * effort->precision, forecast->rounds);
  else if (effort->clean)
    fprintf(file,
            "\n%zu cells, until half of them have %u clean trials, %u "
            "rounds at most: at most about ",
            plan->cell_count, effort->clean, forecast->rounds);
  else
    fprintf(file, "\n%zu cells, %u rounds: about ", plan->cell_count,
            forecast->rounds);
  print_time(file, forecast->total_s);
  fputc('\n', file);
}

void bench_forecast_print(FILE *file, const struct topology_machine *machine,
                          const struct bench_plan *plan,
                          const struct bench_forecast *forecast) {
  fprintf(file, "%s: %zu CPUs, nodes: %zu\n\n%-10s%8s  %s\n",
          topology_machine_source(machine), topology_cpu_count(machine),
          topology_node_count(machine), "threads", "sets", "farthest level");
  for (size_t i = 0; i < forecast->set_count; i++)
    fprintf(file, "%-10zu%8zu  %s\n", forecast->sets[i].threads,
            forecast->sets[i].count, forecast->sets[i].level);
  fprintf(file, "\n%-16s%10s  %s\n", "workload", "cells", "a round takes");
  for (size_t i = 0; i < forecast->workload_count; i++) {
    const struct bench_forecast_workload *row = &forecast->workloads[i];
    fprintf(file, "%-16s%10zu  ", row->workload->name, row->cells);
    print_time(file, row->round_s);
    fputc('\n', file);
  }
  print_efforts(file, &forecast->effort);
  print_sum(file, plan, forecast);
  for (size_t i = 0; i < plan->omission_count; i++)
    fprintf(file, "left out: %s\n", plan->omissions[i].text);
}

static json_t *workloads_json(const struct bench_forecast *forecast) {
  json_t *list = json_array();
  for (size_t i = 0; i < forecast->workload_count; i++) {
    const struct bench_forecast_workload *row = &forecast->workloads[i];
    json_array_append_new(
        list, json_pack("{s:s, s:I, s:f}", "name", row->workload->name, "cells",
                        (json_int_t)row->cells, "round_s", row->round_s));
  }
  return list;
}

static json_t *sets_json(const struct bench_forecast *forecast) {
  json_t *list = json_array();
  for (size_t i = 0; i < forecast->set_count; i++) {
    const struct bench_forecast_sets *row = &forecast->sets[i];
    json_array_append_new(
        list, json_pack("{s:I, s:s, s:I}", "threads", (json_int_t)row->threads,
                        "level", row->level, "sets", (json_int_t)row->count));
  }
  return list;
}

static json_t *omissions_json(const struct bench_plan *plan) {
  json_t *list = json_array();
  for (size_t i = 0; i < plan->omission_count; i++)
    json_array_append_new(list, json_string(plan->omissions[i].text));
  return list;
}

json_t *bench_forecast_json(const struct topology_machine *machine,
                            const struct bench_plan *plan,
                            const struct bench_forecast *forecast) {
  return json_pack(
      "{s:s, s:I, s:s, s:f, s:f, s:o, s:o, s:I, s:I, s:f, s:f, s:o}", "machine",
      topology_machine_source(machine), "cpus",
      (json_int_t)topology_cpu_count(machine), "effort", forecast->effort.name,
      "budget_s", forecast->effort.budget_s, "precision",
      forecast->effort.precision, "sets", sets_json(forecast), "workloads",
      workloads_json(forecast), "cells", (json_int_t)plan->cell_count, "rounds",
      (json_int_t)forecast->rounds, "round_s", forecast->round_s, "total_s",
      forecast->total_s, "omissions", omissions_json(plan));
}
