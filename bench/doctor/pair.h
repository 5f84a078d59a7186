/* Two CPUs and a line between them, for the checks that measure. */
#ifndef BENCH_DOCTOR_PAIR_H
#define BENCH_DOCTOR_PAIR_H

#include "bench/trial/team.h"

struct bench_pair {
  struct bench_team *team; /* of two */
  void *line;              /* BENCH_LINE bytes on the first CPU's node */
};

/* Starts a thread on each CPU.
 * @param cpus  OS indices of two CPUs of the machine
 * @param why   BENCH_FINDING_SIZE bytes; one line on error
 * @return 0; errors of topology_memory_alloc() and bench_team_start() */
int bench_pair_open(const struct topology_machine *, const unsigned cpus[2],
                    struct bench_pair *out, char *why);
void bench_pair_close(struct bench_pair *);

#endif
