/* A window of competition: what is the same whatever its members compete for.
 *
 * All members start at one instant and stop by one deadline. The window is
 * read off in slices (slice.h); those in which a member had no CPU are left
 * out and counted, as long as enough others remain (segment.h). A window with
 * too few is tried again, after another look at the link. */
#ifndef BENCH_FRAME_H
#define BENCH_FRAME_H

#include "bench/trial/slice.h"
#include "bench/workload/workload.h"

enum { BENCH_SLICES = 20 };

struct bench_frame {
  struct bench_trial *trial;
  double window_ns;
  size_t slices;     /* 1 to BENCH_SLICES */
  size_t room_bytes; /* of a member's room, cleared before a window; the first
                        BENCH_SLICES struct bench_slice there are the frame's */
  /* Competes until the end of a slice and fills all of it but `parked`. Slices
   * adjoin: the next one has begun when this one ends. */
  void (*compete)(const struct bench_frame *, struct bench_member *,
                  size_t number, struct bench_slice *out);
  void *context; /* for it */

  uint64_t begin, length; /* of the first slice, of each; ticks */

  /* Out. */
  struct bench_slices all;
  size_t chosen[BENCH_SLICES], chosen_count;
  double *by_member; /* operations in the chosen slices */
  struct bench_slices_sum sum;

  struct bench_slice *read; /* its own from here on */
  double *scratch;
  size_t gaps;
  bool clean;
};

/* About a millisecond each; enough to leave some out. */
size_t bench_frame_slices(double window_ns);

/* @return operations of a thread from one look at the time to the next, of
 *         which one is stamped */
uint64_t bench_frame_every(size_t threads);

/* Before the first window of a trial. */
void bench_frame_reset(struct bench_trial *);

/* Runs one window. What was exclusive is added to trial->expected, what was
 * torn and the disturbed slices to what is counted; trial->left_out stays true
 * if it was and the sum rests on no disturbed slice.
 * @return 0 or -ENOMEM; in both cases it is to be freed */
int bench_frame_run(struct bench_frame *);
void bench_frame_free(struct bench_frame *);

/* Fills the metrics that any window gives: time of an operation, overlap, and
 * the shares of several threads.
 * @return false when all slept through it: there are none */
bool bench_frame_report(struct bench_trial *, const struct bench_slices_sum *);

#endif
