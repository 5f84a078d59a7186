/* The table of locks, from the lists in locks/meson.build. */
#include "locks/table.h"

#include <string.h>

#include "locks/all.h"

const struct lock_row lock_table[] = {LOCK_TABLE_ROWS};
const size_t lock_table_count = sizeof lock_table / sizeof *lock_table;

const char *lock_family_name(enum lock_family family) {
  static const char *const names[] = {"executive", "queued", "reader", "peer"};
  return names[family];
}

const struct lock_row *lock_find(enum lock_family family, const char *name) {
  for (size_t i = 0; i < lock_table_count; i++)
    if (lock_table[i].family == family && strcmp(lock_table[i].name, name) == 0)
      return &lock_table[i];
  return NULL;
}
