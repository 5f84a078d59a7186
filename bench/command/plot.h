/* Drawing a run's plots from within the program. */
#ifndef BENCH_COMMAND_PLOT_H
#define BENCH_COMMAND_PLOT_H
#include <stdio.h>
int bench_plot_run(const char *run_folder, FILE *log);
#endif
