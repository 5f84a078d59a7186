/* A machine as text. */
#include "topology/describe.h"

#include <string.h>

/* Cores on one line of the table. */
enum { CORES_A_LINE = 8 };

static bool same_row(const struct topology_cpu *a,
                     const struct topology_cpu *b) {
  return a->package == b->package && a->node == b->node && a->l3 == b->l3;
}

static void print_counts(FILE *out, const struct topology_machine *m) {
  size_t cores = 1, packages = 1;
  for (size_t i = 1; i < topology_cpu_count(m); i++) {
    const struct topology_cpu *cpu = topology_cpu_at(m, i);
    cores += cpu->core != cpu[-1].core;
    packages += cpu->package != cpu[-1].package;
  }
  fprintf(out, "counts   packages %zu, nodes %zu, L3 caches %u, cores %zu, ",
          packages, topology_node_count(m), topology_l3_count(m), cores);
  fprintf(out, "CPUs %zu\n", topology_cpu_count(m));
}

static void print_number(FILE *out, int width, unsigned number, bool known) {
  if (known)
    fprintf(out, "%*u  ", width, number);
  else
    fprintf(out, "%*s  ", width, "-");
}

static void print_row_head(FILE *out, const struct topology_machine *m,
                           const struct topology_cpu *cpu) {
  print_number(out, 7, cpu->package, true);
  print_number(out, 4, cpu->node, cpu->node != TOPOLOGY_NO_NODE);
  print_number(out, 3, cpu->l3, cpu->l3 < topology_l3_count(m));
}

/* One row for each L3 domain of a node, wrapped; one word for each core. */
static void print_cpus(FILE *out, const struct topology_machine *m) {
  unsigned cores = 0;
  fprintf(out, "package  node   L3  CPUs (siblings joined by +)");
  for (size_t i = 0; i < topology_cpu_count(m); i++) {
    const struct topology_cpu *cpu = topology_cpu_at(m, i);
    if (i == 0 || !same_row(cpu, cpu - 1)) {
      fputc('\n', out);
      print_row_head(out, m, cpu);
      cores = 1;
    } else if (cpu->thread > 0) {
      fputc('+', out);
    } else if (cores++ % CORES_A_LINE == 0) {
      fprintf(out, "\n%20s", "");
    } else {
      fputc(' ', out);
    }
    fprintf(out, "%u", cpu->os);
  }
  fputc('\n', out);
}

/* Only a hybrid has anything to say: CPUs by kind of core, in logical order. */
static void print_kinds(FILE *out, const struct topology_machine *m) {
  unsigned kinds = topology_kind_count(m);
  for (unsigned kind = 0; kinds > 1 && kind < kinds; kind++) {
    fprintf(out, "%skind %u of core%s", kind ? "" : "\n", kind,
            kind ? ":" : " (the fastest):");
    for (size_t i = 0; i < topology_cpu_count(m); i++)
      if (topology_cpu_at(m, i)->kind == kind)
        fprintf(out, " %u", topology_cpu_at(m, i)->os);
    fputc('\n', out);
  }
}

static void print_distances(FILE *out, const struct topology_machine *m,
                            unsigned from) {
  for (size_t i = 0; i < topology_node_count(m); i++) {
    unsigned distance = topology_distance(m, from, topology_node_at(m, i)->os);
    if (distance)
      fprintf(out, " %4u", distance);
    else
      fprintf(out, " %4s", "-");
  }
}

static void print_memory(FILE *out, uint64_t bytes) {
  if (bytes)
    fprintf(out, "%6.1f GiB", (double)bytes / (1 << 30));
  else
    fprintf(out, "%10s", "-");
}

static void print_nodes(FILE *out, const struct topology_machine *m) {
  fprintf(out, "node  CPUs      memory  distance to");
  for (size_t i = 0; i < topology_node_count(m); i++)
    fprintf(out, " %4u", topology_node_at(m, i)->os);
  for (size_t i = 0; i < topology_node_count(m); i++) {
    const struct topology_node *node = topology_node_at(m, i);
    fprintf(out, "\n%4u  %4u  ", node->os, node->cpus);
    print_memory(out, node->bytes);
    fprintf(out, "%13s", "");
    print_distances(out, m, node->os);
  }
  fputc('\n', out);
}

/* The column is as wide without its unit, but nothing trails a line. */
static void print_figure(FILE *out, uint64_t value, const char *unit,
                         bool last) {
  if (value)
    fprintf(out, "  %7llu %s", (unsigned long long)value, unit);
  else
    fprintf(out, "  %7s%*s", "-", last ? 0 : (int)strlen(unit) + 1, "");
}

/* Only where the firmware says anything about memory. */
static void print_attributes(FILE *out, const struct topology_machine *m) {
  bool said = false;
  for (size_t i = 0; i < topology_node_count(m); i++) {
    const struct topology_node *node = topology_node_at(m, i);
    if (!node->latency_ns && !node->bandwidth_mib_per_s)
      continue;
    if (!said)
      fputs("\nnode  memory, from the CPUs that are best at it\n", out);
    said = true;
    fprintf(out, "%4u", node->os);
    print_figure(out, node->latency_ns, "ns", false);
    print_figure(out, node->bandwidth_mib_per_s, "MiB/s", true);
    fputc('\n', out);
  }
}

void topology_describe(FILE *out, const struct topology_machine *m) {
  fprintf(out, "machine  %s\nallowed  %s\n", topology_machine_source(m),
          topology_cpus_allowed(m));
  print_counts(out, m);
  fputc('\n', out);
  print_cpus(out, m);
  print_kinds(out, m);
  fputc('\n', out);
  print_nodes(out, m);
  print_attributes(out, m);
}

void topology_describe_levels(FILE *out, const struct topology_machine *m,
                              const unsigned *cpus_os, size_t count) {
  char name[TOPOLOGY_LEVEL_NAME_SIZE];
  fprintf(out, "%5s", "CPU");
  for (size_t column = 0; column < count; column++)
    fprintf(out, " %9u", cpus_os[column]);
  for (size_t row = 0; row < count; row++) {
    fprintf(out, "\n%5u", cpus_os[row]);
    for (size_t column = 0; column < count; column++) {
      topology_level_name(m, cpus_os[row], cpus_os[column], name, sizeof name);
      fprintf(out, " %9s", name);
    }
  }
  fputc('\n', out);
}
