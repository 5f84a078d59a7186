/* Two estimates of a handoff from what the members wrote down.
 *
 * Alternation: the time of a whole cycle less the critical section, which is
 * timed by itself with all threads busy; no clock is compared with another.
 * Time stamps: from the stamp before a release to the stamp after the next
 * thread's acquire; summed over a chain of handoffs the offsets between clocks
 * cancel. Both are given; where they differ much the cell says so. A lock that
 * lets a thread pass the lock to itself has no cycle, hence no alternation
 * figure. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "bench/workload/handoff_diary.h"
#include "results/stats.h"

typedef const struct bench_handoff_plan plan;

struct holding {
  size_t member;
  uint64_t in, out;
};

/* All stamps, put in the order of the lock's history. */
struct chronicle {
  struct holding *holdings;   /* a triplet's in a row */
  bool known[BENCH_TRIPLETS]; /* false: the lock did not exclude */
  double *ticks, *scratch;    /* room for a handoff a holding */
};

static size_t holdings_of(plan *p) {
  return p->segment * p->trial->threads;
}

/* Puts the stamps of one segment in order.
 * @return false when that order has holes: the lock did not exclude */
static bool merge(plan *p, size_t triplet, struct holding *holdings) {
  const size_t total = holdings_of(p);
  const uint64_t base = triplet * total;
  for (size_t m = 0; m < p->trial->threads; m++) {
    const struct bench_stamp *stamps =
        bench_handoff_diary(p, m)->stamps[triplet];
    for (size_t i = 0; i < p->segment; i++) {
      const struct bench_stamp *stamp = &stamps[i];
      if (stamp->order - base >= total)
        return false;
      holdings[stamp->order - base] =
          (struct holding){m, stamp->in, stamp->out};
    }
  }
  return true;
}

/* The handoffs of a segment that count: without its two ends, where threads are
 * still arriving or already gone. */
static size_t handoffs_of(plan *p) {
  return p->counted * p->trial->threads;
}

static const struct holding *
first_of(plan *p, const struct chronicle *chronicle, size_t triplet) {
  return chronicle->holdings + triplet * holdings_of(p) +
         p->lead * p->trial->threads;
}

static double ticks_between(const struct holding *holding) {
  return (double)(int64_t)(holding[1].in - holding[0].out);
}

static void read_stamps(plan *p, struct chronicle *chronicle,
                        struct bench_segments *segments) {
  double *ns = chronicle->ticks;
  for (size_t i = 0; i < BENCH_TRIPLETS; i++) {
    const struct holding *holding = first_of(p, chronicle, i);
    chronicle->known[i] = merge(p, i, chronicle->holdings + i * holdings_of(p));
    for (size_t h = 0; h < handoffs_of(p); h++)
      *ns++ = chronicle->known[i]
                  ? ticks_between(&holding[h]) * p->trial->clock->ns_per_tick
                  : 0;
  }
  bench_trial_slow_events(p->trial, segments, chronicle->ticks, handoffs_of(p),
                          chronicle->scratch);
}

/* Who is alone loses what its own CPU loses. */
static void find_solo_gaps(plan *p, struct bench_segments *segments) {
  for (size_t m = 0; m < p->trial->threads; m++)
    bench_trial_slow_segments(p->trial, segments,
                              bench_handoff_diary(p, m)->ns[BENCH_SOLO]);
}

/* What a segment lasted for one of the members, by their mean. */
static double mean_ns(plan *p, enum bench_handoff_kind kind, size_t triplet) {
  double ns = 0;
  for (size_t m = 0; m < p->trial->threads; m++)
    ns += bench_handoff_diary(p, m)->ns[kind][triplet];
  return ns / (double)p->trial->threads;
}

/* In order of arrival nobody goes on without the one that stands. Where there
 * is no order, who is ahead differs as much from segment to segment. */
static void find_plain_gaps(plan *p, struct bench_segments *segments) {
  double ns[BENCH_TRIPLETS];
  if (!p->trial->kernel->ordered)
    return;
  for (size_t i = 0; i < BENCH_TRIPLETS; i++)
    ns[i] = mean_ns(p, BENCH_PLAIN, i);
  bench_trial_slow_segments(p->trial, segments, ns);
}

static struct bench_segments segments_of(plan *p,
                                         enum bench_handoff_kind kind) {
  struct bench_segments segments = {.count = BENCH_TRIPLETS};
  for (size_t m = 0; m < p->trial->threads; m++)
    bench_segments_blame_all(&segments,
                             bench_handoff_diary(p, m)->causes[kind]);
  return segments;
}

/* A cycle and its section are a pair: both, or neither. Counted are both. */
static struct bench_segments choose_cycles(plan *p) {
  struct bench_segments cycles = segments_of(p, BENCH_SOLO);
  struct bench_segments plain = segments_of(p, BENCH_PLAIN);
  find_solo_gaps(p, &cycles);
  find_plain_gaps(p, &plain);
  bench_segments_count(&cycles, p->trial->out);
  bench_segments_count(&plain, p->trial->out);
  bench_segments_blame_all(&cycles, plain.causes);
  cycles.gap_ns += plain.gap_ns;
  bench_segments_choose(&cycles);
  bench_trial_rest_on(p->trial, &cycles);
  return cycles;
}

/* Median over the chosen triplets of (cycle - section). */
static void estimate_alternation(plan *p) {
  const struct bench_segments cycles = choose_cycles(p);
  struct results_trial *out = p->trial->out;
  double handoff[BENCH_TRIPLETS], section[BENCH_TRIPLETS];
  const double counted = (double)p->counted;
  for (size_t i = 0; i < cycles.chosen_count; i++) {
    section[i] = mean_ns(p, BENCH_SOLO, cycles.chosen[i]) / counted;
    handoff[i] = mean_ns(p, BENCH_PLAIN, cycles.chosen[i]) / counted /
                     (double)p->trial->threads -
                 section[i];
  }
  out->alternation_ns = bench_segments_usual(handoff, cycles.chosen_count);
  out->cs_measured_ns = bench_segments_usual(section, cycles.chosen_count);
}

struct tally {
  double *ticks; /* handoffs, in ticks */
  size_t count;
  size_t selfs, negatives;
};

static void tally_handoffs(plan *p, const struct holding *holding,
                           struct tally *tally) {
  for (size_t i = 0; i < handoffs_of(p); i++, holding++) {
    const double ticks = ticks_between(holding);
    if (holding[0].member == holding[1].member) {
      tally->selfs++;
      continue;
    }
    tally->negatives += ticks < 0;
    tally->ticks[tally->count++] = ticks;
  }
}

enum { HANDOFFS_ENOUGH = 16, SELF_SHARE = 50 /* one in so many */ };

static void report(struct bench_trial *trial, const struct tally *tally) {
  struct results_trial *out = trial->out;
  out->self_handoffs = (double)tally->selfs;
  out->negative_handoffs = (double)tally->negatives;
  if (tally->selfs > tally->count / SELF_SHARE)
    out->alternation_ns = (double)NAN; /* no cycle to speak of */
  if (tally->count >= HANDOFFS_ENOUGH)
    out->timestamp_ns = bench_event_ns(trial->clock, tally->ticks, tally->count,
                                       trial->clock->pair_ticks);
}

static void estimate_stamps(plan *p, struct chronicle *chronicle) {
  struct bench_segments segments = segments_of(p, BENCH_STAMPED);
  struct tally tally = {.ticks = chronicle->ticks};
  read_stamps(p, chronicle, &segments);
  bench_trial_choose(p->trial, &segments);
  for (size_t i = 0; i < segments.chosen_count; i++) {
    const size_t triplet = segments.chosen[i];
    if (chronicle->known[triplet])
      tally_handoffs(p, first_of(p, chronicle, triplet), &tally);
  }
  p->trial->expected = BENCH_TRIPLETS * holdings_of(p);
  report(p->trial, &tally);
}

int bench_handoff_estimate(plan *p) {
  const size_t all = BENCH_TRIPLETS * holdings_of(p);
  struct chronicle chronicle = {
      .holdings = calloc(all, sizeof *chronicle.holdings),
      .ticks = calloc(all, sizeof *chronicle.ticks),
      .scratch = calloc(all, sizeof *chronicle.scratch)};
  const bool room = chronicle.holdings && chronicle.ticks && chronicle.scratch;
  if (room) {
    estimate_alternation(p);
    if (bench_clock_stamps(p->trial->clock))
      estimate_stamps(p, &chronicle);
  }
  free(chronicle.scratch);
  free(chronicle.ticks);
  free(chronicle.holdings);
  return room ? 0 : -ENOMEM;
}
