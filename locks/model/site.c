/* Sites: known from their first execution on. */
#include "locks/model/site.h"

#include <string.h>

struct model_site *model_sites;

enum model_order model_site_order(const struct model_site *site,
                                  enum model_role role) {
  return site->replaced[role] ? site->instead[role] : site->asked[role];
}

void model_site_replace(struct model_site *site, enum model_role role,
                        enum model_order order) {
  site->replaced[role] = true;
  site->instead[role] = order;
}

void model_site_restore(struct model_site *site) {
  for (int role = 0; role < MODEL_ROLES; role++)
    site->replaced[role] = false;
}

const char *model_order_name(enum model_order order) {
  static const char *const names[] = {
      [MODEL_RELAXED] = "relaxed", [MODEL_CONSUME] = "consume",
      [MODEL_ACQUIRE] = "acquire", [MODEL_RELEASE] = "release",
      [MODEL_ACQ_REL] = "acq_rel", [MODEL_SEQ_CST] = "seq_cst",
  };
  return names[order];
}

/* The compiler's name for it depends on where the compiler was run. */
const char *model_file_name(const char *file) {
  const char *name = file;
  for (const char *at = file; (at = strstr(at, "/locks/")); at++)
    name = at + 1;
  return name;
}
