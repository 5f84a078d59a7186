#include "bench/command/command.h"
#include "bench/command/plot.h"
int bench_plot_run(const char *run_folder, FILE *log) { (void)run_folder; (void)log; return 0; }
int bench_command_plot(int argc, char **argv) { (void)argc; return bench_usage(argv[0], "not yet"); }
