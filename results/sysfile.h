/* The small text files by which the kernel describes a machine. Each function
 * answers "cannot be read" with NULL or false. */
#ifndef RESULTS_SYSFILE_H
#define RESULTS_SYSFILE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Reads up to size - 1 bytes of a file and cuts trailing white space off; an
 * empty file is a text, too. */
bool results_sysfile_read(const char *path, char *text, size_t size);

/* The file's text as a JSON string. */
json_t *results_sysfile_string(const char *path);

/* The file's "0" or "1" as a JSON boolean.
 * @param one  what "1" stands for */
json_t *results_sysfile_bool(const char *path, bool one);

/* The file's integer. */
json_t *results_sysfile_integer(const char *path);

/* The word in brackets of a file such as "always [madvise] never". */
json_t *results_sysfile_choice(const char *path);

/* The value of the first line `key : value` or `key=value` of a text; quotes
 * around it are taken off. */
json_t *results_sysfile_key(const char *text, const char *key, char separator);

#endif
