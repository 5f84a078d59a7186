/* Where a run comes from, in one line: it stands under every picture. */
#ifndef BENCH_CAPTION_H
#define BENCH_CAPTION_H

#include <jansson.h>

/* Puts CPU, kernel, build, guest or not, and date into words.
 * @param record  a run.json; what it does not know is left out
 * @return a text to be released with free(), or NULL when memory is short */
char *bench_caption(const json_t *record);

/* Writes what the plot programs read beside the tables: lines of key, tab,
 * value; footer (the caption) and step_ns (the clock's step).
 * @return 0, -ENOMEM or an error of open(2) or write(2) */
int bench_caption_write(const json_t *record, const char *path);

#endif
