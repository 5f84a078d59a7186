/* Runs gnuplot and makes one line of what it has to complain (gnuplot.h). */
#include "bench/show/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* From the folder of an installed program to that of its data. */
#define INSTALLED "../share/kspin/plots"

static bool holds_programs(const char *folder) {
  char style[PATH_MAX];
  int length = snprintf(style, sizeof style, "%s/style.gp", folder);
  return length < (int)sizeof style && !access(style, R_OK);
}

/* The data folder beside the running program, or "". */
static void beside_program(char *path) {
  char self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  *path = '\0';
  if (length <= 0)
    return;
  self[length] = '\0';
  char *slash = strrchr(self, '/');
  if (!slash || (size_t)(slash - self) + sizeof INSTALLED + 1 > PATH_MAX)
    return;
  strcpy(slash + 1, INSTALLED);
  strcpy(path, self);
}

int bench_plots_folder(char *path, char *why, size_t why_size) {
  const char *asked = getenv("KSPIN_PLOTS_DIR");
  if (asked && *asked)
    snprintf(path, PATH_MAX, "%s", asked);
  else {
    beside_program(path);
    if (!holds_programs(path))
      snprintf(path, PATH_MAX, "%s", KSPIN_PLOTS_DIR);
  }
  if (holds_programs(path))
    return 0;
  snprintf(why, why_size, "%s: holds no plot programs (no style.gp)%s", path,
           asked && *asked ? "; KSPIN_PLOTS_DIR says so" : "");
  return -ENOENT;
}

/* name='value'; with the quotes of the value doubled, as gnuplot wants. */
static char *assignments(const char *const *variables) {
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream(&text, &size);
  if (!file)
    return NULL;
  for (; *variables; variables += 2) {
    fprintf(file, "%s='", variables[0]);
    for (const char *c = variables[1]; *c; c++)
      fprintf(file, "%s%c", *c == '\'' ? "'" : "", *c);
    fputs("'; ", file);
  }
  if (!fclose(file))
    return text;
  free(text);
  return NULL;
}

static int spawn(char *const argv[], int errors, pid_t *out) {
  posix_spawn_file_actions_t actions;
  int error = posix_spawn_file_actions_init(&actions);
  if (error)
    return -error;
  error =
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!error)
    error =
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  if (!error)
    error = posix_spawn_file_actions_adddup2(&actions, errors, 2);
  if (!error)
    error = posix_spawnp(out, argv[0], &actions, NULL, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  return -error;
}

/* Keeps the beginning of what comes, and takes the rest so that the writer
 * is not held up. */
static void drain(int from, char *text, size_t size) {
  char rest[4096];
  size_t used = 0;
  ssize_t got;
  do {
    bool full = used + 1 >= size;
    got = full ? read(from, rest, sizeof rest)
               : read(from, text + used, size - 1 - used);
    if (got > 0 && !full)
      used += (size_t)got;
  } while (got > 0 || (got < 0 && errno == EINTR));
  text[used] = '\0';
}

/* gnuplot says `"FILE" line N: WHAT`, after the command and a caret. What our
 * programs find wrong themselves is said by answer.gp, whose name and line help
 * nobody. */
static const char *complaint(char *text) {
  char *rest, *first = NULL;
  for (char *line = strtok_r(text, "\n", &rest); line;
       line = strtok_r(NULL, "\n", &rest)) {
    line += strspn(line, " \t");
    if (!*line || strstr(line, "warning:"))
      continue;
    first = first ? first : line;
    char *at = strstr(line, "\" line ");
    if (*line != '"' || !at)
      continue;
    char *what = strstr(at, ": ");
    bool ours = at - line >= 9 && !strncmp(at - 9, "answer.gp", 9);
    return ours && what ? what + 2 : line;
  }
  return first ? first : "gnuplot failed and says nothing";
}

/* Of a program that finds nothing to draw: `exit status 3` in answer.gp. */
enum { NOTHING_TO_DRAW = 3 };

/* Waits for the child; a signal is a failure as well. */
static int end_of(pid_t child) {
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      return -EIO;
  if (!WIFEXITED(status))
    return -EIO;
  const int code = WEXITSTATUS(status);
  return code == NOTHING_TO_DRAW ? -ENODATA : code ? -EIO : 0;
}

int bench_gnuplot_run(const char *program, const char *const *variables,
                      char *why, size_t why_size) {
  char said[8192];
  int ends[2];
  pid_t child;
  char *script = assignments(variables);
  if (!script || pipe2(ends, O_CLOEXEC)) {
    int error = script ? -errno : -ENOMEM;
    free(script);
    snprintf(why, why_size, "gnuplot: %s", strerror(-error));
    return error;
  }
  char *argv[] = {(char *)"gnuplot", (char *)"-d", (char *)"-e", script,
                  (char *)program,   NULL};
  int error = spawn(argv, ends[1], &child);
  close(ends[1]);
  if (error)
    snprintf(why, why_size, "gnuplot: %s%s", strerror(-error),
             error == -ENOENT ? "; install gnuplot-nox" : "");
  else {
    drain(ends[0], said, sizeof said);
    error = end_of(child);
    if (error)
      snprintf(why, why_size, "%s", complaint(said));
  }
  close(ends[0]);
  free(script);
  return error;
}
