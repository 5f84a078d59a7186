/* CPUs in logical order (see layout.h). */
#include "bench/run/layout.h"

#include <errno.h>
#include <stdlib.h>

#include "bench/predict/places.h"
#include "results/file.h"

static int by_logical(const void *left, const void *right) {
  const struct topology_cpu *a = left, *b = right;
  return (a->logical > b->logical) - (a->logical < b->logical);
}

static int fill(FILE *file, const void *context) {
  const struct bench_places *places = context;
  fputs("cpu,core,l2,l3,package,node\n", file);
  for (size_t i = 0; i < places->count; i++) {
    const struct topology_cpu *cpu = &places->cpus[i];
    fprintf(file, "%u,%u,%u,%u,%u,", cpu->os, cpu->core, cpu->l2, cpu->l3,
            cpu->package);
    if (cpu->node != TOPOLOGY_NO_NODE)
      fprintf(file, "%u", cpu->node);
    fputc('\n', file);
  }
  return 0;
}

int bench_layout_write(const char *folder, const json_t *record) {
  struct bench_places places;
  int error =
      bench_places_of_record(json_object_get(record, "topology"), &places);
  if (error)
    return error == -EBADMSG ? 0 : error;
  qsort(places.cpus, places.count, sizeof *places.cpus, by_logical);
  error = results_file_replace(folder, "cpus.csv", fill, &places);
  bench_places_free(&places);
  return error;
}
