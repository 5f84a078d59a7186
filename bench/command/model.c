/* kspin model: checks the locks themselves, by every execution of small
 * programs that use them (locks/model/). */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/command/model_report.h"
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

struct request {
  const char *argv0, *family, *lock, *seed;
  struct model_config config[2]; /* the one asked for, and the end */
  struct model_search search;
  bool mutate, json;
  struct bench_model_report *report;
  bool failed, refused; /* what there is to say at the end */
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
     "share "
     "(thread 0 writes), claim (the last reads), read, convert or drain",
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
                                struct request *request) {
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
  struct request *request = state->input;
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

static const char *reason(int error) {
  switch (error) {
  case -ENOENT:
    return "what the seed changes is not in the lock any more";
  case -EOVERFLOW:
    return "an execution outgrew the checker's tables: use fewer threads";
  case -EBADMSG:
    return "the lock is not a function of what it reads";
  case -EINVAL:
    return "the lock fails as it is: nothing to mutate";
  default:
    return strerror(-error);
  }
}

static void refuse(struct request *request, const char *family,
                   const char *lock, int error) {
  request->refused = true;
  bench_usage(request->argv0, "%s/%s: %s", family, lock, reason(error));
}

static void run_lock(struct request *request, const struct model_lock *lock) {
  const struct model_config *config =
      request->config[0].threads ? request->config : model_quick_configs;
  for (; config->threads; config++) {
    struct model_result result = {0};
    if (!model_applies(lock, config))
      continue;
    int error = model_check(lock, config, &request->search, &result);
    if (error)
      refuse(request, lock->family, lock->name, error);
    else
      bench_model_report_run(request->report, lock, config, &result);
    request->failed |= result.verdict == MODEL_VIOLATED;
    free(result.trace);
  }
}

struct mutation {
  struct request *request;
  const struct model_lock *lock;
};

static void report_mutant(void *context, const struct model_mutant *mutant) {
  struct mutation *mutation = context;
  mutation->request->failed |= mutant->fate == MODEL_UNJUSTIFIED;
  bench_model_report_mutant(mutation->request->report, mutation->lock, mutant);
}

static void mutate_lock(struct request *request,
                        const struct model_lock *lock) {
  struct mutation mutation = {.request = request, .lock = lock};
  int error = model_mutate(lock, &request->search, report_mutant, &mutation);
  const struct model_survivor *unused = model_survivor_unused(lock);
  if (error)
    refuse(request, lock->family, lock->name, error);
  else if (unused)
    bench_usage(request->argv0, "%s:%d: says what survives, but nothing does",
                unused->file, unused->line);
  request->failed |= unused != NULL;
}

static bool wanted(const struct request *request,
                   const struct model_lock *lock) {
  return (!request->family || strcmp(request->family, lock->family) == 0) &&
         (!request->lock || strcmp(request->lock, lock->name) == 0);
}

/* @return whether there was a lock to run */
static bool run_locks(struct request *request) {
  bool found = false;
  for (size_t i = 0; model_locks[i]; i++) {
    if (!wanted(request, model_locks[i]))
      continue;
    found = true;
    if (request->mutate)
      mutate_lock(request, model_locks[i]);
    else
      run_lock(request, model_locks[i]);
  }
  if (!found)
    bench_usage(request->argv0,
                "no lock '%s%s%s' to check; `kspin list` names them (peers are "
                "not ours to check)",
                request->family ? request->family : "",
                request->family && request->lock ? "/" : "",
                request->lock ? request->lock : "");
  return found;
}

/* One bug is a run like any other; of all of them, each must be caught. */
static void run_seed(struct request *request, const struct model_seed *seed,
                     bool all) {
  struct model_result result = {0};
  struct model_lock lock = {.family = seed->family, .name = seed->name};
  int error = model_seed_check(seed, &request->search, &result);
  bool caught = result.verdict == MODEL_VIOLATED;
  if (error)
    refuse(request, seed->family, seed->name, error);
  else if (all)
    bench_model_report_seed(request->report, seed, &result);
  else
    bench_model_report_run(request->report, &lock, &seed->config, &result);
  request->failed |= caught != all;
  free(result.trace);
}

/* @return whether there was a seed to run */
static bool run_seeds(struct request *request) {
  bool all = strcmp(request->seed, "all") == 0;
  long long number = 0;
  if (!all && (!bench_number(request->seed, 1, UINT_MAX, &number) ||
               !model_seed_find((unsigned)number))) {
    bench_usage(request->argv0, "no seeded bug '%s'; --seed-bug all lists them",
                request->seed);
    return false;
  }
  for (const struct model_seed *seed = model_seeds; seed->number; seed++)
    if (all || seed->number == (unsigned)number)
      run_seed(request, seed, all);
  return true;
}

static int run(struct request *request) {
  bool seeds = request->seed && strcmp(request->seed, "all") == 0;
  const char *list = seeds ? "seeds" : request->mutate ? "mutants" : "runs";
  request->report = bench_model_report_open(list, request->json);
  if (!request->report)
    return bench_usage(request->argv0, "%s", strerror(ENOMEM));
  bool found = request->seed ? run_seeds(request) : run_locks(request);
  if (bench_model_report_close(request->report) || !found || request->refused)
    return BENCH_EXIT_USAGE;
  return request->failed ? BENCH_EXIT_FAILED : BENCH_EXIT_OK;
}

/* An option that nothing would look at is a mistake. */
static const char *idle_option(const struct request *request) {
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

int bench_command_model(int argc, char **argv) {
  static const struct argp argp = {
      .options = options,
      .parser = parse,
      .doc = "Checks locks by running their source through every schedule, "
             "every value a load may return and every order of stores that "
             "C11 allows (load buffering excepted), for a few threads. A "
             "violation is printed as the execution that shows it."};
  struct request request = {.argv0 = argv[0], .search.bound = -1};
  int status = bench_parse(&argp, argc, argv, &request);
  const char *idle = idle_option(&request);
  if (status == BENCH_EXIT_OK && idle)
    return bench_usage(argv[0], "%s", idle);
  return status == BENCH_EXIT_OK ? run(&request) : status;
}
