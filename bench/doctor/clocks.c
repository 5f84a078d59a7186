/* Do the clocks of the CPUs agree? Of the first and of the last one. */
#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"
#include "bench/kernel/kernel.h"
#include "bench/trial/offset.h"
#include "topology/memory.h"

static int measure(const struct bench_examination *order, const unsigned *cpus,
                   struct bench_offset *out, char *why) {
  /* Not the node of this thread, which may run anywhere. */
  const struct topology_cpu *first = topology_cpu_find(order->machine, cpus[0]);
  int home =
      first->node != TOPOLOGY_NO_NODE ? (int)first->node : TOPOLOGY_HOME_FIRST;
  struct bench_team *team;
  void *line;
  int error = topology_memory_alloc(order->machine, BENCH_LINE, home, &line);
  if (error) {
    topology_memory_why(error, home, why, BENCH_FINDING_SIZE);
    return error;
  }
  error =
      bench_team_start(order->machine, cpus, 2, &team, why, BENCH_FINDING_SIZE);
  if (!error) {
    bench_offset_measure(team, order->clock, line, out);
    bench_team_stop(team);
  }
  topology_memory_free(line, BENCH_LINE);
  return error;
}

/* Clocks that provably differ: 0 is out of bounds, or there are none. */
static enum bench_answer judge(const struct bench_offset *offset) {
  return offset->low_ns <= 0 && offset->high_ns >= 0 ? BENCH_GOOD : BENCH_BAD;
}

enum bench_answer bench_read_offset(struct bench_patient *patient,
                                    const struct bench_check *check,
                                    char *value) {
  const struct bench_examination *order = patient->order;
  struct bench_offset offset;
  (void)check;
  if (!patient->is_this || !order->machine || !order->clock ||
      !bench_clock_stamps(order->clock))
    return BENCH_UNKNOWN;
  size_t count = topology_cpu_count(order->machine);
  if (count < 2) {
    snprintf(value, BENCH_FINDING_SIZE, "one CPU, one clock");
    return BENCH_GOOD;
  }
  const unsigned cpus[2] = {topology_cpu_at(order->machine, 0)->os,
                            topology_cpu_at(order->machine, count - 1)->os};
  if (measure(order, cpus, &offset, value))
    return BENCH_UNKNOWN;
  snprintf(value, BENCH_FINDING_SIZE,
           "CPU %u's less CPU %u's: %+.1f ns, within [%.0f,%.0f]", cpus[1],
           cpus[0], offset.guess_ns, offset.low_ns, offset.high_ns);
  return judge(&offset);
}
