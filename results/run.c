/* run.json and trials.jsonl back into memory. */
#include "results/run.h"
#include "results/arena.h"
#include "results/file.h"
#include "results/line.h"
#include "results/link.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

void results_error_text(const struct results_error *error, char *text,
                        size_t size) {
  char line[24] = "";
  if (error->line)
    snprintf(line, sizeof line, ":%zu", error->line);
  snprintf(text, size, "%s%s: %s%s%s", error->file, line, error->field,
           *error->field ? ": " : "", error->message);
}

/* Copies a path, or its end when it is too long. */
static void keep_end(char *to, size_t size, const char *path) {
  size_t length = strlen(path);
  if (length >= size) {
    path += length - (size - 1);
    length = size - 1;
  }
  memcpy(to, path, length + 1);
}

/* Notes a fault.
 * @return `status`, so that a caller can `return fault(...)` */
static int fault(struct results_error *error, const char *path, size_t line,
                 const char *field, const char *message, int status) {
  keep_end(error->file, sizeof error->file, path);
  error->line = line;
  snprintf(error->field, sizeof error->field, "%s", field);
  snprintf(error->message, sizeof error->message, "%s", message);
  return status;
}

static int check_schema(const json_t *header, const char *path,
                        struct results_error *error) {
  const json_t *schema = json_object_get(header, "schema");
  if (!json_is_object(header))
    return fault(error, path, 1, "", "should be an object", -EBADMSG);
  if (!json_is_integer(schema) || json_integer_value(schema) < 1)
    return fault(error, path, 1, "schema", "should be an integer from 1",
                 -EBADMSG);
  if (json_integer_value(schema) > RESULTS_SCHEMA)
    return fault(error, path, 1, "schema", "is of a newer kspin", -EPROTO);
  return 0;
}

static int read_header(const char *folder, json_t **out,
                       struct results_error *error) {
  char path[PATH_MAX];
  json_error_t where;
  if (results_path_join(folder, "run.json", path))
    return fault(error, folder, 0, "", strerror(ENAMETOOLONG), -ENAMETOOLONG);
  FILE *file = fopen(path, "re");
  if (!file) {
    const int code = errno;
    return fault(error, path, 0, "", strerror(code), -code);
  }
  json_t *header = json_loadf(file, JSON_REJECT_DUPLICATES, &where);
  fclose(file);
  if (!header)
    return fault(error, path, where.line > 0 ? (size_t)where.line : 0, "",
                 where.text, -EBADMSG);
  const int failed = check_schema(header, path, error);
  if (failed)
    json_decref(header);
  else
    *out = header;
  return failed;
}

/* Makes room for one more trial: both arrays double together. */
static int reserve(struct results_run *run) {
  if (run->count & (run->count - 1))
    return 0;
  const size_t room = run->count ? 2 * run->count : 1;
  struct results_trial *trials =
      reallocarray(run->trials, room, sizeof *trials);
  if (!trials)
    return -ENOMEM;
  run->trials = trials;
  struct results_sparse *acquire =
      reallocarray(run->acquire, room, sizeof *acquire);
  if (!acquire)
    return -ENOMEM;
  run->acquire = acquire;
  return 0;
}

static int add_line(struct results_run *run, const char *path, const char *line,
                    size_t length, struct results_error *error) {
  struct results_error at = {0};
  int failed = reserve(run);
  if (!failed)
    failed =
        results_line_read(line, length, run->arena, &run->trials[run->count],
                          &run->acquire[run->count], &at);
  if (failed == -ENOMEM)
    return fault(error, path, run->count + 1, "", strerror(ENOMEM), failed);
  if (failed)
    return fault(error, path, run->count + 1, at.field, at.message, failed);
  run->count++;
  return 0;
}

static int read_lines(FILE *file, const char *path, struct results_run *run,
                      struct results_error *error) {
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  int failed = 0;
  while (!failed && (length = getline(&line, &room, file)) > 0) {
    if (line[length - 1] != '\n')
      run->truncated = true;
    else
      failed = add_line(run, path, line, (size_t)length - 1, error);
  }
  if (!failed && ferror(file))
    failed = fault(error, path, run->count + 1, "", strerror(EIO), -EIO);
  free(line);
  return failed;
}

static int read_trials(const char *folder, struct results_run *run,
                       struct results_error *error) {
  char path[PATH_MAX];
  if (results_path_join(folder, "trials.jsonl", path))
    return fault(error, folder, 0, "", strerror(ENAMETOOLONG), -ENAMETOOLONG);
  FILE *file = fopen(path, "re");
  if (!file) {
    const int code = errno;
    return fault(error, path, 0, "", strerror(code), -code);
  }
  const int failed = read_lines(file, path, run, error);
  fclose(file);
  return failed;
}

int results_run_read(const char *folder, struct results_run **out,
                     struct results_error *error) {
  struct results_run *run = calloc(1, sizeof *run);
  if (run)
    run->arena = results_arena_new();
  int failed = run && run->arena
                   ? 0
                   : fault(error, folder, 0, "", strerror(ENOMEM), -ENOMEM);
  if (!failed)
    failed = read_header(folder, &run->header, error);
  if (!failed)
    failed = read_trials(folder, run, error);
  if (!failed && results_links_name(run->trials, run->count, run->arena))
    failed = fault(error, folder, 0, "", strerror(ENOMEM), -ENOMEM);
  if (failed)
    results_run_close(run);
  else
    *out = run;
  return failed;
}

void results_run_close(struct results_run *run) {
  if (!run)
    return;
  json_decref(run->header);
  free(run->trials);
  free(run->acquire);
  results_arena_free(run->arena);
  free(run);
}
