/* Which threads share a node or an L3, and how often chance would hand a lock
 * over between two that do not. */
#ifndef BENCH_DOMAINS_H
#define BENCH_DOMAINS_H

#include "bench/workload/workload.h"

/* Fills, for each member of a trial, its node and below that its L3: two that
 * differ in no bit share both.
 * @param domain_of  out: room for trial->threads */
void bench_domains_fill(const struct bench_trial *, uint32_t *domain_of);

/* How often a hand-over would leave its domain, if each next owner were drawn
 * among the others by their shares of the acquisitions.
 * @param bits  BENCH_L3_BITS for nodes, 0 for L3s
 * @return NAN when there is one domain only */
double bench_domains_chance(const uint32_t *domain_of, const double *shares,
                            size_t count, unsigned bits);

/* How evenly nodes come off: Jain's index of the acquisitions that a thread of
 * each node had on average.
 * @return NAN when there is one domain only, or without memory */
double bench_domains_jain(const uint32_t *domain_of, const double *shares,
                          size_t count, unsigned bits);

#endif
