/* The program's subcommands: one table that parses and prints.
 *
 * A subcommand is one file `bench/command/<name>.c` with one entry point. It
 * parses its own options with argp, prints its result on stdout and returns
 * the exit status of the program. */
#ifndef BENCH_COMMAND_H
#define BENCH_COMMAND_H

#include <argp.h>
#include <jansson.h>
#include <stdbool.h>

/* Exit statuses, the same for every subcommand. A run of measurements that a
 * signal ended leaves with 128 + SIGINT, as a shell has it. */
enum bench_exit {
  BENCH_EXIT_OK = 0,
  BENCH_EXIT_FAILED = 1, /* ran, and the answer is no (a check failed) */
  BENCH_EXIT_USAGE = 2,  /* bad input, or the machine refused */
};

struct bench_command {
  const char *name;
  const char *summary; /* one line for `kspin --help` */
  /* @param argv  argv[0] is "kspin NAME", for argp's messages */
  int (*run)(int argc, char **argv);
};

/* The table, ended by a null name, in the order that help prints it. */
extern const struct bench_command bench_commands[];

/* Prints `argv0: message` as one line on stderr, a `?` for each character that
 * would begin another or steer the terminal.
 * @return BENCH_EXIT_USAGE, so that a caller can `return bench_usage(...)` */
int bench_usage(const char *argv0, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Parses with argp so that every bad option ends as one line and exit 2, and
 * so does an argument where `args_doc` names none; adds --version. @return 0,
 * or an exit status to leave with */
int bench_parse(const struct argp *argp, int argc, char **argv, void *input);

/* Reads the whole number that an option was given.
 * @param option  without its dashes
 * @param out     untouched on error
 * @return 0, or EINVAL after a line on stderr that says the range */
error_t bench_take_number(const char *argv0, const char *option,
                          const char *text, long long low, long long high,
                          long long *out);

/* Takes the one RUN of a subcommand: argp's ARGP_KEY_ARG and ARGP_KEY_NO_ARGS.
 * @param argument  NULL: there is none
 * @return 0, or EINVAL after a line on stderr */
error_t bench_take_run(const char *argv0, const char *argument,
                       const char **run);

/* Prints an object on stdout and gives it up.
 * @param object  NULL: there was no memory for it
 * @return BENCH_EXIT_OK or BENCH_EXIT_FAILED */
int bench_print_json(json_t *object);

int bench_command_bench(int argc, char **argv);
int bench_command_compare(int argc, char **argv);
int bench_command_conformance(int argc, char **argv);
int bench_command_doctor(int argc, char **argv);
int bench_command_list(int argc, char **argv);
int bench_command_model(int argc, char **argv);
int bench_command_plan(int argc, char **argv);
int bench_command_plot(int argc, char **argv);
int bench_command_predict(int argc, char **argv);
int bench_command_report(int argc, char **argv);
int bench_command_table(int argc, char **argv);
int bench_command_topology(int argc, char **argv);

#endif
