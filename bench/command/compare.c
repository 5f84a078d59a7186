/* kspin compare: two locks of a run, or two runs. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/show/contests.h"
#include "results/run.h"

enum { THRESHOLD = 256, JSON, OTHER_MACHINE };

struct request {
  const char *name; /* for messages */
  const char *arguments[3];
  int count;
  struct results_compare_options options;
  bool json, other_machine;
};

static error_t parse_threshold(struct request *request, const char *text) {
  char *end;
  double percent = strtod(text, &end);
  if (end == text || (*end && strcmp(end, "%")) || !(percent > 0) ||
      percent >= 100) {
    bench_usage(request->name,
                "--threshold: '%s' is no percentage above 0 "
                "and below 100, like 3%%",
                text);
    return EINVAL;
  }
  request->options.threshold = percent / 100;
  return 0;
}

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  switch (key) {
  case THRESHOLD:
    return parse_threshold(request, argument);
  case JSON:
    request->json = true;
    return 0;
  case OTHER_MACHINE:
    request->other_machine = true;
    return 0;
  case ARGP_KEY_ARG:
    if (request->count < 3)
      request->arguments[request->count] = argument;
    request->count++;
    return 0;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

static int read_run(const struct request *request, const char *folder,
                    struct results_run **out) {
  struct results_error error = {0};
  if (!results_run_read(folder, out, &error))
    return BENCH_EXIT_OK;
  char text[512];
  results_error_text(&error, text, sizeof text);
  return bench_usage(request->name, "%s", text);
}

static int show(const struct request *request,
                struct results_contests *contests) {
  if (!contests->count)
    return bench_usage(request->name, "the two have no cell in common");
  if (request->json) {
    int status = bench_print_json(bench_contests_json(contests));
    if (status != BENCH_EXIT_OK)
      return status;
  } else {
    bench_contests_print(stdout, contests);
  }
  return bench_contests_slower(contests) ? BENCH_EXIT_FAILED : BENCH_EXIT_OK;
}

static int compare_locks(const struct request *request) {
  char rooms[2][64];
  struct results_contestant sides[2];
  for (int i = 0; i < 2; i++)
    if (!bench_contestant(request->arguments[i + 1], rooms[i], sizeof rooms[i],
                          &sides[i]))
      return bench_usage(request->name,
                         "'%s' is no lock: write FAMILY/NAME, like queued/mcs",
                         request->arguments[i + 1]);
  struct results_run *run;
  struct results_contests contests = {0};
  int status = read_run(request, request->arguments[0], &run);
  if (status)
    return status;
  if (results_contest_locks(run->trials, run->count, &sides[0], &sides[1],
                            &request->options, &contests))
    status = bench_usage(request->name, "out of memory");
  else
    status = show(request, &contests);
  results_contests_free(&contests);
  results_run_close(run);
  return status;
}

static int compare_read_runs(const struct request *request,
                             struct results_run *a, struct results_run *b) {
  const char *other = results_other_machine(a->header, b->header);
  if (other && !request->other_machine)
    return bench_usage(request->name,
                       "the runs come from different machines (%s differs): "
                       "--other-machine compares them all the same",
                       other);
  struct results_contests contests = {0};
  int status;
  if (results_contest_runs(a->trials, a->count, b->trials, b->count,
                           &request->options, &contests))
    status = bench_usage(request->name, "out of memory");
  else
    status = show(request, &contests);
  results_contests_free(&contests);
  return status;
}

static int compare_runs(const struct request *request) {
  struct results_run *a = NULL, *b = NULL;
  int status = read_run(request, request->arguments[0], &a);
  if (!status)
    status = read_run(request, request->arguments[1], &b);
  if (!status)
    status = compare_read_runs(request, a, b);
  results_run_close(b);
  results_run_close(a);
  return status;
}

int bench_command_compare(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"threshold", THRESHOLD, "PERCENT", 0,
       "A difference that matters (default: 3%)", 0},
      {"json", JSON, NULL, 0, "Print one JSON object", 0},
      {"other-machine", OTHER_MACHINE, NULL, 0,
       "Compare runs of different machines", 0},
      {0}};
  static const struct argp argp = {
      .options = options,
      .parser = parse,
      .args_doc = "RUN FAMILY/LOCK FAMILY/LOCK\nRUN RUN",
      .doc = "Says whether the second is faster, slower or the same as the "
             "first: two locks of one run by pairs of trials of one round; "
             "two runs at most indicatively, each value divided by the line "
             "transfer beside it.\v"
             "A difference is one when its 95 % interval is beyond the "
             "threshold and, where a cell has the forty clean trials of `bench "
             "--aa`, beyond what the cell differs from itself by. Exits with 0 "
             "when nothing is slower, 1 when something is, 2 on "
             "errors."};
  struct request request = {.name = argv[0],
                            .options = results_compare_defaults};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  if (request.count == 3)
    return compare_locks(&request);
  if (request.count == 2)
    return compare_runs(&request);
  return bench_usage(argv[0],
                     "wants a run and two locks, or two runs; was "
                     "given %d arguments",
                     request.count);
}
