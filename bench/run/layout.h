/* cpus.csv: where each CPU of a run sits, for pictures in the order of the
 * hardware. */
#ifndef BENCH_LAYOUT_H
#define BENCH_LAYOUT_H

#include <jansson.h>

/* Writes FOLDER/cpus.csv from a run's record: a line for each CPU, neighbours
 * in the hardware being neighbours in the file. A record that does not say
 * where CPUs are makes no file.
 * @return 0 or a negative errno */
int bench_layout_write(const char *folder, const json_t *record);

#endif
