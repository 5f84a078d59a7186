/* Windows opened, read off and tried again (see frame.h). */
#include "bench/workload/frame.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/trial/probe.h"
#include "results/stats.h"

/* Time for everybody to leave the barrier before the window opens. */
static const double opening_ns = 20000;

/* An interrupt takes less; so does a busy lock from look to look. */
static const double gap_ns = 50000;

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
  trial->out->segments_stalled = 0;
}

static void body(struct bench_member *member, void *context) {
  struct bench_frame *frame = context;
  const double ns_per_tick = frame->trial->clock->ns_per_tick;
  struct bench_slice *slices = member->room;
  memset(member->room, 0, frame->room_bytes);
  bench_team_meet(member);
  (void)bench_witness_look(&member->witness);
  if (member->index == 0)
    frame->begin = bench_clock_now() + (uint64_t)(opening_ns / ns_per_tick);
  bench_team_meet(member);
  for (size_t i = 0; i < frame->slices; i++) {
    frame->compete(frame, member, i, &slices[i]);
    slices[i].cause = bench_witness_look(&member->witness);
  }
}

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

/* Notes slices in which somebody was not there. */
static void find_causes(struct bench_frame *frame) {
  struct bench_trial *trial = frame->trial;
  const double ns_per_tick = trial->clock->ns_per_tick;
  const size_t count = frame->slices, all = trial->threads * count;
  if (trial->kernel->ordered || trial->threads == 1)
    bench_slices_find_gaps(frame->read, all, gap_ns / ns_per_tick,
                           frame->scratch);
  bench_slices_blame(&frame->all, &frame->segments);
  for (size_t i = 0; i < all; i++)
    if (frame->read[i].cause == BENCH_GAP)
      bench_trial_gap(trial, &frame->segments, i % count,
                      (double)frame->read[i].gap * ns_per_tick);
}

/* Takes the members' slices and chooses those that count. */
static void read_off(struct bench_frame *frame) {
  frame->segments = (struct bench_segments){.count = frame->slices};
  take_slices(frame);
  if (!frame->trial->workload->crowded)
    find_causes(frame);
  bench_segments_choose(&frame->segments);
  bench_segments_count(&frame->segments, frame->trial->out);
}

static void add_window(struct bench_frame *frame) {
  struct bench_trial *trial = frame->trial;
  const struct bench_segments *segments = &frame->segments;
  const struct bench_slices_sum sum =
      bench_slices_add(&frame->all, segments->chosen, segments->chosen_count,
                       frame->in_window, frame->scratch);
  bench_slices_sum_add(&frame->result.sum, &sum);
  for (size_t m = 0; m < trial->threads; m++) {
    frame->by_member[m] += frame->in_window[m];
    for (size_t i = 0; i < segments->chosen_count; i++)
      trial->counted +=
          frame->read[m * frame->slices + segments->chosen[i]].operations;
  }
  frame->add(frame);
}

/* Who got how much of all windows. */
static void divide(struct bench_frame *frame) {
  const size_t threads = frame->trial->threads;
  double least = (double)INFINITY, most = 0;
  for (size_t m = 0; m < threads; m++) {
    least = fmin(least, frame->by_member[m]);
    most = fmax(most, frame->by_member[m]);
  }
  frame->result.jain = results_jain(frame->by_member, threads);
  frame->result.min_max = least / most;
}

static double probe(const struct bench_trial *trial) {
  return bench_probe(trial->team, trial->clock, trial->probe_line);
}

/* Keeps the probe that is farthest from the one before the first window. */
static void look_between(struct bench_trial *trial) {
  struct results_trial *out = trial->out;
  const double now = probe(trial), before = out->probe_before_ns;
  if (isnan(out->probe_between_ns) ||
      fabs(now - before) > fabs(out->probe_between_ns - before))
    out->probe_between_ns = now;
}

/* A window that is tried again stands between two probes of its own. */
static void run_window(struct bench_frame *frame) {
  struct bench_trial *trial = frame->trial;
  const int most = trial->workload->crowded ? 1 : ATTEMPTS;
  frame->segments.clean = false;
  for (int i = 0; i < most && !frame->segments.clean; i++) {
    if (i)
      trial->out->probe_before_ns = probe(trial);
    bench_trial_run(trial, body, frame);
    read_off(frame);
  }
  bench_trial_rest_on(trial, &frame->segments);
}

static void measure(struct bench_frame *frame) {
  frame->length =
      (uint64_t)(frame->window_ns / frame->trial->clock->ns_per_tick) /
      frame->slices;
  for (size_t i = 0; i < frame->windows; i++) {
    if (i)
      look_between(frame->trial);
    run_window(frame);
    add_window(frame);
  }
  divide(frame);
}

int bench_frame_run(struct bench_frame *frame) {
  const size_t threads = frame->trial->threads, slices = frame->slices;
  frame->read = calloc(threads * slices, sizeof *frame->read);
  frame->by_member = calloc(threads, sizeof *frame->by_member);
  frame->in_window = calloc(threads, sizeof *frame->in_window);
  frame->scratch =
      calloc((threads + 1) * slices + threads, sizeof *frame->scratch);
  if (!frame->read || !frame->by_member || !frame->in_window || !frame->scratch)
    return -ENOMEM;
  measure(frame);
  return 0;
}

void bench_frame_free(struct bench_frame *frame) {
  free(frame->read);
  free(frame->by_member);
  free(frame->in_window);
  free(frame->scratch);
}

bool bench_frame_report(struct bench_trial *trial,
                        const struct bench_frame_result *result) {
  const struct bench_slices_sum *sum = &result->sum;
  struct results_trial *out = trial->out;
  if (sum->operations <= 0)
    return false;
  out->op_ns = sum->ticks * trial->clock->ns_per_tick / sum->operations;
  out->ops_per_s = 1e9 / out->op_ns;
  out->overlap = sum->overlap;
  out->segments_stalled += (double)sum->stalled;
  if (trial->threads == 1)
    return true;
  out->jain = result->jain;
  out->min_max = result->min_max;
  out->start_skew_ns = sum->skew * trial->clock->ns_per_tick;
  if (!trial->workload->crowded)
    out->jain_slice = sum->jain;
  return true;
}
