/* Which trials may be summarised together: classes of measured line transfer.
 *
 * A guest's CPUs move about the host while hwloc says the same of them all
 * the time, and what a lock costs moves with them, by a factor. So trials are
 * told apart by the transfer that was probed beside each: for every set of
 * CPUs the probes are sorted, and where one is more than a third above the one
 * before a new class begins. A class is named by its median. */
#ifndef RESULTS_LINK_H
#define RESULTS_LINK_H

#include "results/arena.h"
#include "results/trial.h"

/* A probe this much above the one before it begins a class. */
#define RESULTS_LINK_STEP (4.0 / 3.0)

/* Sets `link` of every trial: "65ns"; "" where probe_ns is NAN; and `link_main`
 * where most trials of its CPUs are of its class, or nothing was probed.
 * @param arena  gets the names
 * @return 0 or -ENOMEM */
int results_links_name(struct results_trial *trials, size_t count,
                       struct results_arena *arena);

#endif
