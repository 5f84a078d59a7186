/* Cells and plans told apart (see plan.h). */
#include "bench/plan/plan.h"

#include <stdio.h>

struct results_cell bench_cell_identity(const struct bench_cell *cell) {
  return (struct results_cell){.workload = cell->workload->name,
                               .family = cell->kernel->family,
                               .lock = cell->kernel->lock,
                               .routines = cell->kernel->routines,
                               .threads = (int64_t)cell->threads,
                               .cpus = cell->set->text,
                               .level = cell->set->level,
                               .home = cell->home_text,
                               .cs_ns = cell->cs_ns,
                               .variant = cell->variant->text,
                               .link = ""};
}

void bench_cell_identify(const struct bench_cell *cell,
                         struct results_trial *trial) {
  const struct results_cell identity = bench_cell_identity(cell);
  trial->workload = identity.workload;
  trial->family = identity.family;
  trial->lock = identity.lock;
  trial->routines = identity.routines;
  trial->threads = identity.threads;
  trial->cpus = identity.cpus;
  trial->level = identity.level;
  trial->home = identity.home;
  trial->cs_ns = identity.cs_ns;
  trial->variant = identity.variant;
}

void bench_cell_name(const struct bench_cell *cell, char *text, size_t size) {
  snprintf(text, size,
           "%s/%s/%s/%s/threads:%zu/level:%s/home:%s/cs:%lld/%s%sset:%zu",
           cell->workload->name, cell->kernel->family, cell->kernel->lock,
           cell->kernel->routines, cell->threads, cell->set->level,
           cell->home_text, (long long)cell->cs_ns, cell->variant->text,
           *cell->variant->text ? "/" : "", cell->set->number);
}

/* Source: FNV-1a; Fowler, Noll, Vo, RFC 9923. */
static uint64_t digest_text(uint64_t digest, const char *text) {
  do
    digest = (digest ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
  while (*text++);
  return digest;
}

uint64_t bench_plan_digest(const struct bench_plan *plan) {
  uint64_t digest = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < plan->cell_count; i++) {
    char name[BENCH_CELL_NAME_SIZE];
    bench_cell_name(&plan->cells[i], name, sizeof name);
    digest = digest_text(digest, name);
    digest = digest_text(digest, plan->cells[i].set->text);
  }
  return digest;
}
