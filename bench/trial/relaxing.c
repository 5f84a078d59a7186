/* The policy of waiters (see relaxing.h). */
#include "bench/trial/relaxing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locks/relax.h"

int bench_relaxing_prepare(char *why, size_t why_size) {
  const char *lacking = relax_lacks();
  if (lacking) {
    snprintf(why, why_size,
             "waiters of this build relax by " LOCK_RELAX_NAME
             ", but the processor lacks %s; build with -Drelax=pause",
             lacking);
    return -ENOTSUP;
  }
  relax_calibrate();
  return 0;
}

/* @return the plan's copy of the variant under the policy, or NULL */
static const struct bench_variant *relaxed(struct bench_plan *plan,
                                           const struct bench_variant *plain,
                                           const char *policy) {
  for (struct bench_relaxed *r = plan->relaxed; r; r = r->next)
    if (r->plain == plain && r->policy == policy)
      return &r->variant;
  struct bench_relaxed *added = malloc(sizeof *added);
  if (!added)
    return NULL;
  *added = (struct bench_relaxed){plan->relaxed, plain, policy, *plain};
  size_t used = strlen(plain->text);
  snprintf(added->variant.text + used, sizeof added->variant.text - used,
           "%srelax:%s", used ? " " : "", policy);
  plan->relaxed = added;
  return &added->variant;
}

int bench_relaxing_cells(struct bench_plan *plan, const char *policy) {
  for (size_t i = 0; i < plan->cell_count; i++) {
    const char *own = plan->cells[i].kernel->relax;
    const char *named = own ? own : policy;
    if (!strcmp(named, "pause"))
      continue;
    const struct bench_variant *variant =
        relaxed(plan, plan->cells[i].variant, named);
    if (!variant)
      return -ENOMEM;
    plan->cells[i].variant = variant;
  }
  return 0;
}

void bench_relaxing_free(struct bench_plan *plan) {
  while (plan->relaxed) {
    struct bench_relaxed *first = plan->relaxed;
    plan->relaxed = first->next;
    free(first);
  }
}

json_t *bench_relaxing_json(void) {
  return json_pack("{s:s, s:f}", "policy", LOCK_RELAX_NAME, "hint_ns",
                   1024.0 / relax_pauses_per_1024_ns);
}
