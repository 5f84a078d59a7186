/* Replacing a file and making folders. */
#include "results/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int results_path_join(const char *folder, const char *name, char *path) {
  const int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);
  return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* Runs `fill` with a point as the decimal sign, whatever the user's locale. */
static int fill_in_c_locale(results_file_fill *fill, FILE *file,
                            const void *context) {
  locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (!c)
    return -errno;
  locale_t previous = uselocale(c);
  const int error = fill(file, context);
  uselocale(previous);
  freelocale(c);
  return error;
}

/* Fills, flushes and syncs; closes in any case. */
static int write_and_close(FILE *file, results_file_fill *fill,
                           const void *context) {
  int error = fill_in_c_locale(fill, file, context);
  if (!error && (fflush(file) || ferror(file) || fsync(fileno(file))))
    error = errno ? -errno : -EIO;
  if (fclose(file) && !error)
    error = -errno;
  return error;
}

/* Makes a rename last beyond a crash of the machine; where a file system cannot
 * sync a folder the file is complete all the same. */
static void sync_folder(const char *folder) {
  const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    (void)fsync(fd);
    close(fd);
  }
}

int results_file_replace(const char *folder, const char *name,
                         results_file_fill *fill, const void *context) {
  char path[PATH_MAX], hidden[NAME_MAX + 1], temporary[PATH_MAX];
  /* Two programs may make the same table of a run at once. */
  const int length =
      snprintf(hidden, sizeof hidden, ".%s.%ld.tmp", name, (long)getpid());
  if (length >= (int)sizeof hidden || results_path_join(folder, name, path) ||
      results_path_join(folder, hidden, temporary))
    return -ENAMETOOLONG;
  FILE *file = fopen(temporary, "we");
  if (!file)
    return -errno;
  int error = write_and_close(file, fill, context);
  if (!error && rename(temporary, path))
    error = -errno;
  if (error)
    unlink(temporary);
  else
    sync_folder(folder);
  return error;
}

static int make_one(const char *path) {
  struct stat status;
  if (mkdir(path, 0777) == 0)
    return 0;
  const int error = errno;
  if (error != EEXIST && error != EROFS && error != EACCES)
    return -error;
  if (stat(path, &status))
    return -error;
  return S_ISDIR(status.st_mode) ? 0 : -ENOTDIR;
}

int results_folder_make(const char *path) {
  char *copy = strdup(path);
  if (!copy)
    return -ENOMEM;
  int error = *path ? 0 : -ENOENT;
  for (char *slash = strchr(copy + (*copy == '/'), '/'); slash && !error;
       slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    error = make_one(copy);
    *slash = '/';
  }
  if (!error)
    error = make_one(copy);
  free(copy);
  return error;
}
