/* The clock: a hardware counter read in line, and what is known about it.
 *
 * A stamp opens with `lfence; rdtsc; lfence` and closes with `rdtscp; lfence`:
 * of the usual recipes only this one charges an event of 4..500 ns with its
 * whole duration (the self-test checks it on the machine at hand). The mean
 * of the empty pair is what an event pays for being stamped; it is subtracted
 * by whoever summarises, never here.
 *
 * On aarch64 the counter is CNTVCT_EL0 behind `isb`, on riscv64 `rdtime`.
 * Source: Intel SDM vol. 2 (RDTSC, RDTSCP, LFENCE); Arm ARM D13 (CNTVCT_EL0).
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct bench_clock {
  const char *name;     /* "tsc", "cntvct", "rdtime", "monotonic_raw" */
  const char *distrust; /* why single events are not stamped; NULL: they are */
  double ns_per_tick;   /* ns */
  double step_ns;       /* resolution: the counter moves in steps of this */
  double pair_ticks;    /* mean of the empty start/stop pair */
  double drained_ticks; /* mean of the empty start/stop_drained pair */
  double calibration_ppm; /* half-width of the calibration's bracket */
  double residual_ns;     /* worst error of the self-test on known chains */
};

/* Calibrates and self-tests; takes about 0.2 s on the calling CPU, which
 * should be pinned, and five times that where the test fails. A clock that
 * fails still times batches, by CLOCK_MONOTONIC_RAW, and `distrust` says why.
 */
void bench_clock_init(struct bench_clock *clock);

/* @return true when single events may be stamped with the counter */
static inline bool bench_clock_stamps(const struct bench_clock *clock) {
  return !clock->distrust;
}

/* Time for batches, in ns from an arbitrary start: the counter when it is
 * trusted, else CLOCK_MONOTONIC_RAW. Not for measured loops: it may call. */
double bench_clock_batch_ns(const struct bench_clock *clock);

#define BENCH_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)

/* Cheap reading without ordering: for deadlines and settling only. */
BENCH_INLINE uint64_t bench_clock_now(void) {
  return __builtin_ia32_rdtsc();
}

BENCH_INLINE uint64_t bench_clock_start(void) {
  uint32_t low, high;
  __asm__ volatile("lfence\n\trdtsc\n\tlfence"
                   : "=a"(low), "=d"(high)
                   :
                   : "memory");
  return (uint64_t)high << 32 | low;
}

/* The event's instructions have executed; its stores may still be buffered. */
BENCH_INLINE uint64_t bench_clock_stop(void) {
  uint32_t low, high;
  __asm__ volatile("rdtscp\n\tlfence"
                   : "=a"(low), "=d"(high)
                   :
                   : "rcx", "memory");
  return (uint64_t)high << 32 | low;
}

/* The event's stores are visible to every CPU. */
BENCH_INLINE uint64_t bench_clock_stop_drained(void) {
  uint32_t low, high;
  __asm__ volatile("mfence\n\tlfence\n\trdtsc\n\tlfence"
                   : "=a"(low), "=d"(high)
                   :
                   : "memory");
  return (uint64_t)high << 32 | low;
}

/* Nothing later starts before everything earlier has executed. */
BENCH_INLINE void bench_serialise(void) {
  __asm__ volatile("lfence" ::: "memory");
}

#elif defined(__aarch64__)

BENCH_INLINE uint64_t bench_clock_now(void) {
  uint64_t ticks;
  __asm__ volatile("mrs %0, cntvct_el0" : "=r"(ticks));
  return ticks;
}

BENCH_INLINE uint64_t bench_clock_start(void) {
  uint64_t ticks;
  __asm__ volatile("isb\n\tmrs %0, cntvct_el0\n\tisb" : "=r"(ticks)::"memory");
  return ticks;
}

BENCH_INLINE uint64_t bench_clock_stop(void) {
  return bench_clock_start();
}

BENCH_INLINE uint64_t bench_clock_stop_drained(void) {
  __asm__ volatile("dsb ish" ::: "memory");
  return bench_clock_start();
}

BENCH_INLINE void bench_serialise(void) {
  __asm__ volatile("isb" ::: "memory");
}

#elif defined(__riscv) && __riscv_xlen == 64

BENCH_INLINE uint64_t bench_clock_now(void) {
  uint64_t ticks;
  __asm__ volatile("rdtime %0" : "=r"(ticks));
  return ticks;
}

BENCH_INLINE uint64_t bench_clock_start(void) {
  uint64_t ticks;
  __asm__ volatile("fence iorw, iorw\n\trdtime %0\n\tfence iorw, iorw"
                   : "=r"(ticks)::"memory");
  return ticks;
}

BENCH_INLINE uint64_t bench_clock_stop(void) {
  return bench_clock_start();
}

BENCH_INLINE uint64_t bench_clock_stop_drained(void) {
  return bench_clock_start();
}

BENCH_INLINE void bench_serialise(void) {
  __asm__ volatile("fence iorw, iorw" ::: "memory");
}

#else
#error "kspin has no counter for this CPU: add one to bench/clock.h"
#endif

/* Burns time in a dependent chain of multiplications: the one delay that
 * keeps its length beside a busy sibling and under speculation.
 * @param links  length of the chain, 0 allowed
 * @param seed   any value; depending on a loaded one orders the chain
 * @return a value that depends on the whole chain */
BENCH_INLINE uint64_t bench_chain(uint64_t seed, uint64_t links) {
  for (; links; links--) {
    seed *= UINT64_C(0x9e3779b97f4a7c15);
    __asm__ volatile("" : "+r"(seed));
  }
  return seed;
}

/* A chain that nothing overlaps. Without the fences it would run ahead, under
 * the wait for a lock before it or beside the chain of the round before, and
 * what follows would start under it: up to a reorder buffer's worth of the
 * delay would be missing. */
BENCH_INLINE void bench_delay(uint64_t links) {
  bench_serialise();
  (void)bench_chain(links, links);
  bench_serialise();
}

/* @return links of bench_chain that last `ns` on this CPU, by a regression
 *         over two lengths; at least 1 for ns > 0 */
uint64_t bench_chain_links(const struct bench_clock *clock, double ns);

#endif
