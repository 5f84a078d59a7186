/* One team of threads on one lock, made ready for the simulation. */
#ifndef BENCH_PREDICT_TEAM_H
#define BENCH_PREDICT_TEAM_H

#include "bench/predict/costs.h"
#include "bench/predict/places.h"

struct bench_team_model {
  const struct bench_places *places;
  const struct bench_transfers *transfers;
  const struct bench_lock_costs *costs;
  double section_ns, think_ns; /* think_ns: with what the loop itself takes */
};

/* Simulates the team that sits on these CPUs.
 * @param level  receives the name of the level that is not known on -ENOENT
 * @return 0; -ENOENT: the transfer at a level is not known; -ENODEV: a CPU
 *         that the places do not have; -ENOMEM */
int bench_team_simulate(const struct bench_team_model *, const unsigned *cpus,
                        size_t threads, struct bench_simulated *out,
                        struct bench_bounds *bounds,
                        char level[TOPOLOGY_LEVEL_NAME_SIZE]);

#endif
