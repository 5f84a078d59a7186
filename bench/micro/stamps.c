/* What reading the clock costs, and asking whether one was disturbed: calls
 * back to back. A stamp's own cost to an event is the mean of the empty pair,
 * which the clock has measured (bench/clock.h). */
#include <math.h>
#include <time.h>

#include "bench/micro/micro.h"
#include "bench/trial/rseq.h"
#include "bench/trial/witness.h"

enum { REPETITIONS = 31 };

static void now(void *context, uint64_t n) {
  (void)context;
  for (; n; n--)
    (void)bench_clock_now();
}

static void start(void *context, uint64_t n) {
  (void)context;
  for (; n; n--)
    (void)bench_clock_start();
}

static void stop(void *context, uint64_t n) {
  (void)context;
  for (; n; n--)
    (void)bench_clock_stop();
}

static void stop_drained(void *context, uint64_t n) {
  (void)context;
  for (; n; n--)
    (void)bench_clock_stop_drained();
}

static void monotonic_raw(void *context, uint64_t n) {
  struct timespec time;
  (void)context;
  for (; n; n--)
    clock_gettime(CLOCK_MONOTONIC_RAW, &time);
}

static void look(void *context, uint64_t n) {
  for (; n; n--)
    (void)bench_witness_look(context);
}

static void witness(void *context, uint64_t n) {
  for (; n; n--) {
    bench_witness_open(context, 0);
    bench_witness_close(context);
  }
}

static const struct cost {
  const char *name, *meaning;
  void (*run)(void *, uint64_t);
  uint64_t calls;
} costs[] = {
    {"clock_now", "the counter, unordered", now, 20000},
    {"clock_start", "the stamp that opens an event", start, 20000},
    {"clock_stop", "the stamp that closes one", stop, 20000},
    {"clock_stop_drained", "the stamp that awaits its stores", stop_drained,
     20000},
    {"monotonic_raw", "clock_gettime, where the counter is not trusted",
     monotonic_raw, 5000},
    {"parked", "asking whether a segment was disturbed", look, 5000},
    {"witness", "opening and closing a witness", witness, 50},
};

int bench_micro_stamps(struct bench_micro *micro) {
  const struct bench_clock *clock = micro->clock;
  struct bench_witness seen;
  bench_witness_open(&seen, 0);
  for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
    struct bench_micro_loop loop = {costs[i].run, &seen, (double)INFINITY};
    bench_micro_time(clock, &loop, 1, costs[i].calls, REPETITIONS);
    bench_micro_add(micro,
                    (struct bench_micro_row){costs[i].name, "ns", loop.least_ns,
                                             (double)NAN, costs[i].meaning});
    if (costs[i].run == look)
      bench_witness_close(&seen);
  }
  bench_micro_add(micro, (struct bench_micro_row){
                             "empty_pair", "ns",
                             clock->pair_ticks * clock->ns_per_tick,
                             (double)NAN, "what an event pays for its stamps"});
  bench_micro_add(micro, (struct bench_micro_row){
                             "clock_step", "ns", clock->step_ns, (double)NAN,
                             "the clock moves in steps of this"});
  return 0;
}
