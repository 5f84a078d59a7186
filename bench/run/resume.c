/* What an interrupted run left, and whether it can go on (see resume.h). */
#include "bench/run/resume.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/run/record.h"

static const char *text_of(const json_t *options, const char *key) {
  return json_string_value(json_object_get(options, key)); /* NULL for null */
}

static void read_options(const json_t *options, struct bench_options *out) {
  *out = (struct bench_options){0};
#define BENCH_TEXT(field, name, argument, help)                                \
  out->field = text_of(options, #field);
#define BENCH_FLAG(field, name, help)                                          \
  out->field = json_is_true(json_object_get(options, #field));
#define BENCH_COUNT(field, name, low, high, help)                              \
  out->field = (uint64_t)json_integer_value(json_object_get(options, #field));
#include "bench/options.def"
  out->filter = text_of(options, "filter");
}

static int refuse(char *why, size_t why_size, const char *folder,
                  const char *what) {
  snprintf(why, why_size, "--resume: %s: %s", folder, what);
  return -EINVAL;
}

int bench_resume_open(const char *folder, struct bench_resume *out, char *why,
                      size_t why_size) {
  struct results_error error = {0};
  struct bench_resume resume = {0};
  int failed = results_run_read(folder, &resume.earlier, &error);
  if (failed) {
    char text[512];
    results_error_text(&error, text, sizeof text);
    snprintf(why, why_size, "--resume: %s", text);
    return failed;
  }
  const json_t *header = resume.earlier->header;
  const json_t *plan = json_object_get(header, "plan");
  const json_t *transfer = json_object_get(plan, "transfer_ns");
  const char *state = text_of(header, "state");
  if (!plan || !state) {
    results_run_close(resume.earlier);
    return refuse(why, why_size, folder,
                  "was begun by a kspin that could not resume; begin anew");
  }
  if (!strcmp(state, "complete")) {
    results_run_close(resume.earlier);
    return refuse(why, why_size, folder, "is complete: nothing is left to do");
  }
  read_options(json_object_get(header, "options"), &resume.options);
  resume.options.resume = folder;
  resume.transfer_ns =
      json_is_number(transfer) ? json_number_value(transfer) : (double)NAN;
  resume.stamps = json_is_true(json_object_get(plan, "stamps"));
  *out = resume;
  return 0;
}

void bench_resume_close(struct bench_resume *resume) {
  results_run_close(resume->earlier);
  resume->earlier = NULL;
}

void bench_resume_clock(const struct bench_resume *resume,
                        struct bench_clock *clock) {
  if (resume->stamps && !bench_clock_stamps(clock))
    bench_clock_init(clock);
  if (!resume->stamps && bench_clock_stamps(clock))
    clock->distrust = "the clock was not trusted when this run began";
}

/* What makes two machines, or two plans, the same. */
static const struct {
  const char *part, *key, *what;
} must_agree[] = {
    {"environment", "hostname", "runs on another machine"},
    {"environment", "architecture", "runs on another machine"},
    {"environment", "cpu_model", "runs on another machine"},
    {"topology", NULL, "sees other CPUs, caches or nodes than this machine"},
    {"plan", "stamps", "trusted the clock, whose self-test fails now"},
    {"plan", "digest", "would now measure other cells"},
};

static const json_t *part_of(const json_t *record, size_t i) {
  const json_t *part = json_object_get(record, must_agree[i].part);
  return must_agree[i].key ? json_object_get(part, must_agree[i].key) : part;
}

static int check(const struct bench_resume *resume, const json_t *record,
                 char *why, size_t why_size) {
  for (size_t i = 0; i < sizeof must_agree / sizeof *must_agree; i++) {
    const json_t *before = part_of(resume->earlier->header, i);
    const json_t *now = part_of(record, i);
    if (json_equal(before, now))
      continue;
    char what[256];
    snprintf(what, sizeof what, "%s (%s%s%s differs); begin a new run",
             must_agree[i].what, must_agree[i].part,
             must_agree[i].key ? "." : "",
             must_agree[i].key ? must_agree[i].key : "");
    return refuse(why, why_size, resume->options.resume, what);
  }
  return 0;
}

/* When the trials of the first round were over, in ns; 0 when they are not. */
static double first_round_ns(const struct results_run *run, size_t cells) {
  int64_t end = 0;
  size_t trials = 0;
  for (size_t i = 0; i < run->count; i++) {
    const struct results_trial *t = &run->trials[i];
    if (t->round)
      continue;
    trials++;
    if (t->started_ns + t->duration_ns > end)
      end = t->started_ns + t->duration_ns;
  }
  return trials == cells ? (double)end : 0;
}

/* Time and numbers go on where they ended. */
static void go_on_from(const struct results_run *run,
                       struct bench_campaign *campaign) {
  int64_t end = 0;
  for (size_t i = 0; i < run->count; i++) {
    const struct results_trial *t = &run->trials[i];
    if (t->started_ns + t->duration_ns > end)
      end = t->started_ns + t->duration_ns;
    if (t->round + 1 > campaign->effort.least)
      campaign->effort.least = (unsigned)t->round + 1;
    campaign->violations += t->exclusion_violations;
    if (t->exclusion_violations && !campaign->violator)
      campaign->violator = t->lock;
  }
  if (campaign->effort.most < campaign->effort.least)
    campaign->effort.most = campaign->effort.least;
  campaign->trials = run->count;
  campaign->setting.started_ns -= (double)end;
  campaign->first_round_s =
      first_round_ns(run, campaign->plan->cell_count) / 1e9;
}

static int note_precision(const struct results_run *run, const size_t *cells,
                          struct bench_campaign *campaign) {
  int error = 0;
  for (size_t i = 0; i < run->count && !error; i++)
    error = bench_precision_note(&campaign->precision, cells[i],
                                 campaign->plan->cells[cells[i]].workload,
                                 &run->trials[i]);
  return error;
}

static int set_forth(const struct bench_resume *resume,
                     struct bench_campaign *campaign) {
  const struct results_run *run = resume->earlier;
  size_t *cells = calloc(run->count + 1, sizeof *cells);
  int error = cells ? bench_done_make(campaign->plan, run->trials, run->count,
                                      cells, &campaign->done)
                    : -ENOMEM;
  if (!error)
    go_on_from(run, campaign);
  if (!error && campaign->precision.cells)
    error = note_precision(run, cells, campaign);
  free(cells);
  return error;
}

/* The load is never the same twice. */
static bool may_differ(const char *key) {
  return !strcmp(key, "load_average");
}

/* {"kernel": ["6.1", "6.2"], …}: what differs between the two. */
static json_t *changes(const struct bench_resume *resume,
                       const json_t *record) {
  const json_t *header = resume->earlier->header;
  const json_t *before = json_object_get(header, "environment");
  const json_t *now = json_object_get(record, "environment");
  const json_t *boot[2] = {json_object_get(header, "boot"),
                           json_object_get(record, "boot")};
  json_t *out = json_object();
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)now, key, value) {
    const json_t *old = json_object_get(before, key);
    if (!may_differ(key) && !json_equal(old, value))
      json_object_set_new(out, key, json_pack("[O?, O]", old, value));
  }
  if (!json_equal(boot[0], boot[1]))
    json_object_set_new(out, "boot", json_pack("[O?, O?]", boot[0], boot[1]));
  return out;
}

static void warn(const struct bench_resume *resume, const json_t *record,
                 const char *name, FILE *file) {
  json_t *all = changes(resume, record);
  const char *key;
  json_t *value;
  json_object_foreach(all, key, value) {
    char *before = json_dumps(json_array_get(value, 0), JSON_ENCODE_ANY);
    char *now = json_dumps(json_array_get(value, 1), JSON_ENCODE_ANY);
    fprintf(file,
            "%s: warning: the machine changed meanwhile: %s was %s, is %s\n",
            name, key, before ? before : "unknown", now ? now : "unknown");
    free(before);
    free(now);
  }
  json_decref(all);
}

void bench_resume_record(const struct bench_resume *resume, json_t *record) {
  const json_t *header = resume->earlier->header;
  json_t *resumed = json_object_get(header, "resumed");
  json_t *list = resumed ? json_deep_copy(resumed) : json_array();
  json_t *entry = json_pack("{s:O, s:I, s:o}", "started",
                            json_object_get(record, "started"), "trials_before",
                            (json_int_t)resume->earlier->count, "changed",
                            changes(resume, record));
  json_array_append_new(list, entry);
  json_object_set_new(record, "resumed", list);
  json_object_set(record, "started", json_object_get(header, "started"));
  json_object_set(record, "environment",
                  json_object_get(header, "environment"));
  json_object_set(record, "boot", json_object_get(header, "boot"));
  json_object_set(record, "clock", json_object_get(header, "clock"));
}

int bench_resume_take_up(const struct bench_resume *resume,
                         struct bench_campaign *campaign,
                         const char *started_utc, const char *name, char *why,
                         size_t why_size) {
  json_t *record =
      bench_record(&resume->options, campaign, started_utc, "running");
  snprintf(why, why_size, "out of memory");
  int error = record ? check(resume, record, why, why_size) : -ENOMEM;
  if (!error)
    warn(resume, record, name, stderr);
  json_decref(record);
  if (error)
    return error;
  error = set_forth(resume, campaign);
  if (error == -EINVAL)
    refuse(why, why_size, resume->options.resume,
           "its trials are not those of its plan");
  return error;
}
