/* Windows of competition: what is the same whatever members compete for.
 *
 * All members start at one instant and stop by one deadline. A window is read
 * off in slices (slice.h); those in which a member had no CPU are left out and
 * counted, as long as enough others remain (segment.h). A window with too few
 * is tried again, after another look at the link; between two windows the link
 * is looked at, too. */
#ifndef BENCH_FRAME_H
#define BENCH_FRAME_H

#include "bench/trial/slice.h"
#include "bench/workload/workload.h"

enum { BENCH_SLICES = BENCH_SEGMENTS_MOST };

/* What windows come to, whatever they were about. */
struct bench_frame_result {
  struct bench_slices_sum sum;
  double jain, min_max; /* of what members did in all of them */
};

struct bench_frame {
  struct bench_trial *trial;
  double window_ns;  /* of each */
  size_t windows;    /* 1 and more */
  size_t slices;     /* of a window; 1 to BENCH_SLICES */
  size_t room_bytes; /* of a member's room, cleared before a window; the first
                        BENCH_SLICES struct bench_slice there are the frame's */
  /* Competes until the end of a slice and fills all of it but its cause. Slices
   * adjoin: the next one has begun when this one ends. */
  void (*compete)(const struct bench_frame *, struct bench_member *,
                  size_t number, struct bench_slice *out);
  /* After each window: adds what members keep of its chosen slices. */
  void (*add)(const struct bench_frame *);
  void *context; /* for both */

  /* Of the last window. */
  uint64_t begin, length; /* of the first slice, of each; ticks */
  struct bench_slices all;
  struct bench_segments segments;

  struct bench_frame_result result; /* out */
  double *by_member;                /* out: operations in all windows */

  struct bench_slice *read; /* its own */
  double *in_window, *scratch;
};

/* About a millisecond each; enough to leave some out. */
size_t bench_frame_slices(double window_ns);

/* @return operations of a thread from one look at the time to the next, of
 *         which one is stamped */
uint64_t bench_frame_every(size_t threads);

/* Before the first window of a trial. */
void bench_frame_reset(struct bench_trial *);

/* Runs the windows. What was exclusive is added to trial->expected, what was
 * torn to trial->torn, slices to what the trial counts and is judged by.
 * @return 0 or -ENOMEM; in both cases it is to be freed */
int bench_frame_run(struct bench_frame *);
void bench_frame_free(struct bench_frame *);

/* Fills the metrics that any windows give: time of an operation, overlap, and
 * the shares of several threads.
 * @return false when all slept through them: there are none */
bool bench_frame_report(struct bench_trial *,
                        const struct bench_frame_result *);

#endif
