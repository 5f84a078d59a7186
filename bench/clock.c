/* Calibration, resolution and self-test of the counter (see clock.h). */
#include "bench/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  BRACKETS = 200,       /* bracketed readings an end of the calibration */
  SAMPLES = 4000,       /* empty pairs and chains per estimate */
  STEP_READINGS = 20000 /* deltas looked at for the resolution */
};

static double raw_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

struct reading {
  double ns, half_width_ns;
  uint64_t ticks;
};

/* The narrowest of many RAW / counter / RAW brackets. */
static struct reading read_both(void) {
  struct reading best = {0, 1e18, 0};
  for (int i = 0; i < BRACKETS; i++) {
    double before = raw_ns();
    uint64_t ticks = bench_clock_start();
    double after = raw_ns();
    if ((after - before) / 2 < best.half_width_ns)
      best =
          (struct reading){(before + after) / 2, (after - before) / 2, ticks};
  }
  return best;
}

static void calibrate(struct bench_clock *clock) {
  const double window_ns = 60e6;
  struct reading first = read_both();
  while (raw_ns() - first.ns < window_ns)
    ;
  struct reading last = read_both();
  double elapsed_ns = last.ns - first.ns;
  clock->ns_per_tick = elapsed_ns / (double)(last.ticks - first.ticks);
  clock->calibration_ppm =
      (first.half_width_ns + last.half_width_ns) / elapsed_ns * 1e6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Mean of the central 98 %: recovers parts of a step, which a median cannot. */
static double trimmed_mean(double *values, size_t count) {
  qsort(values, count, sizeof *values, ascending);
  size_t trim = count / 100;
  double sum = 0;
  for (size_t i = trim; i < count - trim; i++)
    sum += values[i];
  return sum / (double)(count - 2 * trim);
}

static double stamped_chain_ticks(uint64_t links, bool drained) {
  static double values[SAMPLES];
  for (size_t i = 0; i < SAMPLES; i++) {
    uint64_t start = bench_clock_start();
    (void)bench_chain(start, links);
    uint64_t stop = drained ? bench_clock_stop_drained() : bench_clock_stop();
    values[i] = (double)(int64_t)(stop - start);
  }
  return trimmed_mean(values, SAMPLES);
}

/* Duration of one chain of that length, by batches: the truth. */
static double batched_chain_ticks(uint64_t links) {
  enum { REPEATS = 31, INNER = 64 };
  double values[REPEATS];
  for (size_t i = 0; i < REPEATS; i++) {
    uint64_t start = bench_clock_start(), value = start;
    for (int j = 0; j < INNER; j++)
      value = bench_chain(value, links);
    values[i] = (double)(int64_t)(bench_clock_stop() - start) / INNER;
  }
  qsort(values, REPEATS, sizeof *values, ascending);
  return values[REPEATS / 2];
}

/* The counter moves in steps: deltas over delays of varied length fall on
 * the multiples of one step, blurred by a tick where it is no whole number.
 * @return the smallest distance between two populated clusters, in ticks */
static double step_ticks(void) {
  enum { LONGEST = 2048 };
  static uint32_t seen[LONGEST];
  memset(seen, 0, sizeof seen);
  for (uint64_t i = 0; i < STEP_READINGS; i++) {
    uint64_t start = bench_clock_now();
    (void)bench_chain(start, i % 61);
    uint64_t delta = bench_clock_now() - start;
    if (delta < LONGEST)
      seen[delta]++;
  }
  const uint32_t populated = STEP_READINGS / 5000;
  int last = -1, step = LONGEST;
  for (int delta = 0; delta < LONGEST; delta++) {
    if (seen[delta] < populated)
      continue;
    int gap = delta - last;
    if (last >= 0 && gap > 1 && gap < step)
      step = gap;
    if (last >= 1 && gap == 1 && seen[last - 1] >= populated)
      return 1; /* three neighbours in a row: every tick occurs */
    last = delta;
  }
  return step == LONGEST ? 1 : step;
}

/* Error of one stamped chain, in ns: truth and stamps are taken in turn, as
 * the CPU's frequency may change between two looks. */
static double error_ns(const struct bench_clock *clock, uint64_t links) {
  double truth = batched_chain_ticks(links);
  double stamped = stamped_chain_ticks(links, false) - clock->pair_ticks;
  double error = (stamped - truth) * clock->ns_per_tick;
  return error < 0 ? -error : error;
}

/* @return the worst error, in ns, of stamping chains whose length is known;
 *         of each length the best of some attempts, since a neighbour can
 *         spoil an attempt but never mend a wrong recipe */
static double self_test_ns(const struct bench_clock *clock) {
  static const uint64_t lengths[] = {4, 8, 16, 32, 64, 128};
  const double good_enough_ns = 1;
  double worst = 0;
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    double best = 1e18;
    for (int attempt = 0; attempt < 12 && best > good_enough_ns; attempt++) {
      double error = error_ns(clock, lengths[i]);
      best = error < best ? error : best;
    }
    worst = best > worst ? best : worst;
  }
  return worst;
}

#if defined(__x86_64__)
static bool file_has_word(const char *path, const char *word) {
  char line[8192];
  bool found = false;
  FILE *file = fopen(path, "re");
  while (file && !found && fgets(line, sizeof line, file))
    found = strstr(line, word) != NULL;
  if (file)
    fclose(file);
  return found;
}

static const char *counter_name = "tsc";
static const char *counter_distrust(void) {
  if (!file_has_word("/proc/cpuinfo", " rdtscp") ||
      !file_has_word("/proc/cpuinfo", " constant_tsc") ||
      !file_has_word("/proc/cpuinfo", " nonstop_tsc"))
    return "the TSC is not invariant (rdtscp, constant_tsc, nonstop_tsc)";
  if (!file_has_word("/sys/devices/system/clocksource/clocksource0/"
                     "current_clocksource",
                     "tsc"))
    return "the kernel does not use the TSC as its clock source";
  return NULL;
}
#else
#if defined(__aarch64__)
static const char *counter_name = "cntvct";
#else
static const char *counter_name = "rdtime";
#endif
static const char *counter_distrust(void) {
  return NULL;
}
#endif

/* @return whether stamps return the length of known chains */
static bool calibrate_and_test(struct bench_clock *clock) {
  calibrate(clock);
  clock->step_ns = step_ticks() * clock->ns_per_tick;
  clock->pair_ticks = stamped_chain_ticks(0, false);
  clock->drained_ticks = stamped_chain_ticks(0, true);
  clock->residual_ns = self_test_ns(clock);
  double allowed_ns = 2 * clock->step_ns > 3 ? 2 * clock->step_ns : 3;
  return clock->residual_ns <= allowed_ns;
}

/* A neighbour can spoil one calibration; a counter that cannot be trusted
 * fails them all. */
enum { CALIBRATIONS = 5 };

void bench_clock_init(struct bench_clock *clock) {
  *clock = (struct bench_clock){.name = counter_name};
  bool good = false;
  for (int i = 0; i < CALIBRATIONS && !good; i++)
    good = calibrate_and_test(clock);
  clock->distrust = counter_distrust();
  if (!clock->distrust && !good)
    clock->distrust = "stamps do not return the length of a known chain";
  if (clock->distrust)
    clock->name = "monotonic_raw";
}

double bench_clock_batch_ns(const struct bench_clock *clock) {
  if (clock->distrust)
    return raw_ns();
  return (double)bench_clock_start() * clock->ns_per_tick;
}

uint64_t bench_chain_links(const struct bench_clock *clock, double ns) {
  if (ns <= 0)
    return 0;
  const uint64_t shorter = 64, longer = 1024;
  double low = batched_chain_ticks(shorter), high = batched_chain_ticks(longer);
  double link_ns =
      (high - low) / (double)(longer - shorter) * clock->ns_per_tick;
  double links = ns / link_ns;
  return links < 1 ? 1 : (uint64_t)(links + 0.5);
}
