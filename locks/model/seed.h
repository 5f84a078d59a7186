/* Bugs of the kind that locks have had, put in on purpose: each must be found.
 *
 * Most are one order that is too weak, at a site named by its function,
 * operation and operand. The others are a changed copy of the header, made
 * when kspin is built from the text in `seeds/`. */
#ifndef LOCKS_MODEL_SEED_H
#define LOCKS_MODEL_SEED_H

#include "locks/model/client.h"
#include "locks/model/hook.h"

struct model_seed {
  unsigned number;
  const char *family, *name; /* of the lock */
  const char *what;
  struct model_config config; /* where it shows */
  /* A site and its weaker order; null function: see model_seed_copies. */
  const char *function, *operation, *text;
  enum model_order order;
};

/* The lock of a changed header. */
struct model_seed_copy {
  unsigned number;
  const struct model_lock *lock;
  const bool *gone; /* the text to change is no longer in the header */
};

/* Ended by number 0. */
extern const struct model_seed model_seeds[];
extern const struct model_seed_copy model_seed_copies[];

const struct model_seed *model_seed_find(unsigned number);

/* Checks the lock with the bug in it.
 * @return as model_check(); -ENOENT the lock, the site or the text that the
 *         seed speaks of is not there (any more) */
int model_seed_check(const struct model_seed *seed,
                     const struct model_search *search,
                     struct model_result *out);

#endif
