/* The last words of a run: how much there is, whether a lock was broken, how
 * to go on with what was interrupted. */
#ifndef BENCH_CONCLUSION_H
#define BENCH_CONCLUSION_H

#include "bench/run/campaign.h"

/* Says how much was measured and how well, and draws the plots; complaints go
 * to stderr, led by `name`.
 * @return an exit status (bench/command/command.h): failed for a lock that is
 *         broken, 128 + SIGINT for an interruption */
int bench_conclude(const char *name, const struct bench_campaign *,
                   bool exploratory);

#endif
