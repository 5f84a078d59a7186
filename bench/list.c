/* Splitting and numbers (see list.h). */
#include "bench/list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Takes the blanks around an item away. */
static char *trimmed(char *item) {
  item += strspn(item, " ");
  size_t length = strlen(item);
  while (length && item[length - 1] == ' ')
    item[--length] = '\0';
  return item;
}

int bench_list_split(const char *text, char separator, struct bench_list *out) {
  size_t count = 1;
  for (const char *c = text; *c; c++)
    count += *c == separator;
  char *copy = strdup(text);
  char **items = calloc(count, sizeof *items);
  if (!copy || !items) {
    free(copy);
    free(items);
    return -ENOMEM;
  }
  char *next = copy;
  for (size_t i = 0; i < count; i++) {
    char *item = next;
    next = strchr(next, separator);
    if (next)
      *next++ = '\0';
    items[i] = trimmed(item);
  }
  *out = (struct bench_list){copy, items, count};
  return 0;
}

void bench_list_free(struct bench_list *list) {
  free(list->items);
  free(list->text);
  *list = (struct bench_list){0};
}

bool bench_number(const char *text, long long low, long long high,
                  long long *out) {
  char *end;
  errno = 0;
  long long value = strtoll(text, &end, 10);
  if (errno || end == text || *end || value < low || value > high)
    return false;
  *out = value;
  return true;
}
