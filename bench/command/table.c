/* kspin table: the tables of a run again. */
#include <string.h>

#include "bench/command/command.h"
#include "bench/show/table.h"
#include "results/run.h"

static error_t parse(int key, char *argument, struct argp_state *state) {
  switch (key) {
  case ARGP_KEY_ARG:
  case ARGP_KEY_NO_ARGS:
    return bench_take_run(state->argv[0], argument, state->input);
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    .parser = parse,
    .args_doc = "RUN",
    .doc = "Prints the tables of a run, a folder that `kspin bench` left, "
           "whole or interrupted.",
};

static int print(const char *argv0, const struct results_run *run) {
  struct results_summary summary;
  int error = results_summarise(run->trials, run->count, &summary);
  if (!error && !run->count) {
    results_summary_free(&summary);
    return bench_usage(argv0, "the run has no trial yet");
  }
  if (!error) {
    const json_t *clock = json_object_get(run->header, "clock");
    error = bench_table_print(
        stdout, &summary, json_number_value(json_object_get(clock, "step_ns")));
    results_summary_free(&summary);
  }
  return error ? bench_usage(argv0, "%s", strerror(-error)) : BENCH_EXIT_OK;
}

int bench_command_table(int argc, char **argv) {
  const char *folder = NULL;
  struct results_run *run;
  struct results_error where = {0};
  int status = bench_parse(&argp, argc, argv, &folder);
  if (status != BENCH_EXIT_OK)
    return status;
  if (results_run_read(folder, &run, &where)) {
    char why[512];
    results_error_text(&where, why, sizeof why);
    return bench_usage(argv[0], "%s", why);
  }
  status = print(argv[0], run);
  results_run_close(run);
  return status;
}
