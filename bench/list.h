/* Lists in options: "a,b,c". */
#ifndef BENCH_LIST_H
#define BENCH_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct bench_list {
  char *text;   /* owns the characters */
  char **items; /* into text; empty items are kept */
  size_t count;
};

/* Splits a text at every `separator`; blanks around an item do not count.
 * @return 0 or -ENOMEM */
int bench_list_split(const char *text, char separator, struct bench_list *out);

void bench_list_free(struct bench_list *);

/* Reads a whole number.
 * @return false when `text` is anything else or outside [low, high] */
bool bench_number(const char *text, long long low, long long high,
                  long long *out);

#endif
