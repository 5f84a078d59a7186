/* Reading them (see model_options.h). */
#include "bench/command/model_options.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/list.h"

enum {
  LOCK = 256,
  FAMILY,
  THREADS,
  SCENARIO,
  BOUND,
  RANDOM,
  LIMIT,
  MUTATE,
  SEED_BUG,
  JSON
};

static const struct argp_option options[] = {
    {"lock", LOCK, "LOCK", 0, "Only locks of this name", 0},
    {"family", FAMILY, "FAMILY", 0, "Only executive, queued or reader locks",
     0},
    {"threads", THREADS, "N,N...", 0,
     "One thread an N, which acquires N times (default: several such "
     "configurations)",
     0},
    {"scenario", SCENARIO, "NAME", 0,
     "With --threads: loop (default), try, test or nested; of reader locks "
     "share (thread 0 writes), claim (the last reads), read, convert or drain",
     0},
    {"bound", BOUND, "N", 0, "At most N preemptions in an execution", 0},
    {"random", RANDOM, "N", 0, "N random executions instead of all", 0},
    {"limit", LIMIT, "N", 0, "Stop after N executions", 0},
    {"mutate", MUTATE, NULL, 0,
     "Weaken each memory order in turn: is every one needed?", 0},
    {"seed-bug", SEED_BUG, "K", 0,
     "Check a lock with bug K put in; all: fail if any of them escapes", 0},
    {"json", JSON, NULL, 0, "Print one JSON object", 0},
    {0}};

static const char *option_name(int key) {
  const struct argp_option *option = options;
  while (option->key != key)
    option++;
  return option->name;
}

/* Reads "2,1,1". */
static bool read_threads(const char *text, struct model_config *config) {
  char *end;
  config->threads = 0;
  do {
    unsigned long times = strtoul(text, &end, 10);
    if (end == text || times < 1 || times > 9 ||
        config->threads == MODEL_PROGRAM_THREADS)
      return false;
    config->times[config->threads++] = (unsigned)times;
    text = end + 1;
  } while (*end == ',');
  return *end == '\0';
}

static bool read_scenario(const char *text, struct model_config *config) {
  for (int i = 0; i < MODEL_SCENARIOS; i++) {
    config->scenario = (enum model_scenario)i;
    if (strcmp(text, model_scenario_name(config->scenario)) == 0)
      return true;
  }
  return false;
}

static bool read_count(const char *text, uint64_t *out) {
  long long count;
  bool good = bench_number(text, 1, INT64_MAX, &count);
  if (good)
    *out = (uint64_t)count;
  return good;
}

/* What an option's argument should be, said when it is not. */
static const char *parse_option(int key, const char *argument,
                                struct bench_model_options *request) {
  struct model_search *search = &request->search;
  long long count;
  switch (key) {
  case THREADS:
    return read_threads(argument, &request->config[0])
               ? NULL
               : "up to 5 numbers of acquisitions, like 2,1,1";
  case SCENARIO:
    return read_scenario(argument, &request->config[0])
               ? NULL
               : "loop, try, test, nested, share, claim, read, convert or "
                 "drain";
  case BOUND:
    if (!bench_number(argument, 0, 99, &count))
      return "a number of preemptions, up to 99";
    search->bound = (int)count;
    return NULL;
  case RANDOM:
    return read_count(argument, &search->random)
               ? NULL
               : "a number of executions from 1";
  default:
    return read_count(argument, &search->limit)
               ? NULL
               : "a number of executions from 1";
  }
}

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct bench_model_options *request = state->input;
  const char *should;
  switch (key) {
  case LOCK:
    request->lock = argument;
    return 0;
  case FAMILY:
    request->family = argument;
    return 0;
  case MUTATE:
    request->mutate = true;
    return 0;
  case SEED_BUG:
    request->seed = argument;
    return 0;
  case JSON:
    request->json = true;
    return 0;
  case THREADS:
  case SCENARIO:
  case BOUND:
  case RANDOM:
  case LIMIT:
    should = parse_option(key, argument, request);
    if (should)
      bench_usage(request->argv0, "--%s: '%s' should be %s", option_name(key),
                  argument, should);
    return should ? EINVAL : 0;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

/* An option that nothing would look at is a mistake. */
static const char *idle_option(const struct bench_model_options *request) {
  bool configured = request->config[0].threads;
  bool chosen = request->lock || request->family || configured;
  if (request->seed && (chosen || request->mutate))
    return "--seed-bug: brings its lock and its threads, so it goes with none "
           "of --lock, --family, --threads, --mutate";
  if (request->mutate && configured)
    return "--threads: --mutate brings its own; leave one of them out";
  if (request->config[0].scenario != MODEL_LOOP && !configured)
    return "--scenario: goes with --threads, like 1,1";
  return NULL;
}

int bench_model_options_read(int argc, char **argv,
                             struct bench_model_options *out) {
  static const struct argp argp = {
      .options = options,
      .parser = parse,
      .doc = "Checks locks by running their source through every schedule, "
             "every value a load may return and every order of stores that "
             "C11 allows (load buffering excepted), for a few threads. A "
             "violation is printed as the execution that shows it."};
  *out = (struct bench_model_options){.argv0 = argv[0], .search.bound = -1};
  int status = bench_parse(&argp, argc, argv, out);
  const char *idle = idle_option(out);
  if (status == BENCH_EXIT_OK && idle)
    return bench_usage(argv[0], "%s", idle);
  return status;
}
