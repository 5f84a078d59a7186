/* Draws the pictures of a run by the programs in plots/ (see picture.h). */
#include "bench/show/picture.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/plan/choice.h"
#include "bench/predict/print.h"
#include "bench/run/layout.h"
#include "bench/show/caption.h"
#include "bench/show/gnuplot.h"
#include "results/run.h"
#include "results/table.h"

const struct bench_picture bench_pictures[] = {
    {"release", "Release latency", "summary.csv", "release",
     "retire_ns,drained_ns,wake_ns"},
    {"handoff", "Handoff latency", "summary.csv", "handoff",
     "alternation_ns,timestamp_ns"},
    {"throughput", "Throughput, hand-over and fairness", "summary.csv",
     "throughput", "op_ns"},
    {"sweep", "Throughput over think time, critical section and payload",
     "summary.csv", "throughput", "op_ns"},
    {"prediction", "Prediction beside measurement", "prediction.csv",
     "throughput", "op_ns"},
    {"latency", "Acquire latency under contention", "histograms.csv",
     "throughput", NULL},
    {"matrix", "Handoff between pairs of CPUs, by home", "summary.csv",
     "matrix", "timestamp_ns,alternation_ns"},
    {"uncontended", "Uncontended cost", "summary.csv", "uncontended",
     "pair_ns,remote_acquire_ns"},
    {"spectrum", "Acquire latency, every one stamped", "histograms.csv",
     "latency", NULL},
    {"preempted", "A thread that is stopped", "summary.csv", "preempted",
     "stuck_share,resume_ns"},
    {"readers", "Readers and writers", "summary.csv", "readers", "op_ns"},
    {0},
};

const char *const bench_picture_formats[] = {"svg", "png", NULL};

/* One drawing of an album, with what its steps share. */
struct studio {
  const struct bench_album *album;
  struct bench_drawn *drawn;
  char programs[PATH_MAX];
  char about[PATH_MAX]; /* the caption for the programs */
  char *why;
  size_t why_size;
};

static int fail(struct studio *studio, int error, const char *where) {
  snprintf(studio->why, studio->why_size, "%s: %s", where, strerror(-error));
  return error;
}

/* FOLDER/NAME; a path that does not fit is no path. */
static int join(struct studio *studio, char *path, const char *folder,
                const char *name) {
  if (snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX)
    return 0;
  return fail(studio, -ENAMETOOLONG, folder);
}

static int read_record(struct studio *studio, json_t **out) {
  char path[PATH_MAX];
  json_error_t error;
  if (join(studio, path, studio->album->run, "run.json"))
    return -ENAMETOOLONG;
  if (access(path, R_OK)) {
    int missing = -errno;
    snprintf(studio->why, studio->why_size, "%s: no run is here: run.json: %s",
             studio->album->run, strerror(-missing));
    return missing;
  }
  json_t *record = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
  if (json_is_object(record)) {
    *out = record;
    return 0;
  }
  snprintf(studio->why, studio->why_size, "%s:%d: %s", path,
           record ? 1 : error.line,
           record ? "should be an object" : error.text);
  json_decref(record);
  return -EBADMSG;
}

/* Tables of a run that was killed before it made them. */
static int make_tables(struct studio *studio) {
  const char *folder = studio->album->run;
  struct results_error error = {0};
  struct results_summary summary;
  struct results_run *run;
  int failed = results_run_read(folder, &run, &error);
  if (failed) {
    results_error_text(&error, studio->why, studio->why_size);
    return failed;
  }
  failed = results_summarise(run->trials, run->count, &summary);
  if (!failed) {
    failed = results_write_summary_csv(folder, &summary);
    if (!failed)
      failed = results_write_histograms_csv(folder, run);
    if (!failed)
      failed = bench_prediction_make_csv(folder, &summary, run->header);
    if (!failed)
      failed = bench_layout_write(folder, run->header);
    results_summary_free(&summary);
  }
  results_run_close(run);
  if (failed)
    return fail(studio, failed, folder);
  if (studio->album->remarks)
    fprintf(studio->album->remarks, "%s: made summary.csv from the trials\n",
            folder);
  return 0;
}

static int find_tables(struct studio *studio) {
  char path[PATH_MAX];
  int error = join(studio, path, studio->album->run, "summary.csv");
  if (error || !access(path, R_OK))
    return error;
  return errno == ENOENT ? make_tables(studio) : fail(studio, -errno, path);
}

/* Is this a row that the picture shows? Workload and metric come first. */
static bool is_row_of(const struct bench_picture *p, char *line) {
  char *rest = line;
  const char *workload = strsep(&rest, ","), *metric = strsep(&rest, ",");
  return metric && !strcmp(workload, p->workload) &&
         (!p->metrics || bench_list_has(p->metrics, metric));
}

/* @return 1 when the table has a row for the picture, 0 when it has none, or
 *         an error with the reason */
static int has_rows(struct studio *studio, const struct bench_picture *p) {
  const char *head = p->metrics ? "workload,metric," : "workload,";
  char path[PATH_MAX], *line = NULL;
  size_t size = 0;
  if (join(studio, path, studio->album->run, p->table))
    return -ENAMETOOLONG;
  FILE *file = fopen(path, "re");
  if (!file && errno == ENOENT && strcmp(p->table, "prediction.csv") == 0)
    return 0; /* of a run that is older than predictions */
  if (!file)
    return fail(studio, -errno, path);
  int found = 0;
  if (getline(&line, &size, file) < 0 || strncmp(line, head, strlen(head))) {
    found = -EBADMSG;
    snprintf(studio->why, studio->why_size, "%s:1: should begin with '%s'",
             path, head);
  }
  while (!found && getline(&line, &size, file) > 0)
    found = is_row_of(p, line);
  free(line);
  fclose(file);
  return found;
}

/* Draws beside the place and moves it there when it is whole. */
static int draw_file(struct studio *studio, const struct bench_picture *p,
                     const char *format) {
  const char *folder = studio->drawn->folder;
  char program[PATH_MAX], part[PATH_MAX], whole[PATH_MAX], name[64], said[512];
  snprintf(name, sizeof name, "%s.gp", p->name);
  if (join(studio, program, studio->programs, name))
    return -ENAMETOOLONG;
  snprintf(name, sizeof name, ".%s-%ld.%s", p->name, (long)getpid(), format);
  if (join(studio, part, folder, name))
    return -ENAMETOOLONG;
  snprintf(name, sizeof name, "%s.%s", p->name, format);
  if (join(studio, whole, folder, name))
    return -ENAMETOOLONG;
  const char *variables[] = {"run",        studio->album->run, "out", part,
                             "about_file", studio->about,      NULL};
  int error = bench_gnuplot_run(program, variables, said, sizeof said);
  if (error)
    snprintf(studio->why, studio->why_size, "%s%s%s",
             error == -ENODATA ? "" : p->name, error == -ENODATA ? "" : ": ",
             said);
  else if (rename(part, whole))
    error = fail(studio, -errno, whole);
  if (error)
    unlink(part);
  else
    studio->drawn->files++;
  if (!error && studio->album->paths)
    fprintf(studio->album->paths, "%s\n", whole);
  return error;
}

static void leave_out(struct studio *studio, const struct bench_picture *p,
                      bool missed) {
  studio->drawn->left_out++;
  if (studio->album->remarks && missed)
    fprintf(studio->album->remarks, "%s is left out: %s\n", p->name,
            studio->why);
}

/* Nobody misses the picture of what is not measured unless it is named. */
static bool is_on_request(const struct bench_picture *p) {
  return bench_workload_find(p->workload)->on_request;
}

static int draw_picture(struct studio *studio, const struct bench_picture *p) {
  const struct bench_album *album = studio->album;
  int found = has_rows(studio, p);
  if (found < 0)
    return found;
  if (!found) {
    snprintf(studio->why, studio->why_size,
             "%s has no figure of workload '%s' for it", p->table, p->workload);
    leave_out(studio, p, album->only || !is_on_request(p));
    return 0;
  }
  for (const char *const *format = bench_picture_formats; *format; format++) {
    if (album->formats && !bench_list_has(album->formats, *format))
      continue;
    int error = draw_file(studio, p, *format);
    if (error == -ENODATA) {
      leave_out(studio, p, album->only);
      return 0;
    }
    if (error)
      return error;
  }
  studio->drawn->pictures++;
  return 0;
}

static int draw_all(struct studio *studio) {
  const struct bench_album *album = studio->album;
  for (const struct bench_picture *p = bench_pictures; p->name; p++) {
    if (album->only && !bench_list_has(album->only, p->name))
      continue;
    int error = draw_picture(studio, p);
    if (error)
      return error;
  }
  return 0;
}

/* A place for the pictures, and the caption in it. */
static int open_folder(struct studio *studio, const json_t *record) {
  char *folder = studio->drawn->folder;
  int error =
      studio->album->out
          ? snprintf(folder, PATH_MAX, "%s", studio->album->out) >= PATH_MAX
                ? -ENAMETOOLONG
                : 0
          : join(studio, folder, studio->album->run, "plots");
  if (error)
    return error;
  if (mkdir(folder, 0777) && errno != EEXIST)
    return fail(studio, -errno, folder);
  error = join(studio, studio->about, folder, "about.txt");
  if (error)
    return error;
  error = bench_caption_write(record, studio->about);
  return error ? fail(studio, error, studio->about) : 0;
}

int bench_pictures_draw(const struct bench_album *album,
                        struct bench_drawn *drawn, char *why, size_t why_size) {
  struct studio studio = {
      .album = album, .drawn = drawn, .why = why, .why_size = why_size};
  json_t *record = NULL;
  *drawn = (struct bench_drawn){0};
  int error = read_record(&studio, &record);
  if (!error)
    error = bench_plots_folder(studio.programs, why, why_size);
  if (!error)
    error = find_tables(&studio);
  if (!error)
    error = open_folder(&studio, record);
  if (!error)
    error = draw_all(&studio);
  json_decref(record);
  return error;
}
