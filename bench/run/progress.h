/* The line on stderr that says how far a campaign is. */
#ifndef BENCH_PROGRESS_H
#define BENCH_PROGRESS_H

#include <stddef.h>

/* Rewrites the line; nothing when stderr is no terminal.
 * @param left_s  seconds to go; negative when not yet known */
void bench_progress(size_t done, size_t total, double left_s, const char *what);

/* Clears the line. */
void bench_progress_end(void);

#endif
