#include "bench/command/command.h"
int bench_command_topology(int argc, char **argv) { (void)argc; return bench_usage(argv[0], "not yet"); }
