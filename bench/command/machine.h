/* The machine that a subcommand is about: this one, or a described one. */
#ifndef BENCH_COMMAND_MACHINE_H
#define BENCH_COMMAND_MACHINE_H

#include <argp.h>

#include "topology/machine.h"

/* Both NULL: this machine. */
struct bench_machine_choice {
  const char *synthetic, *xml;
};

/* A parser of --synthetic and --xml for argp's `children`; its input is a
 * struct bench_machine_choice. */
extern const struct argp bench_machine_argp;

/* Opens what was chosen; to be closed by topology_machine_close.
 * @return BENCH_EXIT_OK, or BENCH_EXIT_USAGE after a line on stderr */
int bench_machine_open(const char *argv0, const struct bench_machine_choice *,
                       struct topology_machine **out);

#endif
