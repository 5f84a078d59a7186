/* The rules of the verdict, as a table (see verdict.h). */
#include "bench/trial/verdict.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Half a millisecond in a window of 20 ms moves a figure by 2.5 %; a tenth of
 * that is below what one trial resolves. */
static const double tolerated_share = 0.0025;

/* A host that moves a CPU changes the transfer by a factor, noise by less. */
static const double tolerated_move = 0.20;

/* What a comparison calls a difference. The chain repeats within 1 % in 99 of a
 * hundred trials of the recorded run, and within 3 % in 998 of a thousand. */
static const double tolerated_change = 0.03;

static const double least_overlap = 0.98;

/* Among ordered acquisitions one in fifty: beyond, threads did not ask again
 * in time, and no cycle was measured. */
static const double tolerated_selfs = 0.02;

typedef const struct results_trial trial;
typedef const struct bench_disturbance disturbance;

static bool violated(trial *t, disturbance *d) {
  (void)d;
  return t->exclusion_violations > 0;
}

static bool migrated(trial *t, disturbance *d) {
  (void)d;
  return t->migrations > 0;
}

static bool preempted(trial *t, disturbance *d) {
  bool seen = t->switches_involuntary > 0 || t->parked > 0; /* NAN: no */
  return !d->crowded && !d->left_out &&
         (seen || d->queued_share > tolerated_share);
}

/* fmax() and fmin() pass over what was not measured. */
static bool moved(trial *t, disturbance *d) {
  (void)d;
  double larger =
      fmax(fmax(t->probe_before_ns, t->probe_between_ns), t->probe_after_ns);
  double smaller =
      fmin(fmin(t->probe_before_ns, t->probe_between_ns), t->probe_after_ns);
  return larger - smaller > tolerated_move * larger; /* false for NAN */
}

static bool frequency(trial *t, disturbance *d) {
  (void)d;
  double longer = fmax(t->chain_before_ns, t->chain_after_ns);
  double difference = fabs(t->chain_before_ns - t->chain_after_ns);
  return difference > tolerated_change * longer; /* false for NAN */
}

static bool overlap(trial *t, disturbance *d) {
  return !d->crowded && t->overlap < least_overlap; /* false for NAN */
}

/* A lock without an order may starve a thread for a slice, and lets one that
 * asks again at once have it again: that is how it works. */
static bool stalled(trial *t, disturbance *d) {
  return d->ordered && t->segments_stalled > 0; /* false for NAN */
}

static bool self(trial *t, disturbance *d) {
  return d->ordered &&
         t->self_handoffs > tolerated_selfs * (double)t->operations;
}

static bool gap(trial *t, disturbance *d) {
  (void)t;
  return d->gap_share > tolerated_share;
}

static const struct {
  const char *name;
  bool (*applies)(trial *, disturbance *);
} rules[] = {
    {"violated", violated}, {"migrated", migrated},   {"preempted", preempted},
    {"moved", moved},       {"frequency", frequency}, {"stalled", stalled},
    {"gap", gap},           {"overlap", overlap},     {"self", self},
};

const char *bench_verdict(trial *t, disturbance *d) {
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
    if (rules[i].applies(t, d))
      return rules[i].name;
  return "clean";
}
