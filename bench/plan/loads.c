/* Think times and payloads as one axis of a plan (see choice.h). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/plan/choice.h"

/* "think:500 lines:4" */
static void name_load(struct bench_variant *load) {
  char think[24] = "", lines[24] = "";
  if (load->think_ns)
    snprintf(think, sizeof think, "think:%lld", (long long)load->think_ns);
  if (load->cs_lines)
    snprintf(lines, sizeof lines, "lines:%u", load->cs_lines);
  snprintf(load->text, sizeof load->text, "%s%s%s", think,
           *think && *lines ? " " : "", lines);
}

int bench_choice_loads(struct bench_choice *choice) {
  struct bench_plan *plan = choice->plan;
  plan->loads =
      calloc(choice->think_count * choice->line_count, sizeof *plan->loads);
  if (!plan->loads)
    return -ENOMEM;
  for (size_t i = 0; i < choice->think_count; i++)
    for (size_t j = 0; j < choice->line_count; j++) {
      struct bench_variant *load = &plan->loads[plan->load_count++];
      load->think_ns = choice->thinks[i];
      load->cs_lines = (unsigned)choice->lines[j];
      name_load(load);
    }
  return 0;
}
