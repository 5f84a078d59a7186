/* run.json (see record.h). */
#include "bench/record.h"

#include <math.h>

#include "results/environment.h"
#include "results/trial.h"
#include "topology/describe.h"

static json_t *text_or_null(const char *text) {
  return text ? json_string(text) : json_null();
}

json_t *bench_record_clock(const struct bench_clock *clock) {
  return json_pack("{s:s, s:o, s:f, s:f, s:f, s:f, s:f, s:f}", "name",
                   clock->name, "distrust", text_or_null(clock->distrust),
                   "ns_per_tick", clock->ns_per_tick, "step_ns", clock->step_ns,
                   "stamp_ns", clock->pair_ticks * clock->ns_per_tick,
                   "drained_stamp_ns",
                   clock->drained_ticks * clock->ns_per_tick, "calibration_ppm",
                   clock->calibration_ppm, "residual_ns", clock->residual_ns);
}

static json_t *options_json(const struct bench_options *o) {
  return json_pack(
      "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:I, s:b}", "locks",
      text_or_null(o->locks), "workloads", text_or_null(o->workloads),
      "routines", text_or_null(o->routines), "pairs", text_or_null(o->pairs),
      "threads", text_or_null(o->threads), "place", text_or_null(o->place),
      "home", text_or_null(o->home), "cs_ns", text_or_null(o->cs_ns), "rounds",
      (int)o->rounds, "seed", (json_int_t)o->seed, "quick", o->quick);
}

static json_t *omissions_json(const struct bench_plan *plan) {
  json_t *list = json_array();
  for (size_t i = 0; i < plan->omission_count; i++)
    json_array_append_new(list, json_string(plan->omissions[i].text));
  return list;
}

json_t *bench_record(const struct bench_options *options,
                     const struct bench_campaign *campaign,
                     const char *started_utc, const char *state) {
  const struct bench_setting *setting = &campaign->setting;
  return json_pack(
      "{s:i, s:s, s:s, s:b, s:i, s:i, s:i, s:I, s:f, s:o, s:o, s:o, s:o, s:o}",
      "schema", RESULTS_SCHEMA, "state", state, "started", started_utc,
      "exploratory", options->quick, "cells", (int)campaign->plan->cell_count,
      "rounds", (int)campaign->finished, "trials", (int)campaign->trials,
      "exclusion_violations", (json_int_t)campaign->violations, "window_ns",
      setting->window_ns, "options", options_json(options), "omissions",
      omissions_json(campaign->plan), "clock",
      bench_record_clock(setting->clock), "environment", results_environment(),
      "topology", topology_describe_json(setting->machine));
}
