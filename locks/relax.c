/* How long a spin hint takes here. */
#include "locks/relax.h"

#include <string.h>
#include <time.h>

uint32_t relax_pauses_per_1024_ns = 42;
_Thread_local uint32_t relax_random;

const char *relax_lacks(void) {
#if defined(__x86_64__)
  if (strcmp(LOCK_RELAX_NAME, "umwait") == 0 && !cpu_has_umwait())
    return "the WAITPKG instructions (umwait)";
#endif
  return NULL;
}

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void relax_calibrate(void) {
  enum { ROUNDS = 5, PAUSES = 500 };
  uint64_t best = UINT64_MAX; /* of the rounds nothing came between */
  for (unsigned round = 0; round < ROUNDS; round++) {
    uint64_t start = now_ns();
    relax_delay(PAUSES);
    uint64_t took = now_ns() - start;
    if (took < best)
      best = took;
  }
  uint64_t pauses = best == 0 ? 1024 : 1024 * (uint64_t)PAUSES / best;
  relax_pauses_per_1024_ns = pauses == 0 ? 1 : (uint32_t)pauses;
}
