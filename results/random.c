/* splitmix64: the generator behind every interval. */
#include "results/random.h"

struct results_random results_random_seed(uint64_t seed) {
  return (struct results_random){seed};
}

uint64_t results_random_next(struct results_random *random) {
  uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* The high half of a 32 x 32 bit product is even over 0 .. limit - 1 once the
 * 2^32 mod limit lowest values of the low half are drawn again.
 * Source: Lemire, "Fast random integer generation in an interval" (2019). */
uint32_t results_random_below(struct results_random *random, uint32_t limit) {
  const uint32_t surplus = (UINT32_MAX - limit + 1) % limit;
  uint64_t product;
  do
    product = (results_random_next(random) >> 32) * limit;
  while ((uint32_t)product < surplus);
  return (uint32_t)(product >> 32);
}

double results_random_unit(struct results_random *random) {
  return (double)(results_random_next(random) >> 11) * 0x1p-53;
}
