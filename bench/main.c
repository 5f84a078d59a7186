/* The program: finds the subcommand and hands over. */
#include <argp.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"

const struct bench_command bench_commands[] = {
    {"list", "what can be measured: locks, workloads, placements",
     bench_command_list},
    {"topology", "the machine, and what each placement makes of it",
     bench_command_topology},
    {"doctor", "whether this machine is fit to measure, and what mends it",
     bench_command_doctor},
    {"bench", "measure, and leave a table, a run folder and plots",
     bench_command_bench},
    {"compare", "two locks of a run, or two runs: faster, slower, same?",
     bench_command_compare},
    {"conformance", "the behaviours of the NT spin-lock API, over every lock",
     bench_command_conformance},
    {"model", "check the locks by every execution of small programs",
     bench_command_model},
    {"plan", "say what a run would measure, and for how long",
     bench_command_plan},
    {"plot", "draw the plots of a run again", bench_command_plot},
    {"table", "print the tables of a run again", bench_command_table},
    {"predict", "throughput from costs measured apart, here or elsewhere",
     bench_command_predict},
    {"report", "a run as one page: plots, tables, machine, how to read",
     bench_command_report},
    {0},
};

static void print_usage(FILE *file) {
  fputs("Usage: kspin COMMAND [OPTION...]\n"
        "How fast does a lock change hands? NT spin locks, measured.\n\n",
        file);
  for (const struct bench_command *c = bench_commands; c->name; c++)
    fprintf(file, "  %-11s %s\n", c->name, c->summary);
  fputs("\nkspin COMMAND --help says more; kspin --version prints the version."
        "\n",
        file);
}

/* 'list', 'topology', … for the one line of an error. */
static int unknown(const char *name) {
  char names[256];
  size_t used = 0;
  for (const struct bench_command *c = bench_commands; c->name; c++)
    used += (size_t)snprintf(names + used, sizeof names - used, " %s", c->name);
  return bench_usage("kspin", "unknown command '%s'; there are%s", name, names);
}

static int run(const struct bench_command *command, int argc, char **argv) {
  static char name[64];
  snprintf(name, sizeof name, "kspin %s", command->name);
  argv[0] = name;
  int status = command->run(argc, argv);
  if (fflush(stdout) || ferror(stdout))
    return bench_usage(name, "cannot write to standard output: %s",
                       strerror(errno));
  return status;
}

int main(int argc, char **argv) {
  const char *name = argc > 1 ? argv[1] : "--help";
  if (!strcmp(name, "--help") || !strcmp(name, "-?") || !strcmp(name, "help")) {
    print_usage(argc > 1 ? stdout : stderr);
    return argc > 1 ? BENCH_EXIT_OK : BENCH_EXIT_USAGE;
  }
  if (!strcmp(name, "--version") || !strcmp(name, "-V")) {
    puts("kspin " KSPIN_VERSION);
    return BENCH_EXIT_OK;
  }
  for (const struct bench_command *c = bench_commands; c->name; c++)
    if (!strcmp(name, c->name))
      return run(c, argc - 1, argv + 1);
  return unknown(name);
}
