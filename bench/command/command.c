/* What every subcommand shares: options and their errors (see command.h). */
#include "bench/command/command.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_version(FILE *file, struct argp_state *state) {
  (void)state;
  fputs("kspin " KSPIN_VERSION "\n", file);
}

void (*argp_program_version_hook)(FILE *, struct argp_state *) = print_version;
error_t argp_err_exit_status = BENCH_EXIT_USAGE;

int bench_usage(const char *argv0, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "%s: ", argv0);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  return BENCH_EXIT_USAGE;
}

static const struct argp_option *find(const struct argp *argp, const char *name,
                                      size_t length) {
  const struct argp_option *found = NULL;
  for (const struct argp_option *o = argp->options; o && (o->name || o->doc);
       o++) {
    if (!o->name || strncmp(o->name, name, length))
      continue;
    if (!o->name[length])
      return o;
    found = found ? found : o;
  }
  for (const struct argp_child *c = argp->children; c && c->argp; c++) {
    const struct argp_option *there = find(c->argp, name, length);
    if (there && (!found || !there->name[length]))
      found = there;
  }
  return found;
}

static void list_options(const struct argp *argp) {
  for (const struct argp_option *o = argp->options; o && (o->name || o->doc);
       o++)
    if (o->name && !(o->flags & OPTION_HIDDEN))
      fprintf(stderr, " --%s", o->name);
  for (const struct argp_child *c = argp->children; c && c->argp; c++)
    list_options(c->argp);
}

/* argp would print two lines and a hint: look first, and say it in one. */
static int check(const struct argp *argp, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    const char *argument = argv[i];
    if (!strcmp(argument, "--"))
      return BENCH_EXIT_OK;
    if (argument[0] != '-' || !argument[1]) {
      if (!argp->args_doc)
        return bench_usage(argv[0], "takes no argument, but was given '%s'",
                           argument);
      continue;
    }
    if (!strcmp(argument, "-?") || !strcmp(argument, "-V") ||
        !strcmp(argument, "--help") || !strcmp(argument, "--usage") ||
        !strcmp(argument, "--version"))
      continue;
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const struct argp_option *option =
        argument[1] == '-' ? find(argp, name, length) : NULL;
    if (!option) {
      fprintf(stderr, "%s: unknown option '%s'; there are", argv[0], argument);
      list_options(argp);
      fputs(" --help --version\n", stderr);
      return BENCH_EXIT_USAGE;
    }
    bool optional = option->flags & OPTION_ARG_OPTIONAL;
    if (option->arg && !optional && !name[length] && ++i >= argc)
      return bench_usage(argv[0], "--%s: needs %s", option->name, option->arg);
    if (!option->arg && name[length])
      return bench_usage(argv[0], "--%s: takes no value", option->name);
  }
  return BENCH_EXIT_OK;
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
