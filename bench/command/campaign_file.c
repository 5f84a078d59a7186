/* Reading options from a file (see campaign_file.h). */
#include "bench/command/campaign_file.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"

static char *trim(char *text) {
  while (isspace((unsigned char)*text))
    text++;
  char *end = text + strlen(text);
  while (end > text && isspace((unsigned char)end[-1]))
    *--end = '\0';
  return text;
}

static void cut_comment(char *line) {
  for (char *c = line; *c; c++)
    if (*c == '#' && (c == line || isspace((unsigned char)c[-1])))
      *c = '\0';
}

static const struct argp_option *find(const struct argp_option *options,
                                      const char *name) {
  for (; options->name; options++)
    if (!strcmp(options->name, name))
      return options;
  return NULL;
}

/* @return what is wrong with a line, or NULL with its option and value */
static const char *split(char *line, const struct argp_option *options,
                         const struct argp_option **option, char **value) {
  char *equals = strchr(line, '=');
  if (!equals)
    return "should be `name = value`";
  *equals = '\0';
  *option = find(options, trim(line));
  *value = trim(equals + 1);
  if (!*option || !strcmp((*option)->name, "campaign"))
    return "names no option of a campaign; see kspin bench --help";
  if (!**value)
    return "has no value";
  if (!(*option)->arg && strcmp(*value, "yes") != 0)
    return "is a flag: its value is yes, or the line is left out";
  return NULL;
}

/* Says which line is wrong, or hands it on. */
static error_t take_line(const char *path, size_t number, char *line,
                         const struct argp_option *options,
                         error_t (*parse)(int, char *, struct argp_state *),
                         struct argp_state *state) {
  const struct argp_option *option = NULL;
  char *value = NULL;
  cut_comment(line);
  if (!*trim(line))
    return 0;
  const char *wrong = split(line, options, &option, &value);
  if (!wrong && !option->arg)
    return parse(option->key, NULL, state);
  char *kept = wrong ? NULL : strdup(value);
  if (kept)
    return parse(option->key, kept, state);
  bench_usage(state->argv[0], "%s:%zu: '%s' %s", path, number, trim(line),
              wrong ? wrong : strerror(ENOMEM));
  return EINVAL;
}

error_t bench_campaign_file(const char *path, const struct argp_option *options,
                            error_t (*parse)(int, char *, struct argp_state *),
                            struct argp_state *state) {
  FILE *file = fopen(path, "re");
  char *line = NULL;
  size_t room = 0;
  error_t error = 0;
  for (size_t number = 1; file && !error && getline(&line, &room, file) > 0;
       number++)
    error = take_line(path, number, line, options, parse, state);
  if (!error && (!file || !feof(file))) { /* a folder opens, but is not read */
    bench_usage(state->argv[0], "--campaign: %s: %s", path, strerror(errno));
    error = EINVAL;
  }
  free(line);
  if (file)
    fclose(file);
  return error;
}
