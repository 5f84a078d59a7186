/* Writing a run's folder, so that a kill at any moment leaves it readable.
 *
 * trials.jsonl only grows: one line and one write(2) for each trial, so a kill
 * loses at most the trial in flight; a write that fails half-way (disk full) is
 * taken back. Every other file appears whole or not at all (temporary file,
 * fsync, rename). The trials survive the death of the process at once, that of
 * the machine when the store is closed.
 *
 * One process writes a folder: trials.jsonl is locked with flock(2) where the
 * file system can. Not thread-safe. */
#ifndef RESULTS_STORE_H
#define RESULTS_STORE_H

#include "results/histogram.h"
#include "results/trial.h"

#include <jansson.h>

struct results_store;

/* Creates a run's folder, with its parents, and an empty trials.jsonl in it.
 * @param folder  where; NULL for a new folder BASE/<UTC time>-<host>
 * @param base    used when folder is NULL: "results/runs"
 * @param out     released with results_store_close()
 * @return 0; -EEXIST when the folder holds a run already (run.json, or a
 * trial); -EBUSY when another process writes it; -EROFS or -EACCES when it may
 *         not be written; -ENOTDIR, -ENOSPC and the other errors of mkdir(2)
 *         and open(2); -ENOMEM */
int results_store_create(const char *folder, const char *base,
                         struct results_store **out);

/* Opens the folder of an interrupted run in order to append to it; a torn last
 * line is cut off.
 * @return 0; -ENOENT when it holds no run; -EBUSY when another process writes
 *         it; other errors of open(2) and ftruncate(2); -ENOMEM */
int results_store_resume(const char *folder, struct results_store **out);

/* The path of the folder as it was opened; lives as long as the store. */
const char *results_store_folder(const struct results_store *store);

/* Writes a file of the folder as JSON, whole or not at all, replacing it.
 * @param name   "run.json"; no slash
 * @param value  borrowed
 * @return 0; -EINVAL for a name with a slash or a value that is no array or
 *         object; -ENOSPC and other errors of write(2); -ENOMEM */
int results_store_write_json(struct results_store *store, const char *name,
                             const json_t *value);

/* Appends a trial.
 * @param acquire  its acquire latencies in nanoseconds, or NULL
 * @return 0; -EINVAL when results_trial_check() finds fault; -ENOSPC and other
 *         errors of write(2), the file then being as before; -ENOMEM */
int results_store_append(struct results_store *store,
                         const struct results_trial *trial,
                         const struct results_histogram *acquire);

/* Syncs trials.jsonl and releases the store; NULL is fine.
 * @return 0 or the error of fsync(2) or close(2); released in any case */
int results_store_close(struct results_store *store);

#endif
