/* The head of a run (see head.h). */
#include "bench/head.h"

#include "results/emulation.h"

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
  for (size_t i = 0; i < head->plan->omission_count; i++)
    fprintf(file, "left out: %s\n", head->plan->omissions[i].text);
  bench_doctor_print_short(file, head->health);
  fflush(file);
}
