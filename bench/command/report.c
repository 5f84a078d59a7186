/* kspin report: a run as one page that needs nothing else. */
#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/command/command.h"
#include "bench/report/page.h"
#include "bench/show/gnuplot.h"
#include "bench/show/picture.h"

enum { OUT = 256 };

/* What was asked for, and what it takes. */
struct request {
  const char *name; /* for messages */
  const char *run, *out;
  char pictures[PATH_MAX]; /* a folder of our own while this lasts */
  char why[2 * PATH_MAX];
};

static const struct argp_option options[] = {
    {"out", OUT, "FILE", 0, "Where to (default: RUN/report.html)", 0}, {0}};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  switch (key) {
  case OUT:
    request->out = argument;
    return 0;
  case ARGP_KEY_ARG:
  case ARGP_KEY_NO_ARGS:
    return bench_take_run(state->argv[0], argument, &request->run);
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    .options = options,
    .parser = parse,
    .args_doc = "RUN",
    .doc = "Writes a page with the plots, tables, trials by verdict, machine "
           "and build of a run, a folder that `kspin bench` left. The page is "
           "one file and refers to no other; it can be read on screens light "
           "and dark, and printed.",
};

static int fail(struct request *request, int error, const char *where) {
  snprintf(request->why, sizeof request->why, "%s: %s", where,
           strerror(-error));
  return error;
}

/* Pictures are drawn afresh, and not into the run: it may be read-only. */
static int draw(struct request *request) {
  const char *base = getenv("TMPDIR");
  struct bench_drawn drawn;
  snprintf(request->pictures, sizeof request->pictures, "%s/kspin-XXXXXX",
           base && *base ? base : "/tmp");
  if (!mkdtemp(request->pictures)) {
    int error = fail(request, -errno, request->pictures);
    *request->pictures = '\0';
    return error;
  }
  const struct bench_album album = {
      .run = request->run, .out = request->pictures, .formats = "svg"};
  return bench_pictures_draw(&album, &drawn, request->why, sizeof request->why);
}

static void remove_pictures(const struct request *request) {
  DIR *folder = *request->pictures ? opendir(request->pictures) : NULL;
  if (!folder)
    return;
  for (struct dirent *entry; (entry = readdir(folder));)
    unlinkat(dirfd(folder), entry->d_name, 0);
  closedir(folder);
  rmdir(request->pictures);
}

/* RUN without the folders above it. */
static int name_run(struct request *request, char *name) {
  char path[PATH_MAX];
  if (!realpath(request->run, path))
    return fail(request, -errno, request->run);
  snprintf(name, NAME_MAX + 1, "%s", basename(path));
  return 0;
}

static int write_page(struct request *request, FILE *file,
                      const struct results_run *run,
                      const struct bench_sections *sections) {
  char programs[PATH_MAX], name[NAME_MAX + 1];
  int error = name_run(request, name);
  if (!error)
    error = bench_plots_folder(programs, request->why, sizeof request->why);
  const struct bench_report report = {.name = name,
                                      .run = run,
                                      .sections = sections,
                                      .programs = programs,
                                      .pictures = request->pictures,
                                      .why = request->why,
                                      .why_size = sizeof request->why};
  return error ? error : bench_report_write(file, &report);
}

/* Beside its place, and moved there when it is whole. */
static int write_file(struct request *request, const char *path,
                      const struct results_run *run,
                      const struct bench_sections *sections) {
  char part[PATH_MAX];
  snprintf(part, sizeof part, "%.*s.part", PATH_MAX - 6, path);
  FILE *file = fopen(part, "we");
  if (!file)
    return fail(request, -errno, part);
  int error = write_page(request, file, run, sections);
  bool spoilt = ferror(file);
  if ((fclose(file) || spoilt) && !error)
    error = fail(request, errno ? -errno : -EIO, part);
  if (!error && rename(part, path))
    error = fail(request, -errno, path);
  if (error)
    unlink(part);
  return error;
}

static int write_report(struct request *request, const char *path,
                        const struct results_run *run) {
  struct results_summary summary;
  struct bench_sections sections;
  int error = results_summarise(run->trials, run->count, &summary);
  if (error)
    return fail(request, error, request->run);
  error = bench_sections_make(&summary, &sections);
  if (error)
    fail(request, error, request->run);
  else {
    sections.step_ns = json_number_value(
        json_object_get(json_object_get(run->header, "clock"), "step_ns"));
    error = write_file(request, path, run, &sections);
    bench_sections_free(&sections);
  }
  results_summary_free(&summary);
  return error;
}

static int make(struct request *request, const char *path) {
  struct results_run *run;
  struct results_error where = {0};
  int error = draw(request);
  if (error)
    return error;
  error = results_run_read(request->run, &run, &where);
  if (error) {
    results_error_text(&where, request->why, sizeof request->why);
    return error;
  }
  error = write_report(request, path, run);
  results_run_close(run);
  return error;
}

int bench_command_report(int argc, char **argv) {
  struct request request = {.name = argv[0]};
  char path[PATH_MAX];
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  int length = request.out
                   ? snprintf(path, sizeof path, "%s", request.out)
                   : snprintf(path, sizeof path, "%s/report.html", request.run);
  if (length >= (int)sizeof path)
    return bench_usage(argv[0], "%s: %s", request.run, strerror(ENAMETOOLONG));
  int error = make(&request, path);
  remove_pictures(&request);
  if (error)
    return bench_usage(argv[0], "%s", request.why);
  puts(path);
  return BENCH_EXIT_OK;
}
