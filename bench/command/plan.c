/* kspin plan: what a run would measure, and for how long, before it runs; for
 * machines, too, that are only described. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/command/machine.h"
#include "bench/command/options.h"
#include "bench/command/plan_report.h"

enum { JSON = 1024 };

struct request {
  struct bench_options options;
  struct bench_machine_choice machine;
  bool json;
};

static const struct argp_option options[] = {
    {"json", JSON, NULL, 0, "As JSON", 0}, {0}};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  (void)argument;
  switch (key) {
  case ARGP_KEY_INIT:
    state->child_inputs[0] = &request->options;
    state->child_inputs[1] = &request->machine;
    return 0;
  case JSON:
    request->json = true;
    return 0;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_child children[] = {
    {.argp = &bench_options_argp}, {.argp = &bench_machine_argp}, {0}};

static const struct argp argp = {
    .options = options,
    .parser = parse,
    .children = children,
    .doc = "Prints what kspin bench would measure with these options, and "
           "about how long it would take.",
};

/* Nothing is measured: critical sections are those of a transfer not known. */
static int make(const char *argv0, const struct request *request,
                const struct topology_machine *machine) {
  char why[2560];
  struct bench_ground ground = {
      .machine = machine, .stamps = true, .transfer_ns = (double)NAN};
  struct bench_plan plan;
  if (bench_plan_make(&request->options, &ground, &plan, why, sizeof why))
    return bench_usage(argv0, "%s", why);
  struct bench_forecast forecast;
  int error =
      bench_forecast_make(&plan, &request->options, &forecast, why, sizeof why);
  int status = BENCH_EXIT_OK;
  if (error)
    status = bench_usage(argv0, "%s", why);
  else if (request->json)
    status = bench_print_json(bench_forecast_json(machine, &plan, &forecast));
  else
    bench_forecast_print(stdout, machine, &plan, &forecast);
  if (!error)
    bench_forecast_free(&forecast);
  bench_plan_free(&plan);
  return status;
}

int bench_command_plan(int argc, char **argv) {
  struct request request = {.options = BENCH_OPTIONS_DEFAULT};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  if (request.options.out || request.options.resume)
    return bench_usage(argv[0],
                       "--%s: a plan leaves no run and goes on with "
                       "none; leave it out",
                       request.options.out ? "out" : "resume");
  struct topology_machine *machine;
  status = bench_machine_open(argv[0], &request.machine, &machine);
  if (status != BENCH_EXIT_OK)
    return status;
  status = make(argv[0], &request, machine);
  topology_machine_close(machine);
  return status;
}
