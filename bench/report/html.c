/* Texts, values and pictures as HTML (see html.h). */
#include "bench/report/html.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/file.h"

void bench_html_text(FILE *file, const char *text) {
  for (; *text; text++)
    switch (*text) {
    case '&':
      fputs("&amp;", file);
      break;
    case '<':
      fputs("&lt;", file);
      break;
    case '>':
      fputs("&gt;", file);
      break;
    case '"':
      fputs("&quot;", file);
      break;
    case '\'':
      fputs("&#39;", file);
      break;
    default:
      fputc((unsigned char)*text < ' ' ? ' ' : *text, file);
    }
}

void bench_html_json(FILE *file, const json_t *value) {
  if (!value || json_is_null(value))
    fputs("<i>not known</i>", file);
  else if (json_is_string(value))
    bench_html_text(file, json_string_value(value));
  else if (json_is_boolean(value))
    fputs(json_is_true(value) ? "yes" : "no", file);
  else if (json_is_integer(value))
    fprintf(file, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
  else if (json_is_real(value))
    fprintf(file, "%.6g", json_real_value(value));
  else {
    char *text = json_dumps(value, JSON_COMPACT);
    bench_html_text(file, text ? text : "");
    free(text);
  }
}

/* What stands before an id that is defined or referred to. */
static const char *const id_marks[] = {" id='", " id=\"", "href='#", "href=\"#",
                                       "url(#"};

static size_t mark_length(const char *at) {
  for (size_t i = 0; i < sizeof id_marks / sizeof *id_marks; i++)
    if (!strncmp(at, id_marks[i], strlen(id_marks[i])))
      return strlen(id_marks[i]);
  return 0;
}

static void put_led(FILE *file, const char *text, const char *prefix) {
  while (*text) {
    size_t length = mark_length(text);
    fwrite(text, 1, length ? length : 1, file);
    if (length)
      fputs(prefix, file);
    text += length ? length : 1;
  }
}

int bench_html_svg(FILE *file, const char *path, const char *prefix,
                   const char *label) {
  char *text = NULL;
  int error = bench_file_read(path, &text);
  const char *body = error ? NULL : strstr(text, "<svg");
  if (!error && (!body || !strstr(body, "</svg>")))
    error = -EBADMSG;
  if (!error) {
    fputs("<svg role=\"img\" aria-label=\"", file);
    bench_html_text(file, label);
    fputc('"', file);
    put_led(file, body + strlen("<svg"), prefix);
  }
  free(text);
  return error;
}
