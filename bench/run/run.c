/* A whole run, told in order (see run.h). */
#include "bench/run/run.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/command/command.h"
#include "bench/doctor.h"
#include "bench/gbench.h"
#include "bench/gbench_report.h"
#include "bench/run/campaign.h"
#include "bench/run/closing.h"
#include "bench/run/conclusion.h"
#include "bench/run/head.h"
#include "bench/run/quota.h"
#include "bench/run/record.h"
#include "bench/run/resume.h"
#include "topology/pin.h"

/* What a run owns while it lasts. */
struct run {
  const char *name; /* for messages */
  const struct bench_options *options;
  struct topology_machine *machine;
  struct bench_clock clock;
  struct bench_costs costs;
  struct bench_plan plan;
  struct bench_campaign campaign;
  struct results_store *store;
  struct bench_resume resume;      /* what is gone on with, if anything */
  struct bench_examination health; /* of the machine, before the run */
  char started_utc[32];
  char why[8192]; /* holds two paths */
};

static int complain(struct run *run) {
  return bench_usage(run->name, "%s", run->why);
}

static int open_machine(struct run *run) {
  int error = topology_machine_open(NULL, NULL, &run->machine);
  if (!error)
    return BENCH_EXIT_OK;
  topology_machine_why(error, NULL, NULL, run->why, sizeof run->why);
  return complain(run);
}

/* Where runs without --out go; the front script names the tree's own. */
static const char *runs_folder(void) {
  const char *folder = getenv("KSPIN_RUNS");
  return folder && *folder ? folder : "results/runs";
}

static int reopen_store(struct run *run) {
  const char *folder = run->options->resume;
  int error = results_store_resume(folder, &run->store);
  if (!error)
    error = bench_gbench_merge(run->store);
  if (!error)
    return BENCH_EXIT_OK;
  return bench_usage(run->name, "--resume: %s: %s", folder,
                     error == -EBUSY ? "another process writes it"
                                     : strerror(-error));
}

/* Before anything is measured: a run that cannot be kept is not begun. */
static int open_store(struct run *run) {
  if (run->resume.earlier)
    return reopen_store(run);
  int error =
      results_store_create(run->options->out, runs_folder(), &run->store);
  if (!error)
    return BENCH_EXIT_OK;
  const char *what = error == -EEXIST ? "holds a run already; name another "
                                        "folder with --out"
                                      : strerror(-error);
  return bench_usage(run->name, "%s: cannot make a run folder here: %s",
                     run->options->out ? run->options->out : runs_folder(),
                     what);
}

/* The clock is calibrated where it will be read, and what the suite costs is
 * measured there. */
static int start_clock(struct run *run) {
  struct topology_mask before;
  unsigned cpu = topology_cpu_at(run->machine, 0)->os;
  int error = topology_pin_self(run->machine, cpu, &before);
  if (error) {
    topology_pin_why(error, cpu, run->why, sizeof run->why);
    return complain(run);
  }
  bench_clock_init(&run->clock);
  if (run->resume.earlier)
    bench_resume_clock(&run->resume, &run->clock);
  bench_costs_measure(&run->clock, &run->costs);
  topology_pin_restore(&before);
  return BENCH_EXIT_OK;
}

/* What is wrong with the machine is said and stored; it is no refusal. */
static int examine(struct run *run) {
  run->health = (struct bench_examination){.root = "",
                                           .machine = run->machine,
                                           .clock = &run->clock,
                                           .threads = 2,
                                           .hurry = run->options->quick};
  return bench_doctor_examine(&run->health)
             ? bench_usage(run->name, "out of memory")
             : BENCH_EXIT_OK;
}

static int set_up_campaign(struct run *run) {
  const struct bench_options *options = run->options;
  struct bench_effort effort;
  if (bench_effort_make(options, &effort, run->why, sizeof run->why))
    return complain(run);
  run->campaign = (struct bench_campaign){
      .setting = {.machine = run->machine,
                  .clock = &run->clock,
                  .window_ns = effort.window_ns,
                  .started_ns = bench_clock_batch_ns(&run->clock),
                  .seed = options->seed},
      .plan = &run->plan,
      .store = run->store,
      .rounds = (unsigned)options->rounds,
      .effort = effort,
  };
  return BENCH_EXIT_OK;
}

/* Once the plan is known. */
static int want_precision(struct run *run) {
  struct bench_campaign *campaign = &run->campaign;
  return (campaign->effort.precision > 0 || campaign->effort.clean) &&
                 bench_precision_open(run->plan.cell_count,
                                      campaign->effort.precision,
                                      &campaign->precision)
             ? bench_usage(run->name, "out of memory")
             : BENCH_EXIT_OK;
}

/* A run that goes on does so on the ground that it began on. */
static int measure_ground(struct run *run, struct bench_ground *ground) {
  if (run->resume.earlier) {
    ground->transfer_ns = run->resume.transfer_ns;
    return 0;
  }
  int error = bench_plan_sets(run->options, ground, &run->plan, run->why,
                              sizeof run->why);
  if (!error)
    ground->transfer_ns = bench_slowest_transfer(
        &run->campaign.setting, &run->plan, &error, run->why, sizeof run->why);
  bench_plan_free(&run->plan);
  return error;
}

static int make_plan(struct run *run) {
  struct bench_ground ground = {.machine = run->machine,
                                .stamps = bench_clock_stamps(&run->clock),
                                .transfer_ns = (double)NAN,
                                .quota_cpus = bench_quota_cpus()};
  int error = measure_ground(run, &ground);
  if (!error)
    error = bench_plan_make(run->options, &ground, &run->plan, run->why,
                            sizeof run->why);
  if (error)
    return complain(run);
  bench_gbench_filter_plan(&run->plan);
  if (!run->plan.cell_count)
    return bench_usage(run->name, "--benchmark_filter leaves nothing; see "
                                  "--benchmark_list_tests for the names");
  return BENCH_EXIT_OK;
}

static void print_head(const struct run *run) {
  bench_head_print(stdout, &(struct bench_head){.clock = &run->clock,
                                                .costs = &run->costs,
                                                .plan = &run->plan,
                                                .health = &run->health});
}

static int write_record(struct run *run, const char *state) {
  json_t *record =
      bench_record(run->options, &run->campaign, run->started_utc, state);
  if (record && run->resume.earlier)
    bench_resume_record(&run->resume, record);
  if (record) {
    json_object_set_new(record, "doctor", bench_doctor_json(&run->health));
    json_object_set_new(record, "suite", bench_costs_json(&run->costs));
  }
  if (record && run->campaign.precision.wanted > 0)
    json_object_set_new(
        record, "precision",
        bench_precision_json(&run->campaign.precision, &run->plan));
  int error = record ? results_store_write_json(run->store, "run.json", record)
                     : -ENOMEM;
  json_decref(record);
  if (error)
    snprintf(run->why, sizeof run->why, "%s/run.json: %s",
             results_store_folder(run->store), strerror(-error));
  return error ? complain(run) : BENCH_EXIT_OK;
}

static int take_up(struct run *run) {
  int error =
      bench_resume_take_up(&run->resume, &run->campaign, run->started_utc,
                           run->name, run->why, sizeof run->why);
  return error ? complain(run) : BENCH_EXIT_OK;
}

static int summarise(struct run *run) {
  struct bench_closing closing = {.folder = results_store_folder(run->store),
                                  .step_ns = run->clock.step_ns,
                                  .against = run->options->against,
                                  .self = run->options->self};
  int error = bench_close_run(&closing, run->why, sizeof run->why);
  return error ? complain(run) : BENCH_EXIT_OK;
}

/* The options of the run that is gone on with become this one's. */
static int open_earlier(struct run *run) {
  if (!run->options->resume)
    return BENCH_EXIT_OK;
  if (bench_resume_open(run->options->resume, &run->resume, run->why,
                        sizeof run->why))
    return complain(run);
  run->options = &run->resume.options;
  bench_gbench_set_filter(run->options->filter);
  return BENCH_EXIT_OK;
}

static int run_stages(struct run *run) {
  int status = open_earlier(run);
  if (!status)
    status = open_machine(run);
  if (!status)
    status = start_clock(run);
  if (status)
    return status;
  status = set_up_campaign(run);
  if (!status)
    status = make_plan(run);
  if (!status && bench_gbench_lists())
    bench_gbench_list_plan(&run->plan);
  if (status || bench_gbench_lists())
    return status;
  status = want_precision(run);
  if (!status && run->resume.earlier)
    status = take_up(run);
  if (!status)
    status = open_store(run);
  if (status)
    return status;
  run->campaign.store = run->store;
  status = examine(run);
  if (status)
    return status;
  print_head(run);
  status = write_record(run, "running");
  if (!status)
    status = bench_gbench_campaign(&run->campaign, run->why, sizeof run->why)
                 ? complain(run)
                 : BENCH_EXIT_OK;
  if (!status && run->campaign.interrupted)
    status = write_record(run, "interrupted");
  if (!status)
    status = summarise(run);
  if (!status && !run->campaign.interrupted)
    status = write_record(run, "complete"); /* all of it is there */
  return status
             ? status
             : bench_conclude(run->name, &run->campaign, run->options->quick);
}

int bench_run(const char *name, const struct bench_options *options) {
  struct run run = {.name = name, .options = options};
  time_t now = time(NULL);
  struct tm utc;
  strftime(run.started_utc, sizeof run.started_utc, "%Y-%m-%dT%H:%M:%SZ",
           gmtime_r(&now, &utc));
  int status = run_stages(&run);
  results_store_close(run.store);
  free(run.campaign.done.keys);
  bench_precision_close(&run.campaign.precision);
  bench_resume_close(&run.resume);
  bench_doctor_free(&run.health);
  bench_plan_free(&run.plan);
  topology_machine_close(run.machine);
  return status;
}
