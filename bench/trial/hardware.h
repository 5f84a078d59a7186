/* Counters of the CPU and the kernel, for one thread at a time.
 *
 * A thread opens them for itself once it is pinned, counts around what it
 * measures, and closes them; nobody inherits them. Events are opened in groups
 * of at most four, which a CPU can count at once; a group that had to share
 * the counters is scaled up, and says what share of the time it was counted.
 * Counting costs: never in the same trial as times.
 *
 * Software events work nearly everywhere. Hardware events need a PMU, which
 * most guests lack; a line says why there are none. Line fills by their source
 * have no portable name: event.h says which CPUs tell.
 * Source: perf_event_open(2). */
#ifndef BENCH_HARDWARE_H
#define BENCH_HARDWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/trial/event.h"

struct bench_count {
  const struct bench_event *event;
  double value; /* scaled; NAN when it was never counted */
  double share; /* of the time since it was opened: 1 is all of it */
};

struct bench_hardware {
  struct bench_counter {
    const struct bench_event *event;
    int file;
    int leader; /* its group's file */
  } counters[BENCH_EVENTS];
  size_t count;
};

/* Opens all events that this machine offers to the calling thread, stopped.
 * @param why  receives a line about what is lacking, or an empty one
 * @return how many are open: 0 is possible */
size_t bench_hardware_open(struct bench_hardware *, char *why, size_t why_size);
void bench_hardware_close(struct bench_hardware *);

/* From zero, or from where it stopped, until bench_hardware_stop(). */
void bench_hardware_start(const struct bench_hardware *);
void bench_hardware_go_on(const struct bench_hardware *);
void bench_hardware_stop(const struct bench_hardware *);

/* Reads what was counted.
 * @param out  room for hardware->count
 * @return 0; -EIO when the kernel does not tell: nothing is in `out` then */
int bench_hardware_read(const struct bench_hardware *, struct bench_count *out);

/* What would have been counted in all of the time. @return NAN for running 0 */
double bench_hardware_scale(uint64_t value, uint64_t enabled_ns,
                            uint64_t running_ns);

#endif
