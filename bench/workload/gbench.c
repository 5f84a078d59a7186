/* Google Benchmark's own threaded loop, to hold the windows against.
 *
 * Its threads are the library's: not pinned, each with the same number of
 * iterations, so that who is served first is gone first and the others go on
 * alone: `overlap` says for how much of the time all were there. Nothing is
 * inside the lock. ns/op is what the library prints up to 1.8: the mean of the
 * threads' times over the iterations of all. Where threads run is what comes
 * of it, so no trial is disturbed by it. */
#include <math.h>

#include "bench/workload/workload.h"
#include "locks/thread.h"

/* When one thread ran; lies in the room of the member of its number. */
struct entry {
  uint64_t started, stopped, iterations;
};

static void thread(struct bench_trial *trial, size_t index, uint64_t n) {
  struct entry *entry = bench_team_member(trial->team, index)->room;
  lock_thread_attach();
  entry->iterations = n;
  entry->started = bench_clock_now();
  trial->kernel->pairs(&trial->sites[0], n);
  entry->stopped = bench_clock_now();
}

/* @return true when the first is the earlier one */
static bool is_before(uint64_t first, uint64_t second) {
  return (int64_t)(first - second) < 0;
}

static int run(struct bench_trial *trial) {
  const struct entry *first = bench_team_member(trial->team, 0)->room;
  struct entry all = *first, common = *first;
  double ticks = 0;
  trial->counted = 0;
  for (size_t i = 0; i < trial->threads; i++) {
    const struct entry *entry = bench_team_member(trial->team, i)->room;
    ticks += (double)(entry->stopped - entry->started);
    trial->counted += entry->iterations;
    if (is_before(entry->started, all.started))
      all.started = entry->started;
    if (is_before(all.stopped, entry->stopped))
      all.stopped = entry->stopped;
    if (is_before(common.started, entry->started))
      common.started = entry->started;
    if (is_before(entry->stopped, common.stopped))
      common.stopped = entry->stopped;
  }
  trial->out->op_ns = ticks / (double)trial->threads *
                      trial->clock->ns_per_tick / (double)trial->counted;
  trial->out->overlap =
      fmax(0, (double)(int64_t)(common.stopped - common.started)) /
      (double)(all.stopped - all.started);
  return 0;
}

const struct bench_workload bench_gbench = {
    .name = "gbench",
    .help = "Google Benchmark's own threaded loop, unpinned, the same number "
            "of iterations a thread: what it would have said",
    .columns = {{"op_ns", "ns/op"}, {"overlap", "overlap"}},
    .sets = BENCH_ALL_TEAMS,
    .least_cpus = 1,
    .contended = true,
    .on_request = true,
    .crowded = true,
    .trial_ms = 60,
    .thread = thread,
    .run = run,
};
