/* kspin predict: throughput as costs measured apart have it, beside throughput
 * as it was measured, or on a machine that one does not have. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/command/machine.h"
#include "bench/list.h"
#include "bench/predict/print.h"
#include "topology/place.h"

enum { TRANSFER = 256, PLACE, THREADS, CS, THINK, JSON };

enum { COUNTS_MOST = 64 };

struct request {
  const char *run;
  struct bench_machine_choice machine;
  struct bench_transfers transfers;
  const char *place, *threads;
  long long cs_ns, think_ns;
  bool elsewhere_only; /* some option was given that is for elsewhere */
  bool json;
};

static const struct argp_option options[] = {
    {"transfer", TRANSFER, "LEVEL=NS,…", 0,
     "One-way line transfers of that machine, for levels that the run did not "
     "measure, or instead of what it measured: l3=50,cross:21=220",
     0},
    {"place", PLACE, "POLICY", 0, "Placement there (default: compact)", 0},
    {"threads", THREADS, "N,…", 0,
     "Thread counts there (default: powers of two, and all that fit)", 0},
    {"cs-ns", CS, "NS", 0, "Critical section there (default: 0)", 0},
    {"think-ns", THINK, "NS", 0, "Time between operations there (default: 0)",
     0},
    {"json", JSON, NULL, 0, "Print one JSON object", 0},
    {0}};

static error_t bad_transfer(const char *argv0, const char *item) {
  bench_usage(argv0,
              "--transfer: '%s' should be a level and a time in ns, like "
              "cross:21=220; levels: smt l2 l3 package node cross",
              item);
  return EINVAL;
}

static error_t parse_transfers(struct request *request, const char *argv0,
                               const char *text) {
  struct bench_list list;
  if (bench_list_split(text, ',', &list))
    return ENOMEM;
  error_t error = 0;
  for (size_t i = 0; i < list.count && !error; i++) {
    char level[TOPOLOGY_LEVEL_NAME_SIZE], *end;
    const char *item = list.items[i], *equals = strchr(item, '=');
    double ns = equals ? strtod(equals + 1, &end) : 0;
    if (!equals || equals == item || *end || !isfinite(ns) || ns <= 0 ||
        snprintf(level, sizeof level, "%.*s", (int)(equals - item), item) >=
            (int)sizeof level ||
        !bench_level_known(level) ||
        !bench_transfer_set(&request->transfers, level, ns, true))
      error = bad_transfer(argv0, item);
  }
  bench_list_free(&list);
  return error;
}

static error_t parse_time(const char *argv0, const char *option,
                          const char *text, long long *out) {
  if (bench_number(text, 0, 1000000, out))
    return 0;
  bench_usage(argv0, "%s: '%s' is no time in ns from 0 to 1000000", option,
              text);
  return EINVAL;
}

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  const char *argv0 = state->argv[0];
  request->elsewhere_only |= key >= TRANSFER && key <= THINK;
  switch (key) {
  case ARGP_KEY_INIT:
    state->child_inputs[0] = &request->machine;
    return 0;
  case TRANSFER:
    return parse_transfers(request, argv0, argument);
  case PLACE:
    request->place = argument;
    return 0;
  case THREADS:
    request->threads = argument;
    return 0;
  case CS:
    return parse_time(argv0, "--cs-ns", argument, &request->cs_ns);
  case THINK:
    return parse_time(argv0, "--think-ns", argument, &request->think_ns);
  case JSON:
    request->json = true;
    return 0;
  case ARGP_KEY_ARG:
    return bench_take_run(argv0, argument, &request->run);
  case ARGP_KEY_NO_ARGS:
    return bench_take_run(argv0, NULL, &request->run);
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_child children[] = {{.argp = &bench_machine_argp},
                                             {0}};

static const struct argp argp = {
    .options = options,
    .parser = parse,
    .children = children,
    .args_doc = "RUN",
    .doc = "Predicts the throughput of FIFO locks from what a run measured of "
           "them apart (workloads handoff, uncontended, release), prints it "
           "beside the measured throughput with the mean error, and leaves "
           "prediction.csv in the run, which `kspin plot` draws. A mean error "
           "above 15 % says that the model does not explain the lock there.\v"
           "With --synthetic or --xml it predicts a machine that one does not "
           "have. Costs of a level are the measured multiples of the line "
           "transfer there; a transfer that the run did not measure must be "
           "given."};

/* 1, 2, 4, … and as many as the policy offers. */
static size_t default_counts(size_t limit, unsigned *counts) {
  size_t count = 0;
  for (size_t n = 1; n < limit && count + 1 < COUNTS_MOST; n *= 2)
    counts[count++] = (unsigned)n;
  counts[count++] = (unsigned)limit;
  return count;
}

static int read_counts(const char *argv0, const char *text, unsigned *counts,
                       size_t *count) {
  struct bench_list list;
  if (bench_list_split(text, ',', &list))
    return bench_usage(argv0, "out of memory");
  int status = BENCH_EXIT_OK;
  for (size_t i = 0; i < list.count && !status; i++) {
    long long n;
    if (*count == COUNTS_MOST || !bench_number(list.items[i], 1, 65535, &n))
      status = bench_usage(argv0, "--threads: '%s' is no number of threads",
                           list.items[i]);
    else
      counts[(*count)++] = (unsigned)n;
  }
  bench_list_free(&list);
  return status;
}

static int print_elsewhere(const struct request *request,
                           const struct bench_prediction *prediction,
                           const struct topology_machine *machine) {
  const char *source = topology_machine_source(machine);
  if (request->json)
    return bench_print_json(bench_prediction_json(prediction, source));
  bench_prediction_print_elsewhere(stdout, prediction, source);
  return BENCH_EXIT_OK;
}

static int predict_elsewhere(const char *argv0, const struct request *request,
                             const struct results_summary *summary,
                             const struct topology_machine *machine) {
  unsigned counts[COUNTS_MOST];
  size_t count = 0, limit;
  char why[512] = "out of memory";
  struct bench_elsewhere elsewhere = {.machine = machine,
                                      .policy = request->place ? request->place
                                                               : "compact",
                                      .counts = counts,
                                      .section_ns = (double)request->cs_ns,
                                      .think_ns = (double)request->think_ns,
                                      .given = &request->transfers};
  if (request->threads) {
    int status = read_counts(argv0, request->threads, counts, &count);
    if (status)
      return status;
  } else if (topology_place_limit(machine, elsewhere.policy, &limit, why,
                                  sizeof why)) {
    return bench_usage(argv0, "%s", why);
  } else {
    count = default_counts(limit, counts);
  }
  elsewhere.count = count;
  struct bench_prediction prediction;
  if (bench_predict_elsewhere(summary, &elsewhere, &prediction, why,
                              sizeof why))
    return bench_usage(argv0, "%s", why);
  int status = print_elsewhere(request, &prediction, machine);
  bench_prediction_free(&prediction);
  return status;
}

static int predict_here(const char *argv0, const struct request *request,
                        const struct results_summary *summary,
                        const struct results_run *run) {
  struct bench_prediction prediction;
  if (request->elsewhere_only)
    return bench_usage(argv0, "these options are for another machine: name it "
                              "with --synthetic or --xml");
  int error = bench_predict_run(summary, run->header, &prediction);
  if (error)
    return bench_usage(argv0, "%s/run.json: %s", request->run,
                       error == -EBADMSG ? "does not say where CPUs are"
                                         : strerror(-error));
  int status = BENCH_EXIT_OK;
  error = bench_prediction_write_csv(request->run, &prediction);
  if (error)
    status = bench_usage(argv0, "%s/prediction.csv: %s", request->run,
                         strerror(-error));
  else if (request->json)
    status = bench_print_json(bench_prediction_json(&prediction, NULL));
  else
    bench_prediction_print(stdout, &prediction);
  bench_prediction_free(&prediction);
  return status;
}

static int predict(const char *argv0, const struct request *request,
                   const struct results_run *run) {
  struct results_summary summary;
  int error = results_summarise(run->trials, run->count, &summary);
  if (error)
    return bench_usage(argv0, "%s: %s", request->run, strerror(-error));
  int status;
  if (!request->machine.synthetic && !request->machine.xml) {
    status = predict_here(argv0, request, &summary, run);
  } else {
    struct topology_machine *machine;
    status = bench_machine_open(argv0, &request->machine, &machine);
    if (!status) {
      status = predict_elsewhere(argv0, request, &summary, machine);
      topology_machine_close(machine);
    }
  }
  results_summary_free(&summary);
  return status;
}

int bench_command_predict(int argc, char **argv) {
  struct request request = {0};
  struct results_run *run;
  struct results_error where = {0};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  if (results_run_read(request.run, &run, &where)) {
    char why[512];
    results_error_text(&where, why, sizeof why);
    return bench_usage(argv[0], "%s", why);
  }
  status = predict(argv[0], &request, run);
  results_run_close(run);
  return status;
}
