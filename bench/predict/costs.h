/* What a run has measured of a lock that a prediction rests on. Pure.
 *
 * Costs of a distance are kept as multiples of the raw line transfer there:
 * that is what carries over to distances, and machines, of which nothing but
 * the transfer is known. Only rows of the class of line transfer that most
 * trials met are read. */
#ifndef BENCH_PREDICT_COSTS_H
#define BENCH_PREDICT_COSTS_H

#include <stdbool.h>

#include "bench/predict/simulate.h"
#include "results/summary.h"
#include "topology/machine.h"

enum { BENCH_LEVELS_MOST = 32 };

/* The raw transfer at each level, measured or given. */
struct bench_transfers {
  struct {
    char level[TOPOLOGY_LEVEL_NAME_SIZE];
    double ns;
    bool given; /* by the user */
  } rows[BENCH_LEVELS_MOST];
  size_t count;
};

/* The transfer at a level; where only its kind is known ("cross" for
 * "cross:21") that.
 * @return NAN when it is not known */
double bench_transfer_at(const struct bench_transfers *, const char *level);

/* Enters a transfer, or replaces the one of that level.
 * @return false when there is no room */
bool bench_transfer_set(struct bench_transfers *, const char *level, double ns,
                        bool given);

/* Tells whether a text is the name of a level, "l3" or "cross:21". */
bool bench_level_known(const char *text);

/* Reads what the probes of a run say: the median over the rows of a level. */
void bench_transfers_read(const struct results_summary *,
                          struct bench_transfers *out);

struct bench_lock_costs {
  struct results_cell of; /* family, lock, routines; borrowed */
  struct {
    char level[TOPOLOGY_LEVEL_NAME_SIZE];
    double pass, take; /* of the transfer; NAN: not measured */
  } levels[BENCH_LEVELS_MOST];
  size_t level_count;
  double own_ns, leave_ns; /* acquire and release, alone and at home */
  double retire_ns;        /* release with a waiter, */
  double drain_ns;         /* and until others can see it */
  double crowd_ns;         /* a hand-over, for each further waiter */
  bool crowd_known;        /* releases with several numbers of waiters */
};

/* Reads the costs of a lock for a home.
 * @param of  family, lock and routines are looked at, and home
 * @return NULL when all is there that a prediction needs, else what is not */
const char *bench_lock_costs_read(const struct results_summary *,
                                  const struct results_cell *of,
                                  struct bench_lock_costs *out);

/* The costs at a level: as measured there, else with the multiples of the
 * nearest level that was measured.
 * @return false when the transfer at that level is not known */
bool bench_lock_costs_at(const struct bench_lock_costs *,
                         const struct bench_transfers *, const char *level,
                         struct bench_distance_costs *out);

#endif
