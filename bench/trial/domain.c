/* Domains of CPUs (see domain.h). */
#include "bench/trial/domain.h"

static bool has_several_nodes(const struct topology_machine *machine) {
  for (size_t i = 1; i < topology_cpu_count(machine); i++)
    if (topology_cpu_at(machine, i)->node != topology_cpu_at(machine, 0)->node)
      return true;
  return false;
}

unsigned bench_domain_of(const struct topology_machine *machine,
                         unsigned cpu_os) {
  const struct topology_cpu *cpu = topology_cpu_find(machine, cpu_os);
  if (!cpu)
    return 0;
  return has_several_nodes(machine) ? cpu->node : cpu->l3;
}

const char *bench_domain_kind(const struct topology_machine *machine) {
  return has_several_nodes(machine) ? "node" : "l3";
}
