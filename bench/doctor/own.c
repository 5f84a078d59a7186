/* Checks on what the program finds out itself: about this machine only. */
#include <hwloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/doctor/audit.h"
#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"
#include "bench/trial/hardware.h"
#include "bench/trial/rseq.h"
#include "results/environment.h"
#include "topology/memory.h"

enum bench_answer bench_read_topology(struct bench_patient *patient,
                                      const struct bench_check *check,
                                      char *value) {
  const struct bench_examination *order = patient->order;
  (void)check;
  if (order->machine)
    snprintf(value, BENCH_FINDING_SIZE, "hwloc reads it: %zu CPUs, %zu nodes",
             topology_cpu_count(order->machine),
             topology_node_count(order->machine));
  else if (order->machine_why)
    snprintf(value, BENCH_FINDING_SIZE, "%s", order->machine_why);
  return order->machine       ? BENCH_GOOD
         : order->machine_why ? BENCH_BAD
                              : BENCH_UNKNOWN;
}

/* hwloc obeys its environment: then it describes another machine, or less. */
static const char *const obeyed[] = {"HWLOC_XMLFILE", "HWLOC_SYNTHETIC",
                                     "HWLOC_FSROOT", "HWLOC_COMPONENTS"};

enum bench_answer bench_read_hwloc(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  const unsigned version = hwloc_get_api_version();
  (void)check;
  if (!patient->is_this)
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE, "its interface is %u.%u", version >> 16,
           version >> 8 & 0xff);
  for (size_t i = 0; i < sizeof obeyed / sizeof *obeyed; i++)
    if (getenv(obeyed[i])) {
      snprintf(value, BENCH_FINDING_SIZE, "%s is set: %.128s", obeyed[i],
               getenv(obeyed[i]));
      return BENCH_BAD;
    }
  return BENCH_GOOD;
}

enum bench_answer bench_read_libc(struct bench_patient *patient,
                                  const struct bench_check *check,
                                  char *value) {
  (void)check;
  if (!patient->is_this)
    return BENCH_UNKNOWN;
  if (confstr(_CS_GNU_LIBC_VERSION, value, BENCH_FINDING_SIZE))
    return BENCH_GOOD;
  *value = '\0';
  return BENCH_UNKNOWN;
}

enum bench_answer bench_read_built(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  (void)check;
  if (!patient->is_this)
    return BENCH_UNKNOWN;
  json_t *all = results_environment();
  const char *by = json_string_value(json_object_get(all, "compiler"));
  const char *flags = json_string_value(json_object_get(all, "build_flags"));
  if (by && flags)
    snprintf(value, BENCH_FINDING_SIZE, "%s, %s", by, flags);
  json_decref(all);
  return *value ? BENCH_GOOD : BENCH_UNKNOWN;
}

enum bench_answer bench_read_self_test(struct bench_patient *patient,
                                       const struct bench_check *check,
                                       char *value) {
  const struct bench_clock *clock = patient->order->clock;
  (void)check;
  if (!clock)
    return BENCH_UNKNOWN;
  if (clock->distrust)
    snprintf(value, BENCH_FINDING_SIZE, "%s", clock->distrust);
  else
    snprintf(value, BENCH_FINDING_SIZE, "%s: known chains to %.2f ns",
             clock->name, clock->residual_ns);
  return clock->distrust ? BENCH_BAD : BENCH_GOOD;
}

enum bench_answer bench_read_stamp(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  const struct bench_clock *clock = patient->order->clock;
  (void)check;
  if (!clock)
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE,
           "step %.2f ns, a stamp costs %.1f ns, calibrated to %.2f ppm",
           clock->step_ns, clock->pair_ticks * clock->ns_per_tick,
           clock->calibration_ppm);
  return BENCH_GOOD;
}

/* A page on every node that has memory, asked for where it came to lie. */
enum bench_answer bench_read_placement(struct bench_patient *patient,
                                       const struct bench_check *check,
                                       char *value) {
  const struct topology_machine *machine = patient->order->machine;
  size_t placed = 0;
  (void)check;
  if (!machine)
    return BENCH_UNKNOWN;
  for (size_t i = 0; i < topology_node_count(machine); i++) {
    const struct topology_node *node = topology_node_at(machine, i);
    void *page;
    if (!node->bytes)
      continue;
    int error = topology_memory_alloc(machine, 1, (int)node->os, &page);
    if (error) {
      topology_memory_why(error, (int)node->os, value, BENCH_FINDING_SIZE);
      return BENCH_BAD;
    }
    topology_memory_free(page, 1);
    placed++;
  }
  snprintf(value, BENCH_FINDING_SIZE, "a page on each of %zu nodes", placed);
  return BENCH_GOOD;
}

enum bench_answer bench_read_nodes(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  const struct topology_machine *machine = patient->order->machine;
  unsigned packages = 0;
  (void)check;
  if (!machine)
    return BENCH_UNKNOWN;
  for (size_t i = 0; i < topology_cpu_count(machine); i++) {
    unsigned package = topology_cpu_at(machine, i)->package;
    packages = package >= packages ? package + 1 : packages;
  }
  snprintf(value, BENCH_FINDING_SIZE, "%zu nodes, %u packages, %u L3 caches",
           topology_node_count(machine), packages, topology_l3_count(machine));
  return BENCH_GOOD;
}

/* From the first node to each. */
enum bench_answer bench_read_distances(struct bench_patient *patient,
                                       const struct bench_check *check,
                                       char *value) {
  const struct topology_machine *machine = patient->order->machine;
  size_t used = 0;
  (void)check;
  if (!machine || !topology_node_count(machine))
    return BENCH_UNKNOWN;
  unsigned from = topology_node_at(machine, 0)->os;
  for (size_t i = 0; i < topology_node_count(machine); i++) {
    unsigned distance =
        topology_distance(machine, from, topology_node_at(machine, i)->os);
    if (!distance || used > BENCH_FINDING_SIZE - 16)
      break;
    used += (size_t)snprintf(value + used, BENCH_FINDING_SIZE - used, "%s%u",
                             i ? " " : "from the first node: ", distance);
  }
  return used ? BENCH_GOOD : BENCH_UNKNOWN;
}

enum bench_answer bench_read_park_flag(struct bench_patient *patient,
                                       const struct bench_check *check,
                                       char *value) {
  (void)check;
  if (!patient->is_this)
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE,
           bench_rseq_usable() ? "works"
                               : "none: switches are counted by call");
  return BENCH_GOOD;
}

enum bench_answer bench_read_counters(struct bench_patient *patient,
                                      const struct bench_check *check,
                                      char *value) {
  struct bench_hardware hardware;
  char why[200];
  (void)check;
  if (!patient->is_this)
    return BENCH_UNKNOWN;
  size_t count = bench_hardware_open(&hardware, why, sizeof why);
  bench_hardware_close(&hardware);
  snprintf(value, BENCH_FINDING_SIZE, "%zu events%s%s", count, *why ? "; " : "",
           why);
  return BENCH_GOOD;
}

enum bench_answer bench_read_links(struct bench_patient *patient,
                                   const struct bench_check *check,
                                   char *value) {
  const struct bench_examination *order = patient->order;
  char guest[BENCH_FINDING_SIZE];
  (void)check;
  /* What a hypervisor says of its machine is asked of the machine. */
  bool audit =
      order->audit || (!order->hurry && patient->is_this &&
                       bench_read_guest(patient, check, guest) == BENCH_BAD);
  if (!audit || !order->machine || !order->clock) {
    snprintf(value, BENCH_FINDING_SIZE, "not measured: kspin doctor --audit");
    return BENCH_UNKNOWN;
  }
  return bench_audit(order->machine, order->clock, value);
}
