/* What the members of a handoff trial write down, for who reads it. */
#ifndef BENCH_HANDOFF_DIARY_H
#define BENCH_HANDOFF_DIARY_H

#include "bench/workload/workload.h"

enum {
  BENCH_TRIPLETS = 16,         /* solo, plain and stamped segments, in turn */
  BENCH_HANDOFF_LEAD = 32,     /* operations of two at each end, not counted */
  BENCH_HANDOFF_COUNTED = 192, /* operations of two in between */
  BENCH_HANDOFF_MOST =
      BENCH_HANDOFF_LEAD + BENCH_HANDOFF_COUNTED + BENCH_HANDOFF_LEAD,
};

enum bench_handoff_kind {
  BENCH_SOLO,    /* the critical section by itself, all threads busy */
  BENCH_PLAIN,   /* whole cycles */
  BENCH_STAMPED, /* every acquisition stamped */
  BENCH_HANDOFF_KINDS
};

/* What one member records; lies in its own room. */
struct bench_handoff_diary {
  enum bench_cause causes[BENCH_HANDOFF_KINDS][BENCH_TRIPLETS];
  double ns[BENCH_STAMPED][BENCH_TRIPLETS]; /* of solo and plain segments */
  struct bench_stamp stamps[BENCH_TRIPLETS][BENCH_HANDOFF_MOST];
};
_Static_assert(sizeof(struct bench_handoff_diary) <= BENCH_MEMBER_ROOM,
               "diary fits");

struct bench_handoff_plan {
  struct bench_trial *trial;
  uint64_t links;                /* of the critical section */
  size_t lead, counted, segment; /* operations of each member */
};

static inline struct bench_handoff_diary *
bench_handoff_diary(const struct bench_handoff_plan *plan, size_t member) {
  return bench_team_member(plan->trial->team, member)->room;
}

/* Fills the metrics from all members' diaries; none when memory is short. */
int bench_handoff_estimate(const struct bench_handoff_plan *);

#endif
