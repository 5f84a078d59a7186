/* Puts the environment of a run into words (see caption.h). */
#include "bench/show/caption.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A part of the caption: what is said when its key is there. */
struct part {
  const char *group; /* object of run.json, or NULL for the whole */
  const char *key;
  const char *before;   /* what parts it from the one before */
  const char *text;     /* before a text or number */
  const char *yes, *no; /* for true and false; NULL: nothing is said */
};

static const struct part parts[] = {
    {"environment", "cpu_model", " · ", "", NULL, NULL},
    {"environment", "cpus_online", ", CPUs: ", "", NULL, NULL},
    {"environment", "guest", " · ", "", "guest (virtual machine)",
     "no guest (bare metal)"},
    {"environment", "kernel", " · ", "Linux ", NULL, NULL},
    {"environment", "version", " · ", "kspin ", NULL, NULL},
    {"environment", "revision", " ", "", NULL, NULL},
    {"environment", "compiler", ", ", "", NULL, NULL},
    {"environment", "build_type", ", ", "", NULL, NULL},
    {NULL, "started", " · ", "", NULL, NULL},
    {NULL, "exploratory", " · ", "", "exploratory: no claims", NULL},
};

/* Control characters would end the line early. */
static void put(FILE *file, const char *text) {
  for (; *text; text++)
    fputc((unsigned char)*text < ' ' ? ' ' : *text, file);
}

static bool put_part(FILE *file, const struct part *part, const json_t *value,
                     bool first) {
  const char *word = NULL;
  char number[32];
  if (json_is_boolean(value))
    word = json_is_true(value) ? part->yes : part->no;
  else if (json_is_integer(value)) {
    snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
             json_integer_value(value));
    word = number;
  } else if (json_is_string(value) && *json_string_value(value))
    word = json_string_value(value);
  if (!word)
    return false;
  if (!first)
    fputs(part->before, file);
  fputs(part->text, file);
  put(file, word);
  return true;
}

char *bench_caption(const json_t *record) {
  char *text = NULL;
  size_t size;
  bool first = true;
  FILE *file = open_memstream(&text, &size);
  if (!file)
    return NULL;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    const struct part *part = &parts[i];
    const json_t *from =
        part->group ? json_object_get(record, part->group) : record;
    if (put_part(file, part, json_object_get(from, part->key), first))
      first = false;
  }
  if (!fclose(file))
    return text;
  free(text);
  return NULL;
}

int bench_caption_write(const json_t *record, const char *path) {
  char *caption = bench_caption(record);
  if (!caption)
    return -ENOMEM;
  FILE *file = fopen(path, "we");
  int error = file ? 0 : -errno;
  if (file) {
    const json_t *step =
        json_object_get(json_object_get(record, "clock"), "step_ns");
    fprintf(file, "footer\t%s\n", caption);
    if (json_is_number(step))
      fprintf(file, "step_ns\t%.6g\n", json_number_value(step));
    if (fclose(file))
      error = -errno;
  }
  free(caption);
  return error;
}
