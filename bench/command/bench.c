/* kspin bench: the options of a run of measurements. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "bench/command/command.h"
#include "bench/gbench.h"
#include "bench/list.h"
#include "bench/options.h"
#include "bench/run.h"

enum { ROUNDS = 256, SEED, QUICK, SELF, FIRST_TEXT };

/* Options that are kept as text: their place in struct bench_options. */
#define TEXTS(TEXT)                                                            \
  TEXT(locks, "locks", "LOCK,…",                                               \
       "Locks, as NAME or FAMILY/NAME (default: all)")                         \
  TEXT(workloads, "workloads", "NAME,…", "Workloads (default: all)")           \
  TEXT(routines, "routines", "PAIR,…",                                         \
       "Routine pairs: dpc, raise, native (default: raise only where it "      \
       "shows)")                                                               \
  TEXT(pairs, "pairs", "PAIRS",                                                \
       "Pairs of CPUs: A-B,… or all or levels (default: levels, one pair "   \
       "for each distance)")                                                   \
  TEXT(threads, "threads", "N,…",                                              \
       "Thread counts (default: powers of two and all CPUs; from four CPUs "   \
       "up all but one, which is left to the system)")                         \
  TEXT(place, "place", "POLICY;…", "Placements of threads (default: compact)") \
  TEXT(home, "home", "HOME",                                                   \
       "Where lock lines lie: NODE, first (the first thread's node) or "       \
       "interleave (default: first)")                                          \
  TEXT(cs_ns, "cs-ns", "NS,…",                                                 \
       "Critical sections of handoff and throughput (default: 1.5 line "       \
       "transfers, and 0)")                                                    \
  TEXT(against, "against", "FAMILY/LOCK",                                      \
       "Compare every other lock with this one, in pairs of one round")        \
  TEXT(out, "out", "FOLDER",                                                   \
       "Run folder (default: results/runs/<UTC time>-<host>; "               \
       "KSPIN_RUNS names another place than results/runs)")

enum {
  BEFORE_TEXTS = FIRST_TEXT - 1,
#define TEXT(field, name, argument, doc) KEY_##field,
  TEXTS(TEXT)
#undef TEXT
};

static const struct argp_option options[] = {
    {"quick", QUICK, NULL, 0,
     "Under 20 s: few trials, marked exploratory; no claims", 0},
#define TEXT(field, name, argument, doc)                                       \
  {name, KEY_##field, argument, 0, doc, 0},
    TEXTS(TEXT)
#undef TEXT
        {"aa", SELF, NULL, 0,
         "Compare every cell with itself: this machine's false differences", 0},
    {"rounds", ROUNDS, "N", 0, "Trials of each cell (default: what fits)", 0},
    {"seed", SEED, "N", 0, "Seed of every shuffle (default: 1)", 0},
    {0}};

static error_t bad_number(struct argp_state *state, const char *option,
                          const char *argument, const char *range) {
  bench_usage(state->argv[0], "%s: '%s' is no whole number from %s", option,
              argument, range);
  return EINVAL;
}

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct bench_options *o = state->input;
  long long number;
  switch (key) {
  case QUICK:
    o->quick = true;
    return 0;
  case SELF:
    o->self = true;
    return 0;
  case ROUNDS:
    if (!bench_number(argument, 1, 10000, &number))
      return bad_number(state, "--rounds", argument, "1 to 10000");
    o->rounds = (unsigned)number;
    return 0;
  case SEED:
    if (!bench_number(argument, 0, INT64_MAX, &number))
      return bad_number(state, "--seed", argument, "0 to 2^63 - 1");
    o->seed = (uint64_t)number;
    return 0;
#define TEXT(field, name, unused, doc)                                         \
  case KEY_##field:                                                            \
    o->field = argument;                                                       \
    return 0;
    TEXTS(TEXT)
#undef TEXT
  case ARGP_KEY_ARG:
    bench_usage(state->argv[0], "takes no argument, but was given '%s'",
                argument);
    return EINVAL;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    .options = options,
    .parser = parse,
    .doc = "Measures release latency, handoff, uncontended cost and "
           "throughput of NT spin locks, and leaves a table, a run folder "
           "and plots.\v"
           "--benchmark_* options go to Google Benchmark, which runs every "
           "trial: --benchmark_list_tests, --benchmark_filter=REGEX and so "
           "on.",
};

int bench_command_bench(int argc, char **argv) {
  struct bench_options request = {.seed = 1};
  const char *refused = NULL;
  if (bench_gbench_init(&argc, argv, &refused))
    return bench_usage(argv[0],
                       "%s: not for Google Benchmark here; a run writes "
                       "benchmark.json by itself (--out), and --rounds says "
                       "how often",
                       refused);
  int status = bench_parse(&argp, argc, argv, &request);
  return status != BENCH_EXIT_OK ? status : bench_run(argv[0], &request);
}
