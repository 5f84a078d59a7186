/* From one holder to the next: the lock's own share of a contended cycle.
 *
 * Every thread asks again at once, so the lock never rests. Two estimators
 * take turns in short segments of one trial. Alternation: the time of a whole
 * cycle less the critical section, which is timed by itself with all threads
 * busy; no clock is compared with another. Time stamps: from the stamp before
 * a release to the stamp after the next thread's acquire; summed over a chain
 * of handoffs the offsets between clocks cancel. Both are given; where they
 * differ much the cell says so. A lock that lets a thread pass the lock to
 * itself has no cycle, hence no alternation figure.
 *
 * A segment in which a member lost its CPU is left out of the estimates and
 * counted, as long as enough others remain (segment.h).
 *
 * The critical section should outlast one line transfer, or the successor's
 * request is not yet in flight when it ends. */
#include <math.h>
#include <stdlib.h>

#include "bench/trial/segment.h"
#include "bench/workload/workload.h"
#include "results/stats.h"

enum {
  TRIPLETS = 16, /* solo, plain and stamped segments, in turn */
  LEAD = 32,     /* operations of two at each end that nobody counts */
  COUNTED = 192, /* operations of two in between */
  SEGMENT_MOST = LEAD + COUNTED + LEAD,
};

enum segment { SOLO, PLAIN, STAMPED, SEGMENTS };

/* What one member records; lies in its own room. */
struct diary {
  bool parked[SEGMENTS][TRIPLETS];              /* it lost its CPU there */
  double solo_ns[TRIPLETS], plain_ns[TRIPLETS]; /* per operation */
  struct bench_stamp stamps[TRIPLETS][SEGMENT_MOST];
};
_Static_assert(sizeof(struct diary) <= BENCH_MEMBER_ROOM, "diary fits");

struct plan {
  struct bench_trial *trial;
  uint64_t links;
  size_t lead, counted, segment; /* operations of each member */
};

/* Segments last about as long however many take part: a member of a crowd
 * does its share. */
static void share_out(struct plan *plan) {
  size_t pairs = (plan->trial->threads + 1) / 2;
  plan->lead = pairs < LEAD / 4 ? LEAD / pairs : 4;
  plan->counted = pairs < COUNTED / 16 ? COUNTED / pairs : 16;
  plan->segment = plan->lead + plan->counted + plan->lead;
}

static void solo(const struct plan *plan, struct diary *diary, int triplet) {
  const struct bench_clock *clock = plan->trial->clock;
  double start = bench_clock_batch_ns(clock);
  for (size_t i = 0; i < plan->counted; i++) {
    bench_serialise();
    (void)bench_chain(plan->links, plan->links);
    bench_serialise();
  }
  diary->solo_ns[triplet] =
      (bench_clock_batch_ns(clock) - start) / (double)plan->counted;
}

static void plain(const struct plan *plan, struct diary *diary, int triplet) {
  const struct bench_trial *trial = plan->trial;
  trial->kernel->alternate(&trial->sites[0], plan->links, plan->lead);
  double start = bench_clock_batch_ns(trial->clock);
  trial->kernel->alternate(&trial->sites[0], plan->links, plan->counted);
  diary->plain_ns[triplet] =
      (bench_clock_batch_ns(trial->clock) - start) / (double)plan->counted;
  trial->kernel->alternate(&trial->sites[0], plan->links, plan->lead);
}

static void stamped(const struct plan *plan, struct bench_member *member,
                    int triplet) {
  const struct bench_trial *trial = plan->trial;
  struct diary *diary = member->room;
  if (bench_clock_stamps(trial->clock))
    trial->kernel->stamped(&trial->sites[0], plan->links,
                           diary->stamps[triplet], plan->segment);
}

/* A segment begins before its barrier: who comes back late from there has
 * left the others to themselves. */
static void enter(struct bench_member *member) {
  (void)bench_witness_parked(&member->witness);
  bench_team_meet(member);
}

static void leave(struct bench_member *member, enum segment segment,
                  int triplet) {
  struct diary *diary = member->room;
  diary->parked[segment][triplet] = bench_witness_parked(&member->witness);
}

static void body(struct bench_member *member, void *context) {
  const struct plan *plan = context;
  for (int i = 0; i < TRIPLETS; i++) {
    enter(member);
    solo(plan, member->room, i);
    leave(member, SOLO, i);
    enter(member);
    plain(plan, member->room, i);
    leave(member, PLAIN, i);
    enter(member);
    stamped(plan, member, i);
    leave(member, STAMPED, i);
  }
}

/* The triplets that an estimate rests on. */
struct choice {
  size_t triplets[TRIPLETS], count;
  bool clean;
};

/* Marks the triplets in which somebody lost the CPU during a segment, and
 * counts them. */
static void mark_disturbed(struct bench_trial *trial, enum segment segment,
                           bool *disturbed) {
  size_t count = 0;
  for (size_t i = 0; i < TRIPLETS; i++) {
    bool parked = false;
    for (size_t m = 0; m < trial->threads; m++) {
      const struct diary *diary = bench_team_member(trial->team, m)->room;
      parked |= diary->parked[segment][i];
    }
    disturbed[i] |= parked;
    count += parked;
  }
  trial->out->segments_disturbed += (double)count;
}

/* A cycle and its section are a pair: both, or neither. */
static void choose(struct bench_trial *trial, struct choice *cycles,
                   struct choice *stamps) {
  bool in_cycle[TRIPLETS] = {false}, in_stamps[TRIPLETS] = {false};
  trial->out->segments_disturbed = 0;
  mark_disturbed(trial, SOLO, in_cycle);
  mark_disturbed(trial, PLAIN, in_cycle);
  mark_disturbed(trial, STAMPED, in_stamps);
  cycles->count = bench_segments_choose(in_cycle, TRIPLETS, cycles->triplets,
                                        &cycles->clean);
  stamps->count = bench_segments_choose(in_stamps, TRIPLETS, stamps->triplets,
                                        &stamps->clean);
  trial->left_out = cycles->clean && stamps->clean;
}

struct holding {
  size_t member;
  uint64_t in, out;
};

/* Puts the stamps of one segment in the order of the lock's history.
 * @return false when that order has holes: the lock did not exclude */
static bool merge(const struct plan *plan, size_t triplet,
                  struct holding *history) {
  const struct bench_trial *trial = plan->trial;
  const size_t total = plan->segment * trial->threads;
  uint64_t base = triplet * total;
  for (size_t m = 0; m < trial->threads; m++) {
    const struct diary *diary = bench_team_member(trial->team, m)->room;
    for (size_t i = 0; i < plan->segment; i++) {
      const struct bench_stamp *stamp = &diary->stamps[triplet][i];
      if (stamp->order - base >= total)
        return false;
      history[stamp->order - base] = (struct holding){m, stamp->in, stamp->out};
    }
  }
  return true;
}

struct tally {
  double *ticks; /* handoffs, in ticks */
  size_t count;
  size_t selfs, negatives;
};

/* Takes the handoffs from a history, without its two ends, where threads are
 * still arriving or already gone. */
static void tally_handoffs(const struct plan *plan,
                           const struct holding *history, struct tally *tally) {
  struct bench_trial *trial = plan->trial;
  const size_t lead = plan->lead * trial->threads;
  const size_t total = plan->segment * trial->threads;
  for (size_t i = lead; i + lead < total; i++) {
    const struct holding *from = &history[i], *to = &history[i + 1];
    double ticks = (double)(int64_t)(to->in - from->out);
    bench_trial_gap(trial, ticks * trial->clock->ns_per_tick);
    if (from->member == to->member) {
      tally->selfs++;
      continue;
    }
    tally->negatives += ticks < 0;
    tally->ticks[tally->count++] = ticks;
  }
}

/* Median over the chosen triplets of (cycle - section). */
static void estimate_alternation(struct bench_trial *trial,
                                 const struct choice *choice) {
  double handoff[TRIPLETS], section[TRIPLETS];
  for (size_t i = 0; i < choice->count; i++) {
    size_t triplet = choice->triplets[i];
    double cycle = 0;
    section[i] = 0;
    for (size_t m = 0; m < trial->threads; m++) {
      const struct diary *diary = bench_team_member(trial->team, m)->room;
      cycle += diary->plain_ns[triplet] / (double)trial->threads;
      section[i] += diary->solo_ns[triplet] / (double)trial->threads;
    }
    handoff[i] = cycle / (double)trial->threads - section[i];
  }
  results_sort(handoff, choice->count);
  results_sort(section, choice->count);
  trial->out->alternation_ns = results_median_sorted(handoff, choice->count);
  trial->out->cs_measured_ns = results_median_sorted(section, choice->count);
}

enum { HANDOFFS_ENOUGH = 16, SELF_SHARE = 50 /* one in so many */ };

static void estimate_stamps(const struct plan *plan,
                            const struct choice *choice,
                            struct holding *history, double *ticks) {
  struct bench_trial *trial = plan->trial;
  struct tally tally = {.ticks = ticks};
  for (size_t i = 0; i < choice->count; i++) {
    if (merge(plan, choice->triplets[i], history))
      tally_handoffs(plan, history, &tally);
  }
  trial->expected = TRIPLETS * plan->segment * trial->threads;
  trial->out->self_handoffs = (double)tally.selfs;
  trial->out->negative_handoffs = (double)tally.negatives;
  if (tally.selfs > tally.count / SELF_SHARE)
    trial->out->alternation_ns = (double)NAN; /* no cycle to speak of */
  if (tally.count >= HANDOFFS_ENOUGH)
    trial->out->timestamp_ns = bench_event_ns(
        trial->clock, tally.ticks, tally.count, trial->clock->pair_ticks);
}

void bench_handoff_run(struct bench_trial *trial) {
  struct plan plan = {.trial = trial,
                      .links =
                          bench_chain_links(trial->clock, trial->section_ns)};
  share_out(&plan);
  const size_t total = plan.segment * trial->threads;
  struct holding *history = calloc(total, sizeof *history);
  double *ticks = calloc(TRIPLETS * total, sizeof *ticks);
  if (history && ticks) {
    struct choice cycles, stamps;
    bench_trial_reset(trial);
    bench_trial_run(trial, body, &plan);
    choose(trial, &cycles, &stamps);
    estimate_alternation(trial, &cycles);
    if (bench_clock_stamps(trial->clock))
      estimate_stamps(&plan, &stamps, history, ticks);
  }
  free(ticks);
  free(history);
}

const struct bench_workload bench_handoff = {
    .name = "handoff",
    .help = "from release to the next holder, by alternation and by time "
            "stamps, both directions averaged",
    .columns = {{"timestamp_ns", "time stamps"},
                {"alternation_ns", "alternation"}},
    .sets = BENCH_PAIRS | BENCH_TEAMS,
    .least_cpus = 2,
    .contended = true,
    .section = true,
    .trial_ms = 8,
    .run = bench_handoff_run,
};
