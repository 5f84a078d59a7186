/* The folder of a run while it is written. */
#include "results/store.h"
#include "results/file.h"
#include "results/line.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct results_store {
  int trials; /* trials.jsonl, O_APPEND */
  char *folder;
};

/* The host's name with everything but letters, digits, '.', '_' and '-'
 * replaced, so that it can be part of a path. */
static void host_name(char *name, size_t size) {
  if (gethostname(name, size) || !*name)
    snprintf(name, size, "unknown");
  name[size - 1] = '\0';
  for (char *c = name; *c; c++)
    if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
      *c = '-';
}

/* Makes a folder that was not there: BASE/<UTC>-<host>, then with -2, -3, ...
 * for runs that begin within one second. */
static int make_new_folder(const char *base, char *path) {
  char host[HOST_NAME_MAX + 1], stamp[32];
  const time_t now = time(NULL);
  struct tm utc;
  const int error = results_folder_make(base);
  if (error)
    return error;
  host_name(host, sizeof host);
  strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", gmtime_r(&now, &utc));
  for (int attempt = 1; attempt < 100; attempt++) {
    char again[8] = "";
    if (attempt > 1)
      snprintf(again, sizeof again, "-%d", attempt);
    if (snprintf(path, PATH_MAX, "%s/%s-%s%s", base, stamp, host, again) >=
        PATH_MAX)
      return -ENAMETOOLONG;
    if (mkdir(path, 0777) == 0)
      return 0;
    if (errno != EEXIST)
      return -errno;
  }
  return -EEXIST;
}

/* Keeps other writers away; a file system without locks is trusted. */
static int lock(int fd) {
  if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno == ENOLCK || errno == ENOSYS ||
      errno == EOPNOTSUPP)
    return 0;
  return errno == EWOULDBLOCK ? -EBUSY : -errno;
}

/* @param flags  O_CREAT or 0
 * @return a locked descriptor or a negative errno */
static int open_trials(const char *folder, int flags) {
  char path[PATH_MAX];
  if (results_path_join(folder, "trials.jsonl", path))
    return -ENAMETOOLONG;
  const int fd = open(path, O_RDWR | O_APPEND | O_CLOEXEC | flags, 0666);
  if (fd < 0)
    return -errno;
  const int error = lock(fd);
  if (error)
    close(fd);
  return error ? error : fd;
}

static int make_store(int trials, const char *folder,
                      struct results_store **out) {
  struct results_store *store = malloc(sizeof *store);
  char *copy = strdup(folder);
  if (!store || !copy) {
    free(store);
    free(copy);
    close(trials);
    return -ENOMEM;
  }
  *store = (struct results_store){trials, copy};
  *out = store;
  return 0;
}

static int holds_header(const char *folder) {
  char path[PATH_MAX];
  if (results_path_join(folder, "run.json", path))
    return -ENAMETOOLONG;
  return access(path, F_OK) == 0 ? -EEXIST : 0;
}

int results_store_create(const char *folder, const char *base,
                         struct results_store **out) {
  char fresh[PATH_MAX];
  struct stat status;
  int error =
      folder ? results_folder_make(folder) : make_new_folder(base, fresh);
  if (!folder)
    folder = fresh;
  if (!error)
    error = holds_header(folder);
  if (error)
    return error;
  const int trials = open_trials(folder, O_CREAT);
  if (trials < 0)
    return trials;
  if (fstat(trials, &status) || status.st_size > 0) {
    close(trials);
    return -EEXIST;
  }
  return make_store(trials, folder, out);
}

/* The length of a file up to and with its last newline. */
static int whole_lines(int fd, off_t *out) {
  char chunk[4096];
  off_t end = lseek(fd, 0, SEEK_END);
  while (end > 0) {
    const size_t want = end < (off_t)sizeof chunk ? (size_t)end : sizeof chunk;
    const ssize_t got = pread(fd, chunk, want, end - (off_t)want);
    if (got != (ssize_t)want)
      return got < 0 ? -errno : -EIO;
    const char *newline = memrchr(chunk, '\n', want);
    end -= (off_t)want;
    if (newline) {
      end += newline - chunk + 1;
      break;
    }
  }
  *out = end;
  return end < 0 ? -errno : 0;
}

int results_store_resume(const char *folder, struct results_store **out) {
  off_t length;
  const int trials = open_trials(folder, 0);
  if (trials < 0)
    return trials;
  int error = whole_lines(trials, &length);
  if (!error && ftruncate(trials, length))
    error = -errno;
  if (error) {
    close(trials);
    return error;
  }
  return make_store(trials, folder, out);
}

const char *results_store_folder(const struct results_store *store) {
  return store->folder;
}

static int dump(FILE *file, const void *context) {
  errno = 0;
  if (json_dumpf(context, file, JSON_INDENT(2)) || fputc('\n', file) == EOF)
    return errno ? -errno : -EIO;
  return 0;
}

int results_store_write_json(struct results_store *store, const char *name,
                             const json_t *value) {
  if (!*name || strchr(name, '/') ||
      (!json_is_object(value) && !json_is_array(value)))
    return -EINVAL;
  return results_file_replace(store->folder, name, dump, value);
}

/* Writes a line in one go, or takes back what was written of it. */
static int append_line(int fd, const char *line, size_t length) {
  const off_t before = lseek(fd, 0, SEEK_END);
  ssize_t written;
  if (before < 0)
    return -errno;
  do
    written = write(fd, line, length);
  while (written < 0 && errno == EINTR);
  if (written == (ssize_t)length)
    return 0;
  const int error = written < 0 ? -errno : -ENOSPC;
  if (written > 0 && ftruncate(fd, before))
    return -errno;
  return error;
}

int results_store_append(struct results_store *store,
                         const struct results_trial *trial,
                         const struct results_histogram *acquire) {
  char *line;
  const int error = results_line_write(trial, acquire, &line);
  if (error)
    return error;
  const size_t length = strlen(line);
  line[length] = '\n'; /* in place of the end: one write, one line */
  const int status = append_line(store->trials, line, length + 1);
  free(line);
  return status;
}

int results_store_close(struct results_store *store) {
  if (!store)
    return 0;
  int error = fsync(store->trials) ? -errno : 0;
  if (close(store->trials) && !error)
    error = -errno;
  free(store->folder);
  free(store);
  return error;
}
