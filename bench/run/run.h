/* A whole run: from options to a folder with everything in it. */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include "bench/options.h"

/* Measures and stores; prints tables on stdout, progress and complaints, one
 * line each and led by `name`, on stderr.
 * @return an exit status (bench/command/command.h); 128 + SIGINT when it was
 *         interrupted: the run is readable then, too */
int bench_run(const char *name, const struct bench_options *);

#endif
