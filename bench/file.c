/* Reading them (see file.h). */
#include "bench/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int bench_file_read(const char *path, char **out) {
  char *text = NULL;
  size_t size = 0;
  FILE *file = fopen(path, "re");
  if (!file)
    return -errno;
  int error = 0;
  if (getdelim(&text, &size, '\0', file) < 0)
    error = feof(file) ? -EBADMSG : -errno;
  fclose(file);
  if (error)
    free(text);
  else
    *out = text;
  return error;
}
