/* run.json (see record.h). */
#include "bench/run/record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/trial/domain.h"
#include "bench/trial/relaxing.h"
#include "results/environment.h"
#include "results/trial.h"
#include "topology/describe.h"

/* Which boot of the machine this is: NUMA balancing, page cache and the host's
 * placement of a guest's CPUs change with it. */
static json_t *boot_json(void) {
  char text[64] = "";
  FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
  if (file && !fgets(text, sizeof text, file))
    text[0] = '\0';
  if (file)
    fclose(file);
  text[strcspn(text, "\n")] = '\0';
  return *text ? json_string(text) : json_null();
}

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
  json_t *object = json_object();
#define BENCH_TEXT(field, name, argument, help)                                \
  json_object_set_new(object, #field, text_or_null(o->field));
#define BENCH_FLAG(field, name, help)                                          \
  json_object_set_new(object, #field, json_boolean(o->field));
#define BENCH_COUNT(field, name, low, high, help)                              \
  json_object_set_new(object, #field, json_integer((json_int_t)o->field));
#include "bench/options.def"
  json_object_set_new(object, "filter", text_or_null(o->filter));
  return object;
}

static json_t *omissions_json(const struct bench_plan *plan) {
  json_t *list = json_array();
  for (size_t i = 0; i < plan->omission_count; i++)
    json_array_append_new(list, json_string(plan->omissions[i].text));
  return list;
}

/* What a plan stands on that is in no option, and what tells it from others. */
static json_t *plan_json(const struct bench_plan *plan) {
  char digest[24];
  snprintf(digest, sizeof digest, "%016llx",
           (unsigned long long)bench_plan_digest(plan));
  return json_pack("{s:s, s:o, s:b}", "digest", digest, "transfer_ns",
                   isnan(plan->transfer_ns) ? json_null()
                                            : json_real(plan->transfer_ns),
                   "stamps", plan->stamps);
}

json_t *bench_record(const struct bench_options *options,
                     const struct bench_campaign *campaign,
                     const char *started_utc, const char *state) {
  const struct bench_setting *setting = &campaign->setting;
  return json_pack(
      "{s:i, s:s, s:s, s:b, s:i, s:i, s:i, s:I, s:f, s:o, s:o, s:o, s:o, s:o,"
      " s:o, s:o, s:o, s:s}",
      "schema", RESULTS_SCHEMA, "state", state, "started", started_utc,
      "exploratory", options->quick, "cells", (int)campaign->plan->cell_count,
      "rounds", (int)campaign->finished, "trials", (int)campaign->trials,
      "exclusion_violations", (json_int_t)campaign->violations, "window_ns",
      setting->window_ns, "options", options_json(options), "omissions",
      omissions_json(campaign->plan), "clock",
      bench_record_clock(setting->clock), "environment", results_environment(),
      "topology", topology_describe_json(setting->machine), "plan",
      plan_json(campaign->plan), "boot", boot_json(), "relax",
      bench_relaxing_json(), "domains", bench_domain_kind(setting->machine));
}
