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
 * have no portable name: they are known for some CPUs, by the numbers that
 * their makers publish.
 * Source: perf_event_open(2); AMD PPR for family 19h, PMCx044; Intel perfmon,
 * MEM_LOAD_L3_HIT_RETIRED and MEM_LOAD_L3_MISS_RETIRED. */
#ifndef BENCH_HARDWARE_H
#define BENCH_HARDWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which CPUs know an event of that number. */
enum bench_maker {
  BENCH_ANY_MAKER,
  BENCH_AMD_FAMILY_25, /* Zen 3 and 4 */
  BENCH_INTEL_SERVER,  /* Skylake to Emerald Rapids */
};

struct bench_event {
  const char *name, *meaning;
  uint32_t type;   /* as perf_event_attr has it */
  uint64_t config; /* likewise */
  enum bench_maker maker;
  unsigned group; /* counted together with others of that number */
  bool in_kernel; /* happens there: cannot be counted without it */
};

/* Every event there is, group by group; ended by a null name. */
extern const struct bench_event bench_events[];

enum { BENCH_EVENTS = 16, BENCH_GROUP = 4 };

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

/* Finds the maker of this machine's CPU.
 * @param cpuinfo  text of /proc/cpuinfo */
enum bench_maker bench_maker_of(const char *cpuinfo);

/* Opens all events that this machine offers to the calling thread, stopped.
 * @param why  receives a line about what is lacking, or an empty one
 * @return how many are open: 0 is possible */
size_t bench_hardware_open(struct bench_hardware *, char *why, size_t why_size);
void bench_hardware_close(struct bench_hardware *);

/* From zero, until bench_hardware_stop(). */
void bench_hardware_start(const struct bench_hardware *);
void bench_hardware_stop(const struct bench_hardware *);

/* Reads what was counted.
 * @param out  room for hardware->count
 * @return 0; -EIO when the kernel does not tell: nothing is in `out` then */
int bench_hardware_read(const struct bench_hardware *, struct bench_count *out);

/* What would have been counted in all of the time. @return NAN for running 0 */
double bench_hardware_scale(uint64_t value, uint64_t enabled_ns,
                            uint64_t running_ns);

#endif
