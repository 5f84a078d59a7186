/* From one holder to the next: the lock's own share of a contended cycle.
 *
 * Every thread asks again at once, so the lock never rests. Two estimators
 * (handoff_estimate.c) take turns in short segments of one trial: cycles and
 * the critical section alone, and cycles with time stamps.
 *
 * A segment in which a member lost its CPU, or in which time passed that
 * nothing explains, is left out of the estimates and counted, as long as
 * enough others remain (segment.h).
 *
 * The critical section should outlast one line transfer, or the successor's
 * request is not yet in flight when it ends. */
#include "bench/workload/handoff_diary.h"

/* Segments last about as long however many take part: a member of a crowd
 * does its share. */
static void share_out(struct bench_handoff_plan *plan) {
  const size_t lead = BENCH_HANDOFF_LEAD, counted = BENCH_HANDOFF_COUNTED;
  size_t pairs = (plan->trial->threads + 1) / 2;
  plan->lead = pairs < lead / 4 ? lead / pairs : 4;
  plan->counted = pairs < counted / 16 ? counted / pairs : 16;
  plan->segment = plan->lead + plan->counted + plan->lead;
}

static void solo(const struct bench_handoff_plan *plan,
                 struct bench_handoff_diary *diary, int triplet) {
  const struct bench_clock *clock = plan->trial->clock;
  double start = bench_clock_batch_ns(clock);
  for (size_t i = 0; i < plan->counted; i++) {
    bench_delay(plan->links);
  }
  diary->ns[BENCH_SOLO][triplet] = bench_clock_batch_ns(clock) - start;
}

static void plain(const struct bench_handoff_plan *plan,
                  struct bench_handoff_diary *diary, int triplet) {
  const struct bench_trial *trial = plan->trial;
  trial->kernel->alternate(&trial->sites[0], plan->links, plan->lead);
  double start = bench_clock_batch_ns(trial->clock);
  trial->kernel->alternate(&trial->sites[0], plan->links, plan->counted);
  diary->ns[BENCH_PLAIN][triplet] = bench_clock_batch_ns(trial->clock) - start;
  trial->kernel->alternate(&trial->sites[0], plan->links, plan->lead);
}

static void stamped(const struct bench_handoff_plan *plan,
                    struct bench_handoff_diary *diary, int triplet) {
  const struct bench_trial *trial = plan->trial;
  if (bench_clock_stamps(trial->clock))
    trial->kernel->stamped(&trial->sites[0], plan->links,
                           diary->stamps[triplet], plan->segment);
}

static void (*const measure[])(const struct bench_handoff_plan *,
                               struct bench_handoff_diary *, int triplet) = {
    [BENCH_SOLO] = solo, [BENCH_PLAIN] = plain, [BENCH_STAMPED] = stamped};

/* A segment begins before its barrier: who comes back late from there has
 * left the others to themselves. */
static void body(struct bench_member *member, void *context) {
  const struct bench_handoff_plan *plan = context;
  struct bench_handoff_diary *diary = member->room;
  for (int i = 0; i < BENCH_TRIPLETS; i++)
    for (int kind = 0; kind < BENCH_HANDOFF_KINDS; kind++) {
      (void)bench_witness_look(&member->witness);
      bench_team_meet(member);
      measure[kind](plan, diary, i);
      diary->causes[kind][i] = bench_witness_look(&member->witness);
    }
}

int bench_handoff_run(struct bench_trial *trial) {
  struct bench_handoff_plan plan = {
      .trial = trial,
      .links = bench_chain_links(trial->clock, trial->section_ns)};
  share_out(&plan);
  bench_trial_reset(trial);
  bench_trial_run(trial, body, &plan);
  return bench_handoff_estimate(&plan);
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
