/* The head of a run (see head.h). */
#include "bench/run/head.h"

#include <string.h>

#include "bench/doctor/check.h"
#include "results/emulation.h"

/* One of the doctor's findings that is said even when all is well. */
static void print_finding(FILE *file, const struct bench_examination *health,
                          const char *name) {
  for (size_t i = 0; i < health->count; i++)
    if (!strcmp(health->findings[i].check->name, name))
      fprintf(file, "%s: %s\n", name, health->findings[i].value);
}

void bench_head_print(FILE *file, const struct bench_head *head) {
  const struct bench_clock *clock = head->clock;
  if (results_emulated() > 0)
    fputs("emulated machine: its CPUs are a program, so no time of this run "
          "means anything\n",
          file);
  fprintf(file, "clock %s: step %.2f ns, a stamp costs %.1f ns%s%s\n",
          clock->name, clock->step_ns, head->costs->stamp_ns,
          clock->distrust ? "; single events are not stamped: " : "",
          clock->distrust ? clock->distrust : "");
  bench_costs_print(file, head->costs);
  print_finding(file, head->health, "clock_offset");
  print_finding(file, head->health, "counters");
  for (size_t i = 0; i < head->plan->omission_count; i++)
    fprintf(file, "left out: %s\n", head->plan->omissions[i].text);
  bench_doctor_print_short(file, head->health);
  fflush(file);
}
