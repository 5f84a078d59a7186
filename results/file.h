/* Folders, and files that are there whole or not at all. */
#ifndef RESULTS_FILE_H
#define RESULTS_FILE_H

#include <stdio.h>

/* Writes a file's content.
 * @return 0 or a negative errno; a failed write needs no check of its own */
typedef int results_file_fill(FILE *file, const void *context);

/* Replaces FOLDER/NAME: a temporary file beside it is filled, synced and
 * renamed; numbers are written as in the C locale.
 * @return 0; what `fill` returned; errors of open(2), write(2), fsync(2),
 *         rename(2); -ENAMETOOLONG; on error the old file is as it was */
int results_file_replace(const char *folder, const char *name,
                         results_file_fill *fill, const void *context);

/* Makes a folder and those above it; one that is there already is fine.
 * @return 0 or the error of mkdir(2); -ENOTDIR when a file is in the way */
int results_folder_make(const char *path);

/* Joins FOLDER/NAME into `path`.
 * @param path  PATH_MAX bytes
 * @return 0 or -ENAMETOOLONG */
int results_path_join(const char *folder, const char *name, char *path);

#endif
