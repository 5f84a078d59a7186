/* A whole run, told in order (see run.h). */
#include "bench/run.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/campaign.h"
#include "bench/closing.h"
#include "bench/command/command.h"
#include "bench/command/plot.h"
#include "bench/doctor.h"
#include "bench/gbench.h"
#include "bench/quota.h"
#include "bench/record.h"
#include "results/emulation.h"
#include "topology/pin.h"

/* What a run owns while it lasts. */
struct run {
  const char *name; /* for messages */
  const struct bench_options *options;
  struct topology_machine *machine;
  struct bench_clock clock;
  struct bench_plan plan;
  struct bench_campaign campaign;
  struct results_store *store;
  struct bench_examination health; /* of the machine, before the run */
  char started_utc[32];
  char why[8192]; /* holds two paths */
};

/* How long and how often, for a run of either kind. */
static const struct {
  double budget_s, window_ns;
  unsigned least, most;
} efforts[] = {
    [false] = {.budget_s = 75, .window_ns = 20e6, .least = 5, .most = 20},
    [true] = {.budget_s = 13, .window_ns = 10e6, .least = 1, .most = 5},
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

/* Before anything is measured: a run that cannot be kept is not begun. */
static int open_store(struct run *run) {
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

/* The clock is calibrated where it will be read. */
static int start_clock(struct run *run) {
  struct topology_mask before;
  unsigned cpu = topology_cpu_at(run->machine, 0)->os;
  int error = topology_pin_self(run->machine, cpu, &before);
  if (error) {
    topology_pin_why(error, cpu, run->why, sizeof run->why);
    return complain(run);
  }
  bench_clock_init(&run->clock);
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

static void set_up_campaign(struct run *run) {
  const struct bench_options *options = run->options;
  bool quick = options->quick;
  run->campaign = (struct bench_campaign){
      .setting = {.machine = run->machine,
                  .clock = &run->clock,
                  .window_ns = efforts[quick].window_ns,
                  .started_ns = bench_clock_batch_ns(&run->clock),
                  .seed = options->seed},
      .plan = &run->plan,
      .store = run->store,
      .rounds = options->rounds,
      .least = efforts[quick].least,
      .most = efforts[quick].most,
      .budget_s = efforts[quick].budget_s,
  };
}

/* Names the cells that Google Benchmark's filter leaves. */
static void filter_cells(struct bench_plan *plan) {
  size_t kept = 0;
  for (size_t i = 0; i < plan->cell_count; i++)
    if (bench_gbench_selects(plan->cells[i].name))
      plan->cells[kept++] = plan->cells[i];
  plan->cell_count = kept;
}

static int make_plan(struct run *run) {
  struct bench_ground ground = {.machine = run->machine,
                                .stamps = bench_clock_stamps(&run->clock),
                                .transfer_ns = NAN,
                                .quota_cpus = bench_quota_cpus()};
  int error = bench_plan_sets(run->options, &ground, &run->plan, run->why,
                              sizeof run->why);
  if (!error)
    ground.transfer_ns = bench_slowest_transfer(
        &run->campaign.setting, &run->plan, &error, run->why, sizeof run->why);
  bench_plan_free(&run->plan);
  if (!error)
    error = bench_plan_make(run->options, &ground, &run->plan, run->why,
                            sizeof run->why);
  if (error)
    return complain(run);
  filter_cells(&run->plan);
  if (!run->plan.cell_count)
    return bench_usage(run->name, "--benchmark_filter leaves nothing; see "
                                  "--benchmark_list_tests for the names");
  run->campaign.setting.home_text = run->plan.home_text;
  return BENCH_EXIT_OK;
}

static int list_cells(const struct run *run) {
  for (size_t i = 0; i < run->plan.cell_count; i++)
    puts(run->plan.cells[i].name);
  return BENCH_EXIT_OK;
}

static void print_header(const struct run *run) {
  const struct bench_clock *clock = &run->clock;
  if (results_emulated() > 0)
    puts("emulated machine: its CPUs are a program, so no time of this run "
         "means anything");
  printf("clock %s: step %.2f ns, a stamp costs %.1f ns%s%s\n", clock->name,
         clock->step_ns, clock->pair_ticks * clock->ns_per_tick,
         clock->distrust ? "; single events are not stamped: " : "",
         clock->distrust ? clock->distrust : "");
  for (size_t i = 0; i < run->plan.omission_count; i++)
    printf("left out: %s\n", run->plan.omissions[i].text);
  bench_doctor_print_short(stdout, &run->health);
  fflush(stdout);
}

static int write_record(struct run *run, const char *state) {
  json_t *record =
      bench_record(run->options, &run->campaign, run->started_utc, state);
  if (record)
    json_object_set_new(record, "doctor", bench_doctor_json(&run->health));
  int error = record ? results_store_write_json(run->store, "run.json", record)
                     : -ENOMEM;
  json_decref(record);
  if (error)
    snprintf(run->why, sizeof run->why, "%s/run.json: %s",
             results_store_folder(run->store), strerror(-error));
  return error ? complain(run) : BENCH_EXIT_OK;
}

/* benchmark.json appears whole, under its name, when the campaign is over. */
static int measure(struct run *run) {
  const char *folder = results_store_folder(run->store);
  char part[4096], whole[4096];
  snprintf(part, sizeof part, "%s/benchmark.json.part", folder);
  snprintf(whole, sizeof whole, "%s/benchmark.json", folder);
  int error = bench_gbench_open(part);
  if (error) {
    snprintf(run->why, sizeof run->why, "%s: %s", part, strerror(-error));
    return complain(run);
  }
  error = bench_campaign_run(&run->campaign, run->why, sizeof run->why);
  int closed = bench_gbench_close();
  if (!error && (closed || rename(part, whole))) {
    snprintf(run->why, sizeof run->why, "%s: cannot be written", whole);
    error = -EIO;
  }
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

static int conclude(struct run *run) {
  const struct bench_campaign *campaign = &run->campaign;
  const char *folder = results_store_folder(run->store);
  fflush(stdout);
  printf("\n%s%zu trials in %u round%s of %zu cells: %s\n",
         run->options->quick ? "exploratory: " : "", campaign->trials,
         campaign->finished, campaign->finished == 1 ? "" : "s",
         run->plan.cell_count, folder);
  if (campaign->violations) {
    fprintf(stderr,
            "%s: %s: mutual exclusion was violated (%lld acquisitions lost): "
            "this lock is broken\n",
            run->name, campaign->violator, (long long)campaign->violations);
    return BENCH_EXIT_FAILED;
  }
  if (!campaign->interrupted)
    return bench_plot_run(folder, stderr);
  fprintf(stderr, "%s: interrupted; `kspin plot %s` draws what there is\n",
          run->name, folder);
  return 128 + SIGINT;
}

static int run_stages(struct run *run) {
  int status = open_machine(run);
  if (!status)
    status = start_clock(run);
  if (status)
    return status;
  set_up_campaign(run);
  status = make_plan(run);
  if (status || bench_gbench_lists())
    return status ? status : list_cells(run);
  status = open_store(run);
  if (status)
    return status;
  run->campaign.store = run->store;
  status = examine(run);
  if (status)
    return status;
  print_header(run);
  status = write_record(run, "running");
  if (!status)
    status = measure(run);
  if (!status)
    status = write_record(run, run->campaign.interrupted ? "interrupted"
                                                         : "complete");
  if (!status)
    status = summarise(run);
  return status ? status : conclude(run);
}

int bench_run(const char *name, const struct bench_options *options) {
  struct run run = {.name = name, .options = options};
  time_t now = time(NULL);
  struct tm utc;
  strftime(run.started_utc, sizeof run.started_utc, "%Y-%m-%dT%H:%M:%SZ",
           gmtime_r(&now, &utc));
  int status = run_stages(&run);
  results_store_close(run.store);
  bench_doctor_free(&run.health);
  bench_plan_free(&run.plan);
  topology_machine_close(run.machine);
  return status;
}
