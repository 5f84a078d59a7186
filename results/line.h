/* A trial as one line of JSON, both ways. Private to results/. */
#ifndef RESULTS_LINE_H
#define RESULTS_LINE_H

#include "results/arena.h"
#include "results/run.h"

/* The key of the histogram within a line: [[index, count], ...]. */
#define RESULTS_ACQUIRE_KEY "acquire_histogram"

/* Writes a trial.
 * @param acquire  or NULL
 * @param out      a line without newline, released with free()
 * @return 0; -EINVAL when results_trial_check() finds fault; -ENOMEM */
int results_line_write(const struct results_trial *trial,
                       const struct results_histogram *acquire, char **out);

/* Reads a trial.
 * @param arena    where its strings and buckets go
 * @param error    on failure its field and message are filled
 * @return 0, -EBADMSG or -ENOMEM */
int results_line_read(const char *line, size_t length,
                      struct results_arena *arena, struct results_trial *trial,
                      struct results_sparse *acquire,
                      struct results_error *error);

#endif
