/* kspin doctor: is this machine fit to measure? */
#include <stdint.h>
#include <stdlib.h>

#include "bench/command/command.h"
#include "bench/doctor.h"
#include "topology/pin.h"

enum { JSON = 256, AUDIT, THREADS, ROOT };

struct request {
  const char *root; /* NULL: this machine */
  size_t threads;
  bool json, audit;
};

static const struct argp_option options[] = {
    {"json", JSON, NULL, 0,
     "Print one JSON object: checks, each with name, severity (fail, warn or "
     "info), value, meaning and remedy",
     0},
    {"audit", AUDIT, NULL, 0,
     "Measure the links between CPUs and compare them with what hwloc says of "
     "them: some seconds; on a guest it is done anyway",
     0},
    {"threads", THREADS, "N", 0,
     "Fail unless N threads have a CPU each (default: 2)", 0},
    {"root", ROOT, "DIR", OPTION_HIDDEN,
     "Examine the files below DIR/proc and DIR/sys, and nothing else", 0},
    {0}};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  long long number;
  switch (key) {
  case JSON:
    request->json = true;
    return 0;
  case AUDIT:
    request->audit = true;
    return 0;
  case THREADS:
    if (bench_take_number(state->argv[0], "threads", argument, 1, INT32_MAX,
                          &number))
      return EINVAL;
    request->threads = (size_t)number;
    return 0;
  case ROOT:
    request->root = argument;
    return 0;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

/* What the program finds out itself, about this machine. */
struct own {
  struct topology_machine *machine;
  struct bench_clock clock;
  char why[512];
};

/* A machine that cannot be opened is a finding, not an end. */
static void find_out(struct own *own, struct bench_examination *order) {
  int error = topology_machine_open(NULL, NULL, &own->machine);
  if (error) {
    topology_machine_why(error, NULL, NULL, own->why, sizeof own->why);
    order->machine_why = own->why;
  }
  struct topology_mask before;
  bool pinned = !error && !topology_pin_self(
                              own->machine,
                              topology_cpu_at(own->machine, 0)->os, &before);
  bench_clock_init(&own->clock);
  if (pinned)
    topology_pin_restore(&before);
  order->machine = own->machine;
  order->clock = &own->clock;
}

static int report(const char *argv0, const struct request *request,
                  const struct bench_examination *order) {
  if (!request->json) {
    bench_doctor_print(stdout, order);
  } else if (bench_print_json(bench_doctor_json(order)) != BENCH_EXIT_OK) {
    return bench_usage(argv0, "cannot write the findings");
  }
  return bench_doctor_count(order, BENCH_FAIL) ? BENCH_EXIT_FAILED
                                               : BENCH_EXIT_OK;
}

int bench_command_doctor(int argc, char **argv) {
  static const struct argp argp = {
      .options = options,
      .parser = parse,
      .doc = "Is this machine fit to measure?\vReads /proc and /sys, changes "
             "nothing, needs no privilege. Exit status 0: nothing failed; 1: a "
             "check failed; 2: bad input."};
  struct request request = {.threads = 2};
  struct own own = {0};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  struct bench_examination order = {.root = request.root ? request.root : "",
                                    .threads = request.threads,
                                    .audit = request.audit};
  if (!request.root)
    find_out(&own, &order);
  status = bench_doctor_examine(&order) ? bench_usage(argv[0], "out of memory")
                                        : report(argv[0], &request, &order);
  bench_doctor_free(&order);
  topology_machine_close(own.machine);
  return status;
}
