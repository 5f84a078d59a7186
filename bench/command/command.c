/* What every subcommand shares: options and their errors (see command.h). */
#include "bench/command/command.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/list.h"

static void print_version(FILE *file, struct argp_state *state) {
  (void)state;
  fputs("kspin " KSPIN_VERSION "\n", file);
}

void (*argp_program_version_hook)(FILE *, struct argp_state *) = print_version;
error_t argp_err_exit_status = BENCH_EXIT_USAGE;

int bench_usage(const char *argv0, const char *format, ...) {
  char *line = NULL;
  va_list arguments;
  va_start(arguments, format);
  if (vasprintf(&line, format, arguments) < 0)
    line = NULL;
  va_end(arguments);
  /* One line, whatever an argument or the name of a file holds. */
  for (char *c = line; c && *c; c++)
    if (iscntrl((unsigned char)*c))
      *c = '?';
  fprintf(stderr, "%s: %s\n", argv0, line ? line : "out of memory");
  free(line);
  return BENCH_EXIT_USAGE;
}

error_t bench_take_number(const char *argv0, const char *option,
                          const char *text, long long low, long long high,
                          long long *out) {
  char most[24] = "2^63 - 1";
  if (bench_number(text, low, high, out))
    return 0;
  if (high != INT64_MAX)
    snprintf(most, sizeof most, "%lld", high);
  bench_usage(argv0, "--%s: '%s' is no whole number from %lld to %s", option,
              text, low, most);
  return EINVAL;
}

static const struct argp_option *find(const struct argp *argp, const char *name,
                                      size_t length) {
  const struct argp_option *found = NULL;
  for (const struct argp_option *o = argp->options; o && (o->name || o->doc);
       o++)
    if (o->name && !strncmp(o->name, name, length) && !o->name[length])
      return o;
  for (const struct argp_child *c = argp->children; !found && c && c->argp; c++)
    found = find(c->argp, name, length);
  return found;
}

static void list_options(const struct argp *argp, FILE *file) {
  for (const struct argp_option *o = argp->options; o && (o->name || o->doc);
       o++)
    if (o->name && !(o->flags & OPTION_HIDDEN))
      fprintf(file, " --%s", o->name);
  for (const struct argp_child *c = argp->children; c && c->argp; c++)
    list_options(c->argp, file);
}

static int unknown(const struct argp *argp, const char *argv0,
                   const char *argument) {
  char *names = NULL;
  size_t size;
  FILE *file = open_memstream(&names, &size);
  if (file) {
    list_options(argp, file);
    fclose(file);
  }
  bench_usage(argv0, "unknown option '%s'; there are%s --help --version",
              argument, names ? names : "");
  free(names);
  return BENCH_EXIT_USAGE;
}

static bool is_of_argp(const char *argument) {
  static const char *const known[] = {"-?", "-V", "--help", "--usage",
                                      "--version"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (!strcmp(argument, known[i]))
      return true;
  return false;
}

/* @param value  what follows the option, or NULL; @param takes  out: whether
 * that is its value
 * @return 0, or an exit status after a line on stderr */
static int check_option(const struct argp *argp, const char *argv0,
                        const char *argument, const char *value, bool *takes) {
  const char *name = argument + 2;
  size_t length = strcspn(name, "=");
  const struct argp_option *option =
      argument[1] == '-' ? find(argp, name, length) : NULL;
  if (!option)
    return unknown(argp, argv0, argument);
  if (!option->arg && name[length])
    return bench_usage(argv0, "--%s: takes no value", option->name);
  *takes = option->arg && !name[length];
  return *takes && !value
             ? bench_usage(argv0, "--%s: needs %s", option->name, option->arg)
             : BENCH_EXIT_OK;
}

/* argp would print two lines and a hint: look first, and say it in one. */
static int check(const struct argp *argp, int argc, char **argv) {
  bool options = true; /* until a `--` */
  int status = BENCH_EXIT_OK;
  for (int i = 1; i < argc && status == BENCH_EXIT_OK; i++) {
    bool takes = false;
    if (options && !strcmp(argv[i], "--"))
      options = false;
    else if (!options || argv[i][0] != '-' || !argv[i][1])
      status =
          argp->args_doc
              ? BENCH_EXIT_OK
              : bench_usage(argv[0], "takes no argument, but was given '%s'",
                            argv[i]);
    else if (!is_of_argp(argv[i]))
      status = check_option(argp, argv[0], argv[i], argv[i + 1], &takes);
    i += takes;
  }
  return status;
}

int bench_parse(const struct argp *argp, int argc, char **argv, void *input) {
  int status = check(argp, argc, argv);
  if (status != BENCH_EXIT_OK)
    return status;
  error_t error = argp_parse(argp, argc, argv, 0, NULL, input);
  return error ? BENCH_EXIT_USAGE : BENCH_EXIT_OK;
}

error_t bench_take_run(const char *argv0, const char *argument,
                       const char **run) {
  if (argument && !*run) {
    *run = argument;
    return 0;
  }
  if (argument)
    bench_usage(argv0, "one run is enough, but there is '%s', too", argument);
  else
    bench_usage(argv0, "which run? Name its folder");
  return EINVAL;
}

int bench_print_json(json_t *object) {
  bool failed = !object || json_dumpf(object, stdout, JSON_INDENT(2));
  json_decref(object);
  return failed || putchar('\n') == EOF ? BENCH_EXIT_FAILED : BENCH_EXIT_OK;
}
