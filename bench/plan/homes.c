/* Where lock lines lie, as one axis of a plan (see choice.h). */
#include <errno.h>
#include <stdlib.h>

#include "bench/plan/choice.h"
#include "topology/memory.h"

int bench_choice_homes(struct bench_choice *choice) {
  struct bench_plan *plan = choice->plan;
  plan->homes = calloc(choice->home_count, sizeof *plan->homes);
  if (!plan->homes)
    return -ENOMEM;
  plan->home_count = choice->home_count;
  for (size_t i = 0; i < plan->home_count; i++) {
    struct bench_home *home = &plan->homes[i];
    home->home = choice->homes[i];
    topology_home_name(home->home, home->text, sizeof home->text);
  }
  return 0;
}
