/* kspin plan: what a run would measure, and for how long, before it runs; for
 * machines, too, that are only described. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/command/options.h"
#include "bench/command/plan_report.h"

enum { SYNTHETIC = 1024, XML, JSON };

struct request {
  struct bench_options options;
  const char *synthetic, *xml;
  bool json;
};

static const struct argp_option options[] = {
    {"synthetic", SYNTHETIC, "TEXT", 0,
     "A machine in hwloc's synthetic notation, like 'package:2 core:4 pu:2'",
     0},
    {"xml", XML, "FILE", 0, "A machine as lstopo saved it", 0},
    {"json", JSON, NULL, 0, "As JSON", 0},
    {0}};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  switch (key) {
  case ARGP_KEY_INIT:
    state->child_inputs[0] = &request->options;
    return 0;
  case SYNTHETIC:
    request->synthetic = argument;
    return 0;
  case XML:
    request->xml = argument;
    return 0;
  case JSON:
    request->json = true;
    return 0;
  case ARGP_KEY_ARG:
    bench_usage(state->argv[0], "takes no argument, but was given '%s'",
                argument);
    return EINVAL;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_child children[] = {{.argp = &bench_options_argp},
                                             {0}};

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
  if (error)
    bench_usage(argv0, "%s", why);
  else if (request->json)
    error = bench_forecast_print_json(stdout, machine, &plan, &forecast);
  else
    bench_forecast_print(stdout, machine, &plan, &forecast);
  if (!error)
    bench_forecast_free(&forecast);
  bench_plan_free(&plan);
  return error ? BENCH_EXIT_USAGE : BENCH_EXIT_OK;
}

int bench_command_plan(int argc, char **argv) {
  struct request request = {.options = BENCH_OPTIONS_DEFAULT};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  if (request.synthetic && request.xml)
    return bench_usage(argv[0], "--synthetic and --xml are two machines; "
                                "name one");
  struct topology_machine *machine;
  int error = topology_machine_open(request.synthetic, request.xml, &machine);
  if (error) {
    char why[512];
    topology_machine_why(error, request.synthetic, request.xml, why,
                         sizeof why);
    return bench_usage(argv[0], "%s", why);
  }
  status = make(argv[0], &request, machine);
  topology_machine_close(machine);
  return status;
}
