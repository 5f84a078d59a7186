/* Windows opened, read off and tried again (see frame.h). */
#include "bench/workload/frame.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/trial/probe.h"
#include "bench/trial/segment.h"

/* Time for everybody to leave the barrier before the window opens. */
static const double opening_ns = 20000;

/* Windows, at most, until one has enough undisturbed slices. */
enum { ATTEMPTS = 3 };

size_t bench_frame_slices(double window_ns) {
  return (size_t)fmin(BENCH_SLICES, fmax(5, floor(window_ns / 1e6)));
}

uint64_t bench_frame_every(size_t threads) {
  uint64_t every = BENCH_SAMPLE_EVERY;
  if (threads > BENCH_SAMPLE_CROWD)
    every = BENCH_SAMPLE_EVERY * BENCH_SAMPLE_CROWD / threads;
  return every ? every : 1;
}

void bench_frame_reset(struct bench_trial *trial) {
  bench_trial_reset(trial);
  trial->left_out = !trial->workload->crowded;
  trial->out->segments_disturbed = trial->out->segments_stalled = 0;
}

static void body(struct bench_member *member, void *context) {
  struct bench_frame *frame = context;
  const double ns_per_tick = frame->trial->clock->ns_per_tick;
  struct bench_slice *slices = member->room;
  memset(member->room, 0, frame->room_bytes);
  bench_team_meet(member);
  (void)bench_witness_parked(&member->witness);
  if (member->index == 0)
    frame->begin = bench_clock_now() + (uint64_t)(opening_ns / ns_per_tick);
  bench_team_meet(member);
  for (size_t i = 0; i < frame->slices; i++) {
    frame->compete(frame, member, i, &slices[i]);
    slices[i].parked = bench_witness_parked(&member->witness);
  }
}

/* An interrupt takes less; so does a busy lock from look to look. */
static const double gap_ns = 50000;

static void take_slices(struct bench_frame *frame) {
  struct bench_trial *trial = frame->trial;
  for (size_t m = 0; m < trial->threads; m++) {
    const struct bench_slice *slices = bench_team_member(trial->team, m)->room;
    memcpy(frame->read + m * frame->slices, slices,
           frame->slices * sizeof *slices);
    for (size_t i = 0; i < frame->slices; i++) {
      trial->expected += slices[i].exclusive;
      trial->torn += slices[i].torn;
    }
  }
  frame->all = (struct bench_slices){frame->read, trial->threads, frame->slices,
                                     frame->begin, frame->length};
}

/* Takes the members' slices and chooses those that count. */
static void read_off(struct bench_frame *frame) {
  struct bench_trial *trial = frame->trial;
  const size_t count = frame->slices;
  bool disturbed[BENCH_SLICES] = {false};
  take_slices(frame);
  if (!trial->workload->crowded) {
    if (trial->kernel->ordered || trial->threads == 1)
      frame->gaps = bench_slices_find_gaps(frame->read, trial->threads * count,
                                           gap_ns / trial->clock->ns_per_tick,
                                           frame->scratch);
    bench_slices_mark(&frame->all, disturbed);
  }
  for (size_t i = 0; i < count; i++)
    trial->out->segments_disturbed += disturbed[i];
  frame->chosen_count =
      bench_segments_choose(disturbed, count, frame->chosen, &frame->clean);
}

/* A window stands between two probes. */
static void look_again(struct bench_trial *trial) {
  trial->out->probe_before_ns =
      bench_probe(trial->team, trial->clock, trial->probe_line);
}

static void measure(struct bench_frame *frame) {
  struct bench_trial *trial = frame->trial;
  const int most = trial->workload->crowded ? 1 : ATTEMPTS;
  frame->length =
      (uint64_t)(frame->window_ns / trial->clock->ns_per_tick) / frame->slices;
  for (int attempt = 0; attempt < most && !frame->clean; attempt++) {
    if (attempt)
      look_again(trial);
    bench_trial_run(trial, body, frame);
    read_off(frame);
  }
  trial->left_out &= frame->clean;
  if (!frame->clean)
    trial->out->segments_stalled += (double)frame->gaps;
}

static void add_up(struct bench_frame *frame) {
  const size_t threads = frame->trial->threads;
  frame->sum = bench_slices_add(&frame->all, frame->chosen, frame->chosen_count,
                                frame->by_member, frame->scratch);
  for (size_t m = 0; m < threads; m++)
    for (size_t i = 0; i < frame->chosen_count; i++)
      frame->trial->counted +=
          frame->read[m * frame->slices + frame->chosen[i]].operations;
}

int bench_frame_run(struct bench_frame *frame) {
  const size_t threads = frame->trial->threads, slices = frame->slices;
  frame->read = calloc(threads * slices, sizeof *frame->read);
  frame->by_member = calloc(threads, sizeof *frame->by_member);
  frame->scratch =
      calloc((threads + 1) * slices + threads, sizeof *frame->scratch);
  if (!frame->read || !frame->by_member || !frame->scratch)
    return -ENOMEM;
  measure(frame);
  add_up(frame);
  return 0;
}

void bench_frame_free(struct bench_frame *frame) {
  free(frame->read);
  free(frame->by_member);
  free(frame->scratch);
}

bool bench_frame_report(struct bench_trial *trial,
                        const struct bench_slices_sum *sum) {
  struct results_trial *out = trial->out;
  if (sum->operations <= 0)
    return false;
  out->op_ns = sum->ticks * trial->clock->ns_per_tick / sum->operations;
  out->ops_per_s = 1e9 / out->op_ns;
  out->overlap = sum->overlap;
  out->segments_stalled += (double)sum->stalled;
  if (trial->threads == 1)
    return true;
  out->jain = sum->jain_whole;
  out->min_max = sum->min_max;
  out->start_skew_ns = sum->skew * trial->clock->ns_per_tick;
  if (!trial->workload->crowded)
    out->jain_slice = sum->jain;
  return true;
}
