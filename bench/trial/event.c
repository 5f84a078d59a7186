/* The table of events, and finding their numbers (see event.h). */
#include "bench/trial/event.h"

#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/sysfile.h"

#ifdef BENCH_PFM
#include <perfmon/pfmlib_perf_event.h>
#endif

#define SOFTWARE PERF_TYPE_SOFTWARE
#define HARDWARE PERF_TYPE_HARDWARE

/* A raw number on x86: the event's in the low byte, its mask above. */
#define RAW(event, mask) PERF_TYPE_RAW, (mask) << 8 | (event)

/* Events of the same source in the tongues of Zen 3 and Zen 4. */
#define AMD_FILLS(zen3, zen4)                                                  \
  "ANY_DATA_CACHE_FILLS_FROM_SYSTEM:" zen3                                     \
  "|ANY_DATA_CACHE_FILLS_FROM_SYSTEM:" zen4

const struct bench_event bench_events[] = {
    {"page_faults", "pages that were not there", SOFTWARE,
     PERF_COUNT_SW_PAGE_FAULTS, BENCH_ANY_MAKER, 0, false, NULL, NULL},
    {"context_switches", "times that the CPU went to another thread", SOFTWARE,
     PERF_COUNT_SW_CONTEXT_SWITCHES, BENCH_ANY_MAKER, 0, true, NULL, NULL},
    {"migrations", "times that the thread came to another CPU", SOFTWARE,
     PERF_COUNT_SW_CPU_MIGRATIONS, BENCH_ANY_MAKER, 0, true, NULL, NULL},
    {"task_clock", "nanoseconds on a CPU", SOFTWARE, PERF_COUNT_SW_TASK_CLOCK,
     BENCH_ANY_MAKER, 0, false, NULL, "counted_cpu_ns"},

    {"cycles", "cycles of the CPU", HARDWARE, PERF_COUNT_HW_CPU_CYCLES,
     BENCH_ANY_MAKER, 1, false, NULL, "counted_cycles"},
    {"instructions", "instructions that were carried out", HARDWARE,
     PERF_COUNT_HW_INSTRUCTIONS, BENCH_ANY_MAKER, 1, false, NULL,
     "counted_instructions"},
    {"cache_references", "accesses to the last cache", HARDWARE,
     PERF_COUNT_HW_CACHE_REFERENCES, BENCH_ANY_MAKER, 1, false, NULL, NULL},
    {"cache_misses", "accesses that it did not satisfy", HARDWARE,
     PERF_COUNT_HW_CACHE_MISSES, BENCH_ANY_MAKER, 1, false, NULL,
     "counted_misses"},

    {"fills_near", "lines from the L3 or another L2 below it",
     RAW(0x44, 0x02ULL), BENCH_AMD_FAMILY_25, 2, false,
     AMD_FILLS("INT_CACHE", "LOCAL_CCX") "|DATA_CACHE_REFILLS_FROM_SYSTEM:LS_"
                                         "MABRESP_LCL_CACHE", /* Zen 2 */
     "counted_near"},
    {"fills_other_l3", "lines from a cache below another L3 of the node",
     RAW(0x44, 0x04ULL), BENCH_AMD_FAMILY_25, 2, false,
     AMD_FILLS("EXT_CACHE_LCL", "NEAR_CACHE_NEAR_FAR"), "counted_far"},
    {"fills_remote", "lines from a cache of another node", RAW(0x44, 0x10ULL),
     BENCH_AMD_FAMILY_25, 2, false,
     AMD_FILLS("EXT_CACHE_RMT",
               "FAR_CACHE_NEAR_FAR") "|DATA_CACHE_REFILLS_FROM_SYSTEM:LS_"
                                     "MABRESP_RMT_CACHE",
     "counted_remote"},

    {"loads_near", "loads served by another core's cache, below the same L3",
     RAW(0xd2, 0x04ULL), BENCH_INTEL_SERVER, 2, false,
     "MEM_LOAD_L3_HIT_RETIRED:XSNP_HITM|MEM_LOAD_L3_HIT_RETIRED:XSNP_FWD|"
     "MEM_LOAD_UOPS_L3_HIT_RETIRED:XSNP_HITM",
     "counted_near"},
    {"loads_remote_dirty", "loads of a line that another package had written",
     RAW(0xd3, 0x04ULL), BENCH_INTEL_SERVER, 2, false,
     "MEM_LOAD_L3_MISS_RETIRED:REMOTE_HITM|"
     "MEM_LOAD_UOPS_L3_MISS_RETIRED:REMOTE_HITM",
     "counted_remote"},
    {"loads_remote", "loads of a line that another package forwarded",
     RAW(0xd3, 0x08ULL), BENCH_INTEL_SERVER, 2, false,
     "MEM_LOAD_L3_MISS_RETIRED:REMOTE_FWD|"
     "MEM_LOAD_UOPS_L3_MISS_RETIRED:REMOTE_FWD",
     "counted_remote"},
    {0},
};

/* The number behind a key of /proc/cpuinfo; -1 when there is none. */
static long number_of(const char *cpuinfo, const char *key) {
  json_t *text = results_sysfile_key(cpuinfo, key, ':');
  long number = text ? strtol(json_string_value(text), NULL, 10) : -1;
  json_decref(text);
  return number;
}

/* Skylake-X, Ice Lake-X (two), Sapphire Rapids, Emerald Rapids. */
static const long intel_servers[] = {0x55, 0x6a, 0x6c, 0x8f, 0xcf};

enum bench_maker bench_maker_of(const char *cpuinfo) {
  long family = number_of(cpuinfo, "cpu family");
  long model = number_of(cpuinfo, "model");
  if (strstr(cpuinfo, "AuthenticAMD"))
    return family == 25 ? BENCH_AMD_FAMILY_25 : BENCH_ANY_MAKER;
  if (strstr(cpuinfo, "GenuineIntel") && family == 6)
    for (size_t i = 0; i < sizeof intel_servers / sizeof *intel_servers; i++)
      if (model == intel_servers[i])
        return BENCH_INTEL_SERVER;
  return BENCH_ANY_MAKER;
}

#ifdef BENCH_PFM

bool bench_event_by_name(void) {
  return true;
}

/* libpfm finds out once which CPU this is. */
static bool ready(void) {
  static int state = -1;
  if (state < 0)
    state = pfm_initialize() == PFM_SUCCESS;
  return state;
}

static bool encode(const char *name, uint32_t *type, uint64_t *config) {
  struct perf_event_attr attribute = {.size = sizeof attribute};
  pfm_perf_encode_arg_t order = {.attr = &attribute, .size = sizeof order};
  if (pfm_get_os_event_encoding(name, PFM_PLM3, PFM_OS_PERF_EVENT, &order) !=
      PFM_SUCCESS)
    return false;
  *type = attribute.type;
  *config = attribute.config;
  return true;
}

static bool find_by_name(const char *names, uint32_t *type, uint64_t *config) {
  char name[128];
  for (const char *end; ready() && *names; names = *end ? end + 1 : end) {
    end = strchrnul(names, '|');
    snprintf(name, sizeof name, "%.*s", (int)(end - names), names);
    if (encode(name, type, config))
      return true;
  }
  return false;
}

#else

bool bench_event_by_name(void) {
  return false;
}

static bool find_by_name(const char *names, uint32_t *type, uint64_t *config) {
  (void)names, (void)type, (void)config;
  return false;
}

#endif

bool bench_event_numbers(const struct bench_event *event,
                         enum bench_maker maker, uint32_t *type,
                         uint64_t *config) {
  if (event->names && find_by_name(event->names, type, config))
    return true;
  if (event->maker != BENCH_ANY_MAKER && event->maker != maker)
    return false;
  *type = event->type;
  *config = event->config;
  return true;
}
