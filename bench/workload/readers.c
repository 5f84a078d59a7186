/* Readers and writers at one lock: what sharing is worth at a given share of
 * reads, and who waits for whom.
 *
 * Every operation is a read or a write by the throw of a die of the thread's
 * own, so that each share runs the same loop. A section is the same for both;
 * readers look for writers in theirs, so that a lock that lets both in is
 * found out. Few acquires are stamped, but about as many of writers, where
 * they are few, as of readers. */
#include <math.h>
#include <string.h>

#include "bench/workload/frame.h"

/* What a member keeps of a window; lies in its own room. */
struct entry {
  struct bench_slice slices[BENCH_SLICES];
  struct results_histogram read_ns[BENCH_SLICES], write_ns[BENCH_SLICES];
};

_Static_assert(sizeof(struct entry) <= BENCH_MEMBER_ROOM, "an entry fits");

/* What a trial's windows share. */
struct meeting {
  uint64_t section; /* links of bench_chain */
  struct results_histogram read_ns, write_ns;
};

/* Of a thread and a slice, so that none throws what another has thrown. */
static uint32_t first_random(const struct bench_trial *trial, size_t member,
                             size_t number) {
  const uint64_t place = trial->seed * trial->threads + member;
  const uint32_t random =
      (uint32_t)(place * BENCH_SLICES + number) * 0x9e3779b1u;
  return random ? random : 1; /* 0 would stay 0 */
}

/* One kind may be rare: both are stamped about as often, but of none more than
 * every single one, and no more of both than other workloads stamp.
 * @param share  of the kind, in hundredths */
static uint64_t stamped_every(size_t threads, int share) {
  const uint64_t every = bench_frame_every(threads);
  const uint64_t of_kind = 2 * every * (uint64_t)share / 100;
  return of_kind < 1 ? 1 : of_kind < every ? of_kind : every;
}

static void compete(const struct bench_frame *frame,
                    struct bench_member *member, size_t number,
                    struct bench_slice *out) {
  const struct bench_trial *trial = frame->trial;
  const struct bench_clock *clock = trial->clock;
  const struct meeting *meeting = frame->context;
  const int reads = trial->variant->choice; /* in hundredths */
  struct entry *entry = member->room;
  const uint64_t begin = frame->begin + number * frame->length;
  struct bench_mix orders = {
      .begin = begin,
      .deadline = begin + frame->length,
      .section = meeting->section,
      .every = bench_frame_every(trial->threads),
      .read_every = stamped_every(trial->threads, reads),
      .write_every = stamped_every(trial->threads, 100 - reads),
      .reads = ((uint64_t)reads << 32) / 100,
      .random = first_random(trial, member->index, number),
      .ns_scale = (uint64_t)(clock->ns_per_tick * 4294967296.0),
      .pair_ticks = (uint64_t)clock->pair_ticks,
      .read_ns = &entry->read_ns[number],
      .write_ns = &entry->write_ns[number]};
  trial->kernel->mix(trial->sites, &orders);
  *out = (struct bench_slice){.started = orders.started,
                              .stopped = orders.stopped,
                              .operations = orders.operations,
                              .exclusive = orders.writes,
                              .torn = orders.torn,
                              .gap = orders.gap};
}

static double quantile(const struct results_histogram *histogram, double q) {
  return results_histogram_total(histogram)
             ? results_histogram_percentile(histogram, q)
             : (double)NAN;
}

static void add_window(const struct bench_frame *frame) {
  struct meeting *meeting = frame->context;
  for (size_t m = 0; m < frame->trial->threads; m++) {
    const struct entry *entry = bench_team_member(frame->trial->team, m)->room;
    for (size_t i = 0; i < frame->segments.chosen_count; i++) {
      const size_t k = frame->segments.chosen[i];
      results_histogram_merge(&meeting->read_ns, &entry->read_ns[k]);
      results_histogram_merge(&meeting->write_ns, &entry->write_ns[k]);
    }
  }
}

static void report(struct bench_trial *trial,
                   const struct bench_frame_result *result,
                   const struct meeting *meeting) {
  struct results_trial *out = trial->out;
  if (!bench_frame_report(trial, result))
    return;
  out->read_share = fmax(0, 1 - result->sum.exclusive / result->sum.operations);
  out->read_p50_ns = quantile(&meeting->read_ns, 0.50);
  out->read_p99_ns = quantile(&meeting->read_ns, 0.99);
  out->write_p50_ns = quantile(&meeting->write_ns, 0.50);
  out->write_p99_ns = quantile(&meeting->write_ns, 0.99);
}

static int run(struct bench_trial *trial) {
  static struct meeting meeting; /* large: histograms */
  struct bench_frame frame = {.trial = trial,
                              .window_ns = trial->window_ns,
                              .windows = (size_t)trial->workload->windows,
                              .slices = bench_frame_slices(trial->window_ns),
                              .room_bytes = sizeof(struct entry),
                              .compete = compete,
                              .add = add_window,
                              .context = &meeting};
  memset(&meeting, 0, sizeof meeting);
  meeting.section = bench_chain_links(trial->clock, trial->section_ns);
  bench_frame_reset(trial);
  int error = bench_frame_run(&frame);
  if (!error)
    report(trial, &frame.result, &meeting);
  bench_frame_free(&frame);
  return error;
}

static const struct bench_variant shares[] = {
    {.text = "reads:0", .choice = 0},     {.text = "reads:50", .choice = 50},
    {.text = "reads:90", .choice = 90},   {.text = "reads:99", .choice = 99},
    {.text = "reads:100", .choice = 100}, {.text = ""}};

const struct bench_workload bench_readers = {
    .name = "readers",
    .help = "readers and writers at a reader/writer lock, 0 to 100 % of the "
            "operations reads: operations, acquire latency of both",
    .columns = {{"op_ns", "ns/op"},
                {"read_p50_ns", "read p50"},
                {"read_p99_ns", "read p99"},
                {"write_p50_ns", "write p50"},
                {"write_p99_ns", "write p99"},
                {"read_share", "reads"},
                {"jain", "Jain"},
                {"jain_slice", "Jain in 1 ms"}},
    .sets = BENCH_ALL_TEAMS,
    .least_cpus = 1,
    .stamps = true,
    .section = true,
    .on_request = true,
    .reader = true,
    .variants = shares,
    .windows = 1,
    .run = run,
};
