/* The line on stderr that says how far a campaign is. */
#include "bench/run/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static bool shown(void) {
  return isatty(STDERR_FILENO);
}

void bench_progress(size_t done, size_t total, double left_s,
                    const char *what) {
  if (!shown())
    return;
  if (left_s < 0)
    fprintf(stderr, "\r\033[K%zu of %zu trials  %.50s", done, total, what);
  else
    fprintf(stderr, "\r\033[K%zu of %zu trials, %.0f s left  %.50s", done,
            total, left_s, what);
  fflush(stderr);
}

void bench_progress_end(void) {
  if (shown())
    fputs("\r\033[K", stderr);
}
