/* What hardware and kernel can count, and the numbers it is asked for by.
 *
 * Events that only some CPUs have are known by libpfm's names, where kspin was
 * built with that library: it knows which CPU this is. Without it, and for
 * CPUs that it does not know, a few numbers are kept that makers publish.
 * Source: libpfm4; AMD PPR for family 19h, PMCx044; Intel perfmon,
 * MEM_LOAD_L3_HIT_RETIRED and MEM_LOAD_L3_MISS_RETIRED. */
#ifndef BENCH_EVENT_H
#define BENCH_EVENT_H

#include <stdbool.h>
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
  unsigned group;    /* counted together with others of that number */
  bool in_kernel;    /* happens there: cannot be counted without it */
  const char *names; /* libpfm's, | between: the first that it knows; NULL:
                        the number is good everywhere */
  const char *field; /* of a trial, that it is added up in; or NULL */
};

enum { BENCH_EVENTS = 16, BENCH_GROUP = 4 };

/* Every event there is, group by group; ended by a null name. */
extern const struct bench_event bench_events[];

/* Finds the maker of this machine's CPU.
 * @param cpuinfo  text of /proc/cpuinfo */
enum bench_maker bench_maker_of(const char *cpuinfo);

/* Finds the numbers by which this machine counts an event.
 * @param type,config  out
 * @return false when it is not known here */
bool bench_event_numbers(const struct bench_event *, enum bench_maker,
                         uint32_t *type, uint64_t *config);

/* @return true when kspin was built with libpfm */
bool bench_event_by_name(void);

#endif
