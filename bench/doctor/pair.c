/* A team of two and its line (see pair.h). */
#include "bench/doctor/pair.h"

#include "bench/doctor.h"
#include "bench/kernel/kernel.h"
#include "topology/memory.h"

/* Not the node of the calling thread, which may run anywhere. */
static int home_of(const struct topology_machine *machine, unsigned cpu) {
  const struct topology_cpu *place = topology_cpu_find(machine, cpu);
  return place->node != TOPOLOGY_NO_NODE ? (int)place->node
                                         : TOPOLOGY_HOME_FIRST;
}

int bench_pair_open(const struct topology_machine *machine,
                    const unsigned cpus[2], struct bench_pair *out, char *why) {
  const int home = home_of(machine, cpus[0]);
  struct bench_pair pair;
  int error = topology_memory_alloc(machine, BENCH_LINE, home, &pair.line);
  if (error) {
    topology_memory_why(error, home, why, BENCH_FINDING_SIZE);
    return error;
  }
  error =
      bench_team_start(machine, cpus, 2, &pair.team, why, BENCH_FINDING_SIZE);
  if (error)
    topology_memory_free(pair.line, BENCH_LINE);
  else
    *out = pair;
  return error;
}

void bench_pair_close(struct bench_pair *pair) {
  bench_team_stop(pair->team);
  topology_memory_free(pair->line, BENCH_LINE);
}
