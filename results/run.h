/* Reading a run's folder back.
 *
 * Only a line that the writer had not finished is forgiven: a last line without
 * its newline is left out and `truncated` says so. Everything else that is not
 * as it should be is an error with file, line and field.
 *
 * A key that trial.def does not know is ignored: a newer kspin wrote it, and as
 * trials.jsonl is only ever appended to, nothing is lost by it. A missing TEXT
 * or INT, a wrong type, a key twice, an unknown verdict are errors. */
#ifndef RESULTS_RUN_H
#define RESULTS_RUN_H

#include "results/histogram.h"
#include "results/trial.h"

#include <jansson.h>

/* What was wrong and where. */
struct results_error {
  char file[256];    /* path as opened, its end when too long */
  size_t line;       /* from 1; 0 when the file as a whole is meant */
  char field[48];    /* key at fault, or "" */
  char message[160]; /* what it is and what it should be */
};

/* Writes `file:line: field: message`, leaving out what is not known. */
void results_error_text(const struct results_error *error, char *text,
                        size_t size);

/* The acquire-latency histogram of one trial, as stored. */
struct results_sparse {
  const struct results_bucket *buckets; /* ascending; NULL when none */
  size_t count;
};

struct results_run {
  json_t *header; /* run.json */
  struct results_trial *trials;
  struct results_sparse *acquire; /* of trials[i] */
  size_t count;
  bool truncated; /* the last line was torn and is left out */
  struct results_arena *arena;
};

/* Reads run.json and trials.jsonl of a folder.
 * @param out    released with results_run_close(); untouched on error
 * @param error  filled on every error
 * @return 0; -ENOENT and other errors of open(2); -EBADMSG for content that
 *         cannot be read; -EPROTO for a schema newer than RESULTS_SCHEMA;
 *         -ENOMEM */
int results_run_read(const char *folder, struct results_run **out,
                     struct results_error *error);

/* Releases a run and every string of its trials; NULL is fine. */
void results_run_close(struct results_run *run);

#endif
