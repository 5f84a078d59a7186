/* Drawing a run's plots from within the program. */
#ifndef BENCH_COMMAND_PLOT_H
#define BENCH_COMMAND_PLOT_H

#include <stdio.h>

/* Draws every picture that the run has rows for into RUN/plots, as SVG and PNG.
 * @param log  gets one line for what was drawn and one for each complaint
 * @return BENCH_EXIT_OK, or BENCH_EXIT_USAGE when something could not be */
int bench_plot_run(const char *run_folder, FILE *log);

#endif
