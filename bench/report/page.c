/* Fills the slots of the page (see page.h). */
#include "bench/report/page.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/file.h"
#include "bench/report/html.h"
#include "bench/show/caption.h"
#include "bench/show/picture.h"

static int fail(const struct bench_report *report, int error,
                const char *where) {
  snprintf(report->why, report->why_size, "%s: %s", where, strerror(-error));
  return error;
}

/* Reads a file of plots/report/ as a text to be released with free(). */
static int read_part(const struct bench_report *report, const char *name,
                     char **out) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/report/%s", report->programs, name);
  int error = bench_file_read(path, out);
  return error ? fail(report, error, path) : 0;
}

static int fill_name(FILE *file, const struct bench_report *report) {
  bench_html_text(file, report->name);
  return 0;
}

static int fill_caption(FILE *file, const struct bench_report *report) {
  char *caption = bench_caption(report->run->header);
  if (!caption)
    return fail(report, -ENOMEM, report->name);
  bench_html_text(file, caption);
  free(caption);
  return 0;
}

static int fill_style(FILE *file, const struct bench_report *report) {
  char *style;
  int error = read_part(report, "page.css", &style);
  if (error)
    return error;
  fputs(style, file);
  free(style);
  return 0;
}

static int put_picture(FILE *file, const struct bench_report *report,
                       const struct bench_picture *picture) {
  char path[PATH_MAX], prefix[64];
  snprintf(path, sizeof path, "%s/%s.svg", report->pictures, picture->name);
  snprintf(prefix, sizeof prefix, "%s-", picture->name);
  if (access(path, R_OK)) {
    fprintf(file, "<p class=\"absent\">%s: not measured.</p>\n",
            picture->title);
    return 0;
  }
  fprintf(file, "<figure id=\"%s\">\n", picture->name);
  int error = bench_html_svg(file, path, prefix, picture->title);
  fputs("</figure>\n", file);
  return error ? fail(report, error, path) : 0;
}

static int fill_pictures(FILE *file, const struct bench_report *report) {
  int error = 0;
  for (const struct bench_picture *p = bench_pictures; p->name && !error; p++)
    error = put_picture(file, report, p);
  return error;
}

const struct bench_slot bench_slots[] = {
    {"name", fill_name},
    {"caption", fill_caption},
    {"style", fill_style},
    {"warnings", bench_slot_warnings},
    {"trials", bench_slot_trials},
    {"pictures", fill_pictures},
    {"tables", bench_slot_tables},
    {"environment", bench_slot_environment},
    {"clock", bench_slot_clock},
    {"options", bench_slot_options},
    {0},
};

static int fill(FILE *file, const struct bench_report *report, const char *name,
                size_t length) {
  for (const struct bench_slot *slot = bench_slots; slot->name; slot++)
    if (strlen(slot->name) == length && !strncmp(slot->name, name, length))
      return slot->fill(file, report);
  snprintf(report->why, report->why_size,
           "page.html: {{%.*s}} is no slot of the report", (int)length, name);
  return -EBADMSG;
}

/* Writes up to the next {{NAME}}, and that. @return what follows, or NULL */
static const char *fill_next(FILE *file, const struct bench_report *report,
                             const char *page, int *error) {
  const char *open = strstr(page, "{{");
  const char *close = open ? strstr(open, "}}") : NULL;
  if (!close) {
    fputs(page, file);
    return NULL;
  }
  fwrite(page, 1, (size_t)(open - page), file);
  *error = fill(file, report, open + 2, (size_t)(close - open - 2));
  return close + 2;
}

int bench_report_write(FILE *file, const struct bench_report *report) {
  char *page;
  int error = read_part(report, "page.html", &page);
  if (error)
    return error;
  for (const char *rest = page; rest && !error;)
    rest = fill_next(file, report, rest, &error);
  free(page);
  return error;
}
