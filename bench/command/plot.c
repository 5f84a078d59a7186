/* kspin plot: the pictures of a run. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/command/plot.h"
#include "bench/list.h"
#include "bench/show/picture.h"

enum { ONLY = 256, FORMAT, OUT };

static const struct argp_option options[] = {
    {"only", ONLY, "NAME,…", 0, "Only these plots (default: all)", 0},
    {"format", FORMAT, "KIND,…", 0, "svg, png or both (default: both)", 0},
    {"out", OUT, "FOLDER", 0, "Where to (default: RUN/plots)", 0},
    {0}};

static bool is_picture(const char *name) {
  const struct bench_picture *p = bench_pictures;
  while (p->name && strcmp(p->name, name))
    p++;
  return p->name;
}

static bool is_format(const char *name) {
  const char *const *format = bench_picture_formats;
  while (*format && strcmp(*format, name))
    format++;
  return *format;
}

/* Every item of a list must be known; else one line says which there are. */
static error_t check_list(const char *argv0, const char *option,
                          const char *text, bool (*is_known)(const char *)) {
  struct bench_list list;
  if (bench_list_split(text, ',', &list))
    return ENOMEM;
  error_t error = 0;
  for (size_t i = 0; i < list.count && !error; i++)
    if (!is_known(list.items[i])) {
      fprintf(stderr, "%s: %s: unknown '%s'; there are", argv0, option,
              list.items[i]);
      for (const struct bench_picture *p = bench_pictures;
           p->name && is_known == is_picture; p++)
        fprintf(stderr, " %s", p->name);
      for (const char *const *f = bench_picture_formats;
           *f && is_known == is_format; f++)
        fprintf(stderr, " %s", *f);
      fputc('\n', stderr);
      error = EINVAL;
    }
  bench_list_free(&list);
  return error;
}

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct bench_album *album = state->input;
  switch (key) {
  case ONLY:
    album->only = argument;
    return check_list(state->argv[0], "--only", argument, is_picture);
  case FORMAT:
    album->formats = argument;
    return check_list(state->argv[0], "--format", argument, is_format);
  case OUT:
    album->out = argument;
    return 0;
  case ARGP_KEY_ARG:
  case ARGP_KEY_NO_ARGS:
    return bench_take_run(state->argv[0], argument, &album->run);
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

/* The help lists the plots from the table that draws them. */
static char *list_pictures(int key, const char *text, void *input) {
  char *help = NULL;
  size_t size;
  (void)input;
  if (key != ARGP_KEY_HELP_POST_DOC)
    return (char *)text;
  FILE *file = open_memstream(&help, &size);
  if (!file)
    return (char *)text;
  fputs("Plots:\n", file);
  for (const struct bench_picture *p = bench_pictures; p->name; p++)
    fprintf(file, "  %-12s %s\n", p->name, p->title);
  return fclose(file) ? (char *)text : help;
}

static const struct argp argp = {
    .options = options,
    .parser = parse,
    .args_doc = "RUN",
    .doc = "Draws the plots of a run, a folder that `kspin bench` left, as SVG "
           "and PNG. A plot whose workload was not measured is left out.\v",
    .help_filter = list_pictures,
};

int bench_command_plot(int argc, char **argv) {
  struct bench_album album = {.paths = stdout, .remarks = stderr};
  struct bench_drawn drawn;
  char why[2 * PATH_MAX];
  int status = bench_parse(&argp, argc, argv, &album);
  if (status != BENCH_EXIT_OK)
    return status;
  if (bench_pictures_draw(&album, &drawn, why, sizeof why))
    return bench_usage(argv[0], "%s", why);
  if (!drawn.files)
    return bench_usage(argv[0], "%s: has nothing to draw", album.run);
  return BENCH_EXIT_OK;
}

int bench_plot_run(const char *run_folder, FILE *log) {
  const struct bench_album album = {.run = run_folder, .remarks = log};
  struct bench_drawn drawn;
  char why[2 * PATH_MAX];
  if (bench_pictures_draw(&album, &drawn, why, sizeof why)) {
    fprintf(log, "kspin plot: %s\n", why);
    return BENCH_EXIT_USAGE;
  }
  fprintf(log, "%zu plots: %s\n", drawn.pictures, drawn.folder);
  return BENCH_EXIT_OK;
}
