/* Pairs of CPUs drawn at random, so many at every distance. Pure. */
#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "topology/machine.h"

struct bench_sample {
  unsigned (*pairs)[2]; /* OS indices; by distance, nearest first */
  size_t count;
};

/* Draws among all pairs of the machine, each as likely as the others of its
 * distance; all of them where there are no more than wanted.
 * @param wanted  from 1
 * @param out     released with free(out->pairs)
 * @return 0 or -ENOMEM */
int bench_sample_pairs(const struct topology_machine *, size_t wanted,
                       uint64_t seed, struct bench_sample *out);

#endif
