/* kspin model: checks the locks themselves, by every execution of small
 * programs that use them (locks/model/). */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/command/model_options.h"
#include "bench/command/model_report.h"
#include "bench/list.h"

struct request {
  struct bench_model_options options;
  struct bench_model_report *report;
  bool failed, refused; /* what there is to say at the end */
};

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
  bench_usage(request->options.argv0, "%s/%s: %s", family, lock, reason(error));
}

static void run_lock(struct request *request, const struct model_lock *lock) {
  const struct model_config *config = request->options.config[0].threads
                                          ? request->options.config
                                          : model_quick_configs;
  for (; config->threads; config++) {
    struct model_result result = {0};
    if (!model_applies(lock, config))
      continue;
    int error = model_check(lock, config, &request->options.search, &result);
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
  int error =
      model_mutate(lock, &request->options.search, report_mutant, &mutation);
  const struct model_survivor *unused = model_survivor_unused(lock);
  if (error)
    refuse(request, lock->family, lock->name, error);
  else if (unused)
    bench_usage(request->options.argv0,
                "%s:%d: says what survives, but nothing does", unused->file,
                unused->line);
  request->failed |= unused != NULL;
}

static bool wanted(const struct request *request,
                   const struct model_lock *lock) {
  return (!request->options.family ||
          strcmp(request->options.family, lock->family) == 0) &&
         (!request->options.lock ||
          strcmp(request->options.lock, lock->name) == 0);
}

/* @return whether there was a lock to run */
static bool run_locks(struct request *request) {
  bool found = false;
  for (size_t i = 0; model_locks[i]; i++) {
    if (!wanted(request, model_locks[i]))
      continue;
    found = true;
    if (request->options.mutate)
      mutate_lock(request, model_locks[i]);
    else
      run_lock(request, model_locks[i]);
  }
  if (!found)
    bench_usage(request->options.argv0,
                "no lock '%s%s%s' to check; `kspin list` names them (peers are "
                "not ours to check)",
                request->options.family ? request->options.family : "",
                request->options.family && request->options.lock ? "/" : "",
                request->options.lock ? request->options.lock : "");
  return found;
}

/* One bug is a run like any other; of all of them, each must be caught. */
static void run_seed(struct request *request, const struct model_seed *seed,
                     bool all) {
  struct model_result result = {0};
  struct model_lock lock = {.family = seed->family, .name = seed->name};
  int error = model_seed_check(seed, &request->options.search, &result);
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
  bool all = strcmp(request->options.seed, "all") == 0;
  long long number = 0;
  if (!all && (!bench_number(request->options.seed, 1, UINT_MAX, &number) ||
               !model_seed_find((unsigned)number))) {
    bench_usage(request->options.argv0,
                "no seeded bug '%s'; --seed-bug all lists them",
                request->options.seed);
    return false;
  }
  for (const struct model_seed *seed = model_seeds; seed->number; seed++)
    if (all || seed->number == (unsigned)number)
      run_seed(request, seed, all);
  return true;
}

static int run(struct request *request) {
  bool seeds =
      request->options.seed && strcmp(request->options.seed, "all") == 0;
  const char *list = seeds                     ? "seeds"
                     : request->options.mutate ? "mutants"
                                               : "runs";
  request->report = bench_model_report_open(list, request->options.json);
  if (!request->report)
    return bench_usage(request->options.argv0, "%s", strerror(ENOMEM));
  bool found = request->options.seed ? run_seeds(request) : run_locks(request);
  if (bench_model_report_close(request->report) || !found || request->refused)
    return BENCH_EXIT_USAGE;
  return request->failed ? BENCH_EXIT_FAILED : BENCH_EXIT_OK;
}

int bench_command_model(int argc, char **argv) {
  struct request request = {0};
  int status = bench_model_options_read(argc, argv, &request.options);
  return status == BENCH_EXIT_OK ? run(&request) : status;
}
