/* Every lock of the lists in locks/meson.build, with what its header says of
 * it: for programs that list, check or describe locks. */
#ifndef LOCKS_TABLE_H
#define LOCKS_TABLE_H

#include <stddef.h>

#include "locks/contract.h"

enum lock_family {
  LOCK_FAMILY_EXECUTIVE,
  LOCK_FAMILY_QUEUED,
  LOCK_FAMILY_READER,
  LOCK_FAMILY_PEER
};

struct lock_row {
  enum lock_family family;
  const char *name;
  unsigned traits; /* LOCK_ bits */
  struct lock_properties properties;
};

/* In the order of the lists, family by family. */
extern const struct lock_row lock_table[];
extern const size_t lock_table_count;

/* @return "executive", "queued", "reader" or "peer" */
const char *lock_family_name(enum lock_family family);

/* @return the lock's row, or NULL if the lists do not have it */
const struct lock_row *lock_find(enum lock_family family, const char *name);

#endif
