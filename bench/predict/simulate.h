/* What a team makes of a FIFO lock, computed event by event. Pure.
 *
 * Every thread thinks, asks, waits its turn, holds, releases. Turns go by the
 * times of asking. What a turn costs depends on who held the lock before:
 *
 *   nobody waited   asked + own   (the same thread)
 *                   asked + take  (another one: its lines come over first)
 *   it waited       the later of  released + pass + crowd for each further
 *                   waiter,  and  asked + take
 *
 * On another thread the protected line comes over as well: it is fetched before
 * the section can begin, and claimed for writing while the section runs, which
 * is then at least as long. A section that ends before the fetch would leaves
 * nothing to wait for between the two: the core asks for the protected line and
 * for the line that its release writes together, and the latter is in the
 * hand-over already (drain_ns), so only what the fetch takes longer counts.
 *
 * No parameter is fitted: every cost is measured by itself. These rules of the
 * protected line, though, were chosen with recorded runs in sight. Locks that
 * are not FIFO have no such order of turns and are not predicted.
 *
 * Source for the bounds: Denning and Buzen, operational analysis (1978). */
#ifndef BENCH_PREDICT_SIMULATE_H
#define BENCH_PREDICT_SIMULATE_H

#include <stddef.h>
#include <stdint.h>

/* What lies between two CPUs at one distance; in ns. */
struct bench_distance_costs {
  double pass_ns;  /* from the start of a release to the waiter's holding */
  double take_ns;  /* a free lock that the other one held last */
  double fetch_ns; /* the protected line, from the other one, to be read, */
  double claim_ns; /* and then to be written */
};

struct bench_simulation {
  size_t threads;
  /* threads x threads: the distance from holder to next, as a place in
   * `costs`; the diagonal is not looked at */
  const uint8_t *distance;
  const struct bench_distance_costs *costs;
  double think_ns;   /* between a release and the next asking */
  double section_ns; /* inside, without the data's way */
  double own_ns;     /* a free lock that this thread held last */
  double leave_ns;   /* a release that nobody waits for */
  double retire_ns;  /* a release that somebody waits for, */
  double drain_ns;   /* and until others can see it */
  double crowd_ns;   /* a hand-over, for each waiter beyond the first */
  double jitter;     /* think times vary by so much of themselves each way */
  uint64_t seed;
  uint64_t grants; /* how long; the first tenth is not counted */
};

struct bench_simulated {
  double op_ns;          /* time by grants */
  double handover_share; /* grants to another thread than the last */
  double waited_share;   /* grants for which somebody waited */
};

/* @param simulation  threads and grants from 1
 * @return 0 or -ENOMEM */
int bench_simulate(const struct bench_simulation *,
                   struct bench_simulated *out);

/* The two ends between which a team works: time by operations when nobody ever
 * waits, and when somebody always does. */
struct bench_bounds {
  double work_ns; /* all threads side by side */
  double lock_ns; /* the lock going from each thread to each other one equally
                     often, without a pause; 0 for one thread */
};

struct bench_bounds bench_simulation_bounds(const struct bench_simulation *);

#endif
