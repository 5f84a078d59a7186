/* Loops timed in turn (see micro.h). */
#include <math.h>

#include "bench/micro/micro.h"

void bench_micro_time(const struct bench_clock *clock,
                      struct bench_micro_loop *loops, size_t count, uint64_t n,
                      unsigned repetitions) {
  for (unsigned r = 0; r < repetitions; r++)
    for (size_t i = 0; i < count; i++) {
      double start = bench_clock_batch_ns(clock);
      loops[i].run(loops[i].context, n);
      double ns = (bench_clock_batch_ns(clock) - start) / (double)n;
      loops[i].least_ns = fmin(loops[i].least_ns, ns);
    }
}
