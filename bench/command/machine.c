/* --synthetic and --xml (see machine.h). */
#include "bench/command/machine.h"

#include "bench/command/command.h"

/* Beyond the keys of those who take these options. */
enum { SYNTHETIC = 2048, XML };

static const struct argp_option options[] = {
    {"synthetic", SYNTHETIC, "MACHINE", 0,
     "A machine in hwloc's synthetic notation, for instance "
     "'package:2 [numa] l3:1 core:4 pu:2'",
     0},
    {"xml", XML, "FILE", 0, "The machine that lstopo wrote to FILE", 0},
    {0}};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct bench_machine_choice *choice = state->input;
  switch (key) {
  case SYNTHETIC:
    choice->synthetic = argument;
    return 0;
  case XML:
    choice->xml = argument;
    return 0;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

const struct argp bench_machine_argp = {.options = options, .parser = parse};

int bench_machine_open(const char *argv0,
                       const struct bench_machine_choice *choice,
                       struct topology_machine **out) {
  if (choice->synthetic && choice->xml)
    return bench_usage(argv0, "--synthetic and --xml are two machines; name "
                              "one");
  int error = topology_machine_open(choice->synthetic, choice->xml, out);
  if (!error)
    return BENCH_EXIT_OK;
  char why[512];
  topology_machine_why(error, choice->synthetic, choice->xml, why, sizeof why);
  return bench_usage(argv0, "%s", why);
}
