/* A table of a run, there whole or not at all. */
#ifndef BENCH_REPLACE_H
#define BENCH_REPLACE_H

#include <stdio.h>

/* Replaces FOLDER/NAME by what `fill` writes; numbers are written as in the C
 * locale.
 * @return 0 or a negative errno; on error the old file is as it was */
int bench_file_replace(const char *folder, const char *name,
                       void (*fill)(FILE *, const void *), const void *context);

#endif
