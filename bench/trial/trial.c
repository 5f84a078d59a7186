/* Running one cell once (see trial.h). */
#include "bench/trial/trial.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/run/costs.h"
#include "bench/trial/probe.h"
#include "bench/trial/verdict.h"
#include "locks/thread.h"
#include "topology/memory.h"
#include "topology/pin.h"

/* Memory on the home node: the line that probes use, and the sites. */
struct ground {
  _Alignas(BENCH_LINE) unsigned char probe_line[BENCH_LINE];
  struct bench_site sites[BENCH_ARRAY];
  _Alignas(BENCH_LINE) unsigned char payload[BENCH_PAYLOAD_LINES * BENCH_LINE];
  struct bench_page pages[BENCH_PAGES];
};

/* A trial under way. */
struct work {
  struct bench_attempt *attempt;
  struct bench_trial trial;
  struct ground *ground;
  bool huge; /* the ground is one huge page */
  struct topology_mask before_pin;
  double started_ns, body_ns;
  bool ready;
};

/* `first` is the node of the cell's first CPU, whoever allocates. */
static int home_of(const struct bench_setting *setting,
                   const struct bench_cell *cell) {
  const struct topology_cpu *cpu =
      topology_cpu_find(setting->machine, cell->set->cpus[0]);
  if (cell->home == TOPOLOGY_HOME_FIRST && cpu && cpu->node != TOPOLOGY_NO_NODE)
    return (int)cpu->node;
  return cell->home;
}

static int prepare(struct work *work) {
  struct bench_attempt *attempt = work->attempt;
  const struct bench_setting *setting = attempt->setting;
  const struct bench_cell *cell = attempt->cell;
  int home = home_of(setting, cell);
  void *memory;
  int error = topology_memory_alloc_huge(setting->machine, sizeof *work->ground,
                                         home, &memory, &work->huge);
  if (error) {
    topology_memory_why(error, home, attempt->why, sizeof attempt->why);
    return error;
  }
  work->ground = memory;
  error =
      bench_team_start(setting->machine, cell->set->cpus, cell->set->count,
                       &work->trial.team, attempt->why, sizeof attempt->why);
  if (error)
    topology_memory_free_huge(work->ground, sizeof *work->ground, work->huge);
  return error;
}

static void discard(struct work *work) {
  bench_team_stop(work->trial.team);
  topology_memory_free_huge(work->ground, sizeof *work->ground, work->huge);
}

static void fill_trial(struct work *work) {
  struct bench_attempt *attempt = work->attempt;
  const struct bench_cell *cell = attempt->cell;
  struct bench_team *team = work->trial.team;
  work->trial = (struct bench_trial){
      .clock = attempt->setting->clock,
      .machine = attempt->setting->machine,
      .kernel = cell->kernel,
      .variant = cell->variant,
      .workload = cell->workload,
      .team = team,
      .threads = cell->threads,
      .sites = work->ground->sites,
      .pages = work->ground->pages,
      .payload = work->ground->payload,
      .probe_line = work->ground->probe_line,
      .think_ns = (double)cell->variant->think_ns,
      .section_ns = (double)cell->cs_ns,
      .window_ns = attempt->setting->window_ns,
      .seed = attempt->setting->seed + attempt->sequence,
      .out = &attempt->result,
      .acquire_ns = &attempt->acquire_ns,
  };
}

static double probe(struct work *work) {
  return bench_probe(work->trial.team, work->trial.clock,
                     work->ground->probe_line);
}

/* The single loop runs on Google Benchmark's thread: pin that one. */
static int enter_single(struct work *work) {
  struct bench_attempt *attempt = work->attempt;
  unsigned cpu = attempt->cell->set->cpus[0];
  int error =
      topology_pin_self(attempt->setting->machine, cpu, &work->before_pin);
  if (error) {
    topology_pin_why(error, cpu, attempt->why, sizeof attempt->why);
    return error;
  }
  lock_thread_attach();
  bench_trial_reset(&work->trial);
  work->trial.kernel->pairs(&work->trial.sites[0], BENCH_BATCH / 10);
  bench_witness_open(&work->trial.seen, cpu);
  return 0;
}

static void leave_single(struct work *work) {
  bench_witness_close(&work->trial.seen);
  topology_pin_restore(&work->before_pin);
}

static void begin(struct bench_gbench *run, void *context) {
  struct work *work = context;
  struct bench_attempt *attempt = work->attempt;
  attempt->error = prepare(work);
  if (!attempt->error) {
    fill_trial(work);
    work->started_ns = bench_clock_batch_ns(attempt->setting->clock);
    attempt->result.chain_before_ns =
        bench_costs_chain_of(work->trial.team, attempt->setting->clock);
    work->trial.probe_ns = attempt->result.probe_before_ns = probe(work);
    if (attempt->cell->workload->single)
      attempt->error = enter_single(work);
    else
      bench_trial_reset(&work->trial);
    work->ready = !attempt->error;
    if (attempt->error)
      discard(work);
  }
  if (attempt->error)
    bench_gbench_skip(run, attempt->why);
}

static void measure(struct work *work) {
  struct bench_attempt *attempt = work->attempt;
  attempt->error = attempt->cell->workload->run(&work->trial);
  if (attempt->error)
    snprintf(attempt->why, sizeof attempt->why, "%s: %s",
             attempt->cell->workload->name, strerror(-attempt->error));
}

static void body(struct bench_gbench *run, void *context, uint64_t n) {
  struct work *work = context;
  const struct bench_clock *clock = work->trial.clock;
  const struct bench_workload *workload = work->trial.workload;
  if (!work->ready)
    return;
  if (workload->thread) {
    workload->thread(&work->trial, (size_t)bench_gbench_thread(run), n);
    return;
  }
  double start = bench_clock_batch_ns(clock);
  if (workload->single)
    workload->single(&work->trial, n);
  else
    measure(work);
  work->body_ns = bench_clock_batch_ns(clock) - start;
  if (!workload->single)
    bench_gbench_seconds(run, work->body_ns / 1e9);
}

static void finish_single(struct work *work) {
  leave_single(work);
  double start = bench_clock_batch_ns(work->trial.clock);
  measure(work);
  work->body_ns += bench_clock_batch_ns(work->trial.clock) - start;
}

/* Every acquisition added one, plainly: a lock that let two in lost some. */
static int64_t violations(const struct bench_trial *trial) {
  int64_t lost = (int64_t)(trial->expected - trial->sites[0].data.count);
  return trial->kernel->exclusive ? llabs(lost) + (int64_t)trial->torn : 0;
}

static void conclude(struct work *work) {
  struct bench_trial *trial = &work->trial;
  struct results_trial *out = &work->attempt->result;
  const struct bench_setting *setting = work->attempt->setting;
  out->huge_page = work->huge;
  out->probe_after_ns = probe(work);
  out->chain_after_ns = bench_costs_chain_of(work->trial.team, setting->clock);
  out->probe_ns = (out->probe_before_ns + out->probe_after_ns) / 2;
  out->started_ns = (int64_t)(work->started_ns - setting->started_ns);
  out->duration_ns =
      (int64_t)(bench_clock_batch_ns(setting->clock) - work->started_ns);
  out->operations +=
      (int64_t)(trial->counted ? trial->counted : trial->expected);
  out->switches_involuntary = trial->seen.switches_involuntary;
  out->switches_voluntary = trial->seen.switches_voluntary;
  out->migrations = trial->seen.migrations;
  out->parked = (double)trial->seen.parked;
  out->exclusion_violations = violations(trial);
  struct bench_disturbance disturbance = {
      .queued_share = (double)trial->seen.queued_ns / work->body_ns,
      .gap_share = trial->gap_ns / work->body_ns,
      .ordered = trial->kernel->ordered,
      .left_out = !isnan(out->segments) && !trial->spoiled,
      .crowded = trial->workload->crowded};
  out->verdict = bench_verdict(out, &disturbance);
}

static void report(struct bench_gbench *run, const struct work *work) {
  const struct results_trial *out = &work->attempt->result;
  for (const struct results_field *f = results_trial_fields; f->name; f++)
    if (f->group == RESULTS_METRIC && !isnan(results_real(out, f)))
      bench_gbench_counter(run, f->name, results_real(out, f));
  if (!isnan(out->probe_ns))
    bench_gbench_counter(run, "probe_ns", out->probe_ns);
}

static void end(struct bench_gbench *run, void *context) {
  struct work *work = context;
  if (!work->ready)
    return;
  if (work->attempt->cell->workload->single)
    finish_single(work);
  if (work->attempt->cell->workload->thread)
    measure(work);
  if (!work->attempt->error) {
    conclude(work);
    report(run, work);
  }
  discard(work);
}

int bench_trial_attempt(struct bench_attempt *attempt, unsigned rounds) {
  struct work work = {.attempt = attempt};
  const struct bench_workload *workload = attempt->cell->workload;
  const bool single = workload->single;
  const size_t threads = workload->thread ? attempt->cell->threads : 1;
  struct bench_gbench_case one = {.name = attempt->name,
                                  .body = body,
                                  .begin = begin,
                                  .end = end,
                                  .context = &work,
                                  .iterations = 1,
                                  .threads = (int)threads,
                                  .manual_time = !single && !workload->thread};
  if (!one.manual_time)
    one.iterations = BENCH_BATCH / threads;
  memset(&attempt->acquire_ns, 0, sizeof attempt->acquire_ns);
  attempt->error = 0;
  bench_cell_name(attempt->cell, attempt->name, sizeof attempt->name);
  results_trial_clear(&attempt->result);
  bench_cell_identify(attempt->cell, &attempt->result);
  attempt->result.round = attempt->round;
  attempt->result.sequence = (int64_t)attempt->sequence;
  int error = bench_gbench_run(&one, attempt->round, rounds);
  if (error && !attempt->error) {
    snprintf(attempt->why, sizeof attempt->why, "Google Benchmark: %s",
             strerror(-error));
    attempt->error = error;
  }
  return attempt->error;
}

/* One pair a level says enough: a machine may have thousands. */
static bool is_first_of_level(const struct bench_plan *plan, size_t index) {
  const struct bench_set *set = &plan->sets[index];
  for (size_t i = 0; i < index; i++)
    if (plan->sets[i].pair && !strcmp(plan->sets[i].level, set->level))
      return false;
  return set->pair;
}

double bench_slowest_transfer(const struct bench_setting *setting,
                              const struct bench_plan *plan, int *error,
                              char *why, size_t why_size) {
  double slowest = (double)NAN;
  for (size_t i = 0; i < plan->set_count; i++) {
    if (!is_first_of_level(plan, i))
      continue;
    struct bench_cell cell = {.set = &plan->sets[i],
                              .home = TOPOLOGY_HOME_FIRST};
    struct bench_attempt attempt = {.setting = setting, .cell = &cell};
    struct work work = {.attempt = &attempt};
    *error = prepare(&work);
    if (*error) {
      snprintf(why, why_size, "%s", attempt.why);
      return (double)NAN;
    }
    work.trial.clock = setting->clock;
    slowest = fmax(slowest, probe(&work));
    discard(&work);
  }
  return slowest;
}
