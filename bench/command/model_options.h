/* The options of `kspin model`. */
#ifndef BENCH_COMMAND_MODEL_OPTIONS_H
#define BENCH_COMMAND_MODEL_OPTIONS_H

#include <stdbool.h>

#include "locks/model/client.h"

struct bench_model_options {
  const char *argv0;
  const char *family, *lock;     /* NULL: all */
  const char *seed;              /* a number or "all"; NULL: none */
  struct model_config config[2]; /* the one asked for, and the end */
  struct model_search search;
  bool mutate, json;
};

/* Parses and checks the command line.
 * @return BENCH_EXIT_OK, or BENCH_EXIT_USAGE after a line on stderr */
int bench_model_options_read(int argc, char **argv,
                             struct bench_model_options *out);

#endif
