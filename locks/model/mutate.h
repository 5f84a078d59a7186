/* Is every order in a lock needed? Weakens each in turn, and looks whether a
 * check fails. */
#ifndef LOCKS_MODEL_MUTATE_H
#define LOCKS_MODEL_MUTATE_H

#include <stdbool.h>
#include <stddef.h>

#include "locks/model/client.h"
#include "locks/model/site.h"

enum model_fate {
  MODEL_KILLED,
  MODEL_JUSTIFIED,   /* survived, and the source says why */
  MODEL_UNJUSTIFIED, /* survived */
};

/* One order of one site, a step weaker. */
struct model_mutant {
  const struct model_site *site;
  enum model_role role;
  enum model_order from, to;
  enum model_fate fate;
  const char *why;                   /* what killed it, or the source's word */
  const struct model_config *config; /* that killed it, or null */
  unsigned long long executions;     /* in that configuration, or in all */
};

/* A comment "survives: why" or "survives as relaxed: why" in a lock header. It
 * speaks of the first access at or after its end. */
struct model_survivor {
  const char *file; /* from the top of the tree */
  int line;         /* its last */
  const char *as;   /* the weaker order, or "" for any */
  const char *why;
  bool used;
};

/* Ended by a null file. Made by survivors.py. */
extern struct model_survivor model_survivors[];

/* The configurations that a mutant has to survive, ended by 0 threads. */
extern const struct model_config model_mutate_configs[];

const char *model_fate_name(enum model_fate fate);

/* Weakens every order of the lock, one step and one site at a time.
 * @param search  of each check; null: exhaustive
 * @param report  told of each mutant when its fate is known
 * @return 0; or as model_check(); -EINVAL the lock fails as it is */
int model_mutate(const struct model_lock *lock,
                 const struct model_search *search,
                 void (*report)(void *context, const struct model_mutant *),
                 void *context);

/* After model_mutate(): is there a word in the lock's header for an order that
 * did not survive? @return it, or null */
const struct model_survivor *
model_survivor_unused(const struct model_lock *lock);

#endif
