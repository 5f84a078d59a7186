/* The atomic accesses in the source text, and another order for one of them. */
#ifndef LOCKS_MODEL_SITE_H
#define LOCKS_MODEL_SITE_H

#include <stdbool.h>

#include "locks/model/hook.h"

/* Every site that any check has executed, newest first. */
extern struct model_site *model_sites;

/* The order that the site has now. */
enum model_order model_site_order(const struct model_site *site,
                                  enum model_role role);

/* Gives the site another order, until model_site_restore(). */
void model_site_replace(struct model_site *site, enum model_role role,
                        enum model_order order);
void model_site_restore(struct model_site *site);

/* "acquire", without memory_order_ */
const char *model_order_name(enum model_order order);

/* The file as written from the top of the tree: "locks/queued/mcs.h". */
const char *model_file_name(const char *file);

#endif
