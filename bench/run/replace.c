/* Writing beside a file, then moving it there (see replace.h). */
#include "bench/run/replace.h"

#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <unistd.h>

static int fill_file(const char *path, void (*fill)(FILE *, const void *),
                     const void *context) {
  FILE *file = fopen(path, "wxe");
  if (!file)
    return -errno;
  locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  locale_t before = plain ? uselocale(plain) : (locale_t)0;
  fill(file, context);
  if (plain) {
    uselocale(before);
    freelocale(plain);
  }
  int error = ferror(file) ? -EIO : 0;
  return fclose(file) && !error ? -EIO : error;
}

int bench_file_replace(const char *folder, const char *name,
                       void (*fill)(FILE *, const void *),
                       const void *context) {
  char part[PATH_MAX], path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s/%s", folder, name) >= PATH_MAX ||
      snprintf(part, sizeof part, "%s/.%s-%ld", folder, name, (long)getpid()) >=
          PATH_MAX)
    return -ENAMETOOLONG;
  int error = fill_file(part, fill, context);
  if (error == -EEXIST) /* of a process that was killed */
    unlink(part);
  if (error == -EEXIST)
    error = fill_file(part, fill, context);
  if (!error && rename(part, path))
    error = -errno;
  if (error)
    unlink(part);
  return error;
}
