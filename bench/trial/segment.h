/* What came between in the segments of a trial, and which of them an estimate
 * rests on. Pure.
 *
 * A trial measures the same thing in many short segments, so that one that
 * was disturbed can be left out and counted, by its cause, instead of spoiling
 * the rest. An estimate that rests on too few would be worth less than a
 * disturbed one: then all of them stay in, and the trial's verdict says so.
 *
 * What a segment cannot know is the trial's to judge (verdict.h): whether the
 * link moved, which takes a probe as long as many segments; and what comes of
 * the way in which all compete, not from outside: that they overlapped, that
 * the lock went from one to the other, that a slice did as much as others. */
#ifndef BENCH_SEGMENT_H
#define BENCH_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "results/trial.h"

/* Why a segment was disturbed; of several causes the last one here. */
enum bench_cause {
  BENCH_CLEAN,
  BENCH_GAP,       /* time passed that none of its code explains: an interrupt,
                      firmware, the host */
  BENCH_PREEMPTED, /* the kernel took the CPU from a thread */
  BENCH_MIGRATED,  /* and gave it another one: its pin did not hold, so the
                      trial is `migrated`, whatever it rests on */
};

enum {
  BENCH_SEGMENTS_LEAST = 3, /* clean ones that an estimate may rest on alone */
  BENCH_SEGMENTS_MOST = 20,
};

struct bench_segments {
  size_t count; /* 0 to BENCH_SEGMENTS_MOST */
  enum bench_cause causes[BENCH_SEGMENTS_MOST];
  double gap_ns; /* that passed in gaps, in all of them */

  /* By bench_segments_choose(): what to rest on, numbers ascending, and
   * whether no disturbed one is among them. */
  size_t chosen[BENCH_SEGMENTS_MOST], chosen_count;
  bool clean;
};

/* Notes what somebody saw come between in a segment. */
void bench_segments_blame(struct bench_segments *, size_t segment,
                          enum bench_cause);

/* Notes what a thread saw in each of them. */
void bench_segments_blame_all(struct bench_segments *,
                              const enum bench_cause *causes);

/* Chooses the clean segments, or all when too few are clean. */
void bench_segments_choose(struct bench_segments *);

/* Adds their numbers by cause to what a trial counts. */
void bench_segments_count(const struct bench_segments *,
                          struct results_trial *);

/* @param ns  what segments of one kind lasted; up to BENCH_SEGMENTS_MOST
 * @return what such a segment usually lasts: their median; NAN for none */
double bench_segments_usual(const double *ns, size_t count);

#endif
