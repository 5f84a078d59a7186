/* What a hand-over costs in counters of the CPU: line fills by their source,
 * cycles, instructions.
 *
 * The same competition as in `throughput`, with counters running: their trials
 * are their own, as counting costs time. Each thread opens counters for itself
 * once it is pinned, before the window, and they run from its first operation
 * to its last; slices in which one had no CPU are in the counts, too. Counts
 * are sums over all threads for each hand-over; where events had to share the
 * CPU's counters they are scaled up, and `counted_share` says so. Where the CPU
 * or the host of a guest offers no counters only the kernel's own events are
 * left. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/trial/hardware.h"
#include "bench/workload/contest.h"

/* One thread's counters: opened, used and read by it alone. */
struct counting {
  const struct bench_kernel *kernel;
  struct bench_hardware hardware;
  struct bench_count counts[BENCH_EVENTS];
  bool read;
};

static _Thread_local struct counting *mine;

static void open_counters(struct bench_member *member, void *context) {
  char why[256];
  mine = (struct counting *)context + member->index;
  bench_hardware_open(&mine->hardware, why, sizeof why);
}

static void compete(struct bench_site *site, struct bench_window *window) {
  bench_hardware_go_on(&mine->hardware); /* a window may be tried again */
  mine->kernel->compete(site, window);
  bench_hardware_stop(&mine->hardware);
}

static void close_counters(struct bench_member *member, void *context) {
  (void)member, (void)context;
  mine->read = !bench_hardware_read(&mine->hardware, mine->counts);
  bench_hardware_close(&mine->hardware);
}

static void add(struct results_trial *out, const char *field, double value) {
  const struct results_field *f = results_field_find(field);
  double sum = results_real(out, f);
  sum = isnan(sum) ? value : sum + value;
  memcpy((char *)out + f->offset, &sum, sizeof sum);
}

/* An event that some thread could not count has no sum. */
static void add_event(struct bench_trial *trial, const struct counting *all,
                      size_t event, double handovers) {
  double sum = 0;
  const char *field = all[0].counts[event].event->field;
  for (size_t i = 0; i < trial->threads; i++) {
    const struct bench_count *count = &all[i].counts[event];
    sum += count->value; /* NAN: never counted */
    trial->out->counted_share = fmin(trial->out->counted_share, count->share);
  }
  if (field && !isnan(sum))
    add(trial->out, field, sum / handovers);
}

/* All threads have the same events, or there is none to speak of: CPUs of
 * different kinds may offer different ones. */
static size_t events_of_all(const struct counting *all, size_t threads,
                            const size_t *opened) {
  for (size_t i = 0; i < threads; i++) {
    if (!all[i].read || opened[i] != opened[0])
      return 0;
    for (size_t event = 0; event < opened[0]; event++)
      if (all[i].counts[event].event != all[0].counts[event].event)
        return 0;
  }
  return opened[0];
}

static int count(struct bench_trial *trial, struct counting *all,
                 size_t *opened) {
  static struct bench_contest_result result; /* large: histograms */
  struct bench_contest contest = {.trial = trial,
                                  .site = &trial->sites[0],
                                  .payload = trial->payload,
                                  .lines = trial->variant->cs_lines,
                                  .window_ns = trial->window_ns,
                                  .windows = 1,
                                  .slices = BENCH_SLICES,
                                  .loop = compete};
  bench_frame_reset(trial);
  bench_trial_run(trial, open_counters, all);
  for (size_t i = 0; i < trial->threads; i++)
    opened[i] = all[i].hardware.count;
  int error = bench_contest_run(&contest, &result);
  bench_trial_run(trial, close_counters, all);
  if (error || !(result.all.sum.handovers > 0))
    return error;
  trial->out->overlap = result.all.sum.overlap;
  trial->out->handover_share =
      result.all.sum.handovers / result.all.sum.operations;
  const double handovers = (double)trial->expected * trial->out->handover_share;
  for (size_t i = 0; i < events_of_all(all, trial->threads, opened); i++)
    add_event(trial, all, i, handovers);
  return 0;
}

static int run(struct bench_trial *trial) {
  struct counting *all = calloc(trial->threads, sizeof *all);
  size_t *opened = calloc(trial->threads, sizeof *opened);
  int error = -ENOMEM;
  if (all && opened) {
    for (size_t i = 0; i < trial->threads; i++)
      all[i].kernel = trial->kernel;
    error = count(trial, all, opened);
  }
  free(opened);
  free(all);
  return error;
}

const struct bench_workload bench_counters = {
    .name = "counters",
    .help = "lines by their source, cycles and instructions for each "
            "hand-over, in trials of their own",
    .columns = {{"counted_near", "near lines"},
                {"counted_far", "other L3"},
                {"counted_remote", "other node"},
                {"counted_misses", "misses"},
                {"counted_cycles", "cycles"},
                {"counted_instructions", "instructions"},
                {"counted_cpu_ns", "CPU ns"},
                {"counted_share", "counted"}},
    .sets = BENCH_PAIRS | BENCH_TEAMS,
    .least_cpus = 2,
    .contended = true,
    .stamps = true,
    .loads = true,
    .on_request = true,
    .windows = 1,
    .member_ms = 0.5,
    .run = run,
};
