/* Choosing segments (see segment.h). */
#include "bench/trial/segment.h"

size_t bench_segments_choose(const bool *disturbed, size_t count,
                             size_t *chosen, bool *clean) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++)
    if (!disturbed[i])
      chosen[found++] = i;
  *clean = found == count || found >= BENCH_SEGMENTS_LEAST;
  if (*clean)
    return found;
  for (size_t i = 0; i < count; i++)
    chosen[i] = i;
  return count;
}
