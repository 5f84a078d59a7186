/* The options of a run on the command line, for every subcommand that takes
 * them. */
#ifndef BENCH_COMMAND_OPTIONS_H
#define BENCH_COMMAND_OPTIONS_H

#include <argp.h>

#include "bench/options.h"

/* What they are when none is given. */
#define BENCH_OPTIONS_DEFAULT ((struct bench_options){.seed = 1})

/* A parser for argp's `children`; its input is a struct bench_options. */
extern const struct argp bench_options_argp;

#endif
