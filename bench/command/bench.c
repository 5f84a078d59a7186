/* kspin bench: a run of measurements. */
#include <stdbool.h>

#include "bench/command/command.h"
#include "bench/command/options.h"
#include "bench/gbench.h"
#include "bench/run/run.h"
#include "bench/trial/relaxing.h"

static error_t parse(int key, char *argument, struct argp_state *state) {
  (void)argument;
  if (key != ARGP_KEY_INIT)
    return ARGP_ERR_UNKNOWN;
  state->child_inputs[0] = state->input;
  return 0;
}

static const struct argp_child children[] = {{.argp = &bench_options_argp},
                                             {0}};

static const struct argp argp = {
    .parser = parse,
    .children = children,
    .doc = "Measures release latency, handoff, uncontended cost and "
           "throughput of NT spin locks, and leaves a table, a run folder "
           "and plots.\v"
           "--benchmark_* options go to Google Benchmark, which runs every "
           "trial: --benchmark_list_tests, --benchmark_filter=REGEX and so "
           "on.",
};

#ifdef KSPIN_CHECKED
enum { CHECKED = true };
#else
enum { CHECKED = false };
#endif

/* Is anything asked for beside the run that is to go on? */
static bool asks_more(const struct bench_options *o) {
  const struct bench_options plain = BENCH_OPTIONS_DEFAULT;
  bool more = o->filter != NULL;
#define BENCH_TEXT(field, name, argument, help) more |= o->field != NULL;
#define BENCH_FLAG(field, name, help) more |= o->field;
#define BENCH_COUNT(field, name, low, high, help)                              \
  more |= o->field != plain.field;
#define BENCH_PLACE(field, name, argument, help)                               \
  more |= o->field != NULL && o->field != o->resume;
#include "bench/options.def"
  return more;
}

int bench_command_bench(int argc, char **argv) {
  struct bench_options request = BENCH_OPTIONS_DEFAULT;
  const char *refused = NULL;
  if (bench_gbench_init(&argc, argv, &refused))
    return bench_usage(argv[0],
                       "%s: not for Google Benchmark here; a run writes "
                       "benchmark.json by itself (--out), and --rounds says "
                       "how often",
                       refused);
  request.filter = bench_gbench_filter();
  int status = bench_parse(&argp, argc, argv, &request);
  if (status == BENCH_EXIT_OK && request.resume && asks_more(&request))
    return bench_usage(argv[0], "--resume: goes on with the options of the "
                                "run, so it takes no other option");
  if (status != BENCH_EXIT_OK)
    return status;
  if (CHECKED)
    return bench_usage(argv[0],
                       "this build checks every call (-Dchecked=true), "
                       "so its figures would mean nothing; measure "
                       "with another");
  char why[256];
  if (bench_relaxing_prepare(why, sizeof why))
    return bench_usage(argv[0], "%s", why);
  return bench_run(argv[0], &request);
}
