/* The generator behind every interval: no state but the caller's. Pure. */
#ifndef RESULTS_RANDOM_H
#define RESULTS_RANDOM_H

#include <stdint.h>

/* A small generator of pseudo-random numbers (splitmix64), so that the same
 * seed gives the same interval on every machine.
 * Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014. */
struct results_random {
  uint64_t state;
};

struct results_random results_random_seed(uint64_t seed);
uint64_t results_random_next(struct results_random *random);

/* A number in 0 .. limit - 1, without bias.
 * @param limit  from 1 */
uint32_t results_random_below(struct results_random *random, uint32_t limit);

/* A number in [0, 1) with 53 random bits. */
double results_random_unit(struct results_random *random);

#endif
