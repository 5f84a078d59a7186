/* Reading /proc and /sys. */
#include "results/sysfile.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool results_sysfile_read(const char *path, char *text, size_t size) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  size_t length = 0;
  ssize_t got = 1;
  while (got > 0 && length < size - 1) {
    got = read(fd, text + length, size - 1 - length);
    length += got > 0 ? (size_t)got : 0;
  }
  close(fd);
  while (length > 0 && isspace((unsigned char)text[length - 1]))
    length--;
  text[length] = '\0';
  return got >= 0;
}

json_t *results_sysfile_string(const char *path) {
  char text[4096];
  return results_sysfile_read(path, text, sizeof text) ? json_string(text)
                                                       : NULL;
}

json_t *results_sysfile_bool(const char *path, bool one) {
  char text[8];
  if (!results_sysfile_read(path, text, sizeof text))
    return NULL;
  if (strcmp(text, "0") != 0 && strcmp(text, "1") != 0)
    return NULL;
  return json_boolean((*text == '1') == one);
}

json_t *results_sysfile_integer(const char *path) {
  char text[32], *end;
  if (!results_sysfile_read(path, text, sizeof text))
    return NULL;
  const long long value = strtoll(text, &end, 10);
  return end == text || *end ? NULL : json_integer(value);
}

json_t *results_sysfile_choice(const char *path) {
  char text[256];
  if (!results_sysfile_read(path, text, sizeof text))
    return NULL;
  const char *open = strchr(text, '[');
  const char *close = open ? strchr(open, ']') : NULL;
  return close ? json_stringn(open + 1, (size_t)(close - open - 1)) : NULL;
}

/* What follows `key`, white space and the separator on a line, or NULL. */
static const char *value_on_line(const char *line, const char *key,
                                 char separator) {
  const size_t length = strlen(key);
  if (strncmp(line, key, length) != 0)
    return NULL;
  line += length;
  line += strspn(line, " \t");
  return *line == separator ? line + 1 + strspn(line + 1, " \t") : NULL;
}

json_t *results_sysfile_key(const char *text, const char *key, char separator) {
  for (const char *line = text; *line;
       line += strcspn(line, "\n"), line += *line == '\n') {
    const char *value = value_on_line(line, key, separator);
    if (!value)
      continue;
    size_t length = strcspn(value, "\n");
    if (length >= 2 && *value == '"' && value[length - 1] == '"') {
      value++;
      length -= 2;
    }
    return json_stringn(value, length);
  }
  return NULL;
}
