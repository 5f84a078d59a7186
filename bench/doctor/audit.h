/* Are the links between CPUs what hwloc says they are?
 *
 * Some pairs of every level are measured, each several times; then pairs of
 * one level should take about the same time, those of a nearer level less
 * than those of a farther one, and one pair the same time whenever it is
 * asked. On a guest all three may be otherwise. Choosing and judging are
 * pure. */
#ifndef BENCH_DOCTOR_AUDIT_H
#define BENCH_DOCTOR_AUDIT_H

#include "bench/doctor/check.h"
#include "topology/machine.h"

/* A pair of CPUs and how long one line takes from one to the other. */
struct bench_link {
  unsigned a, b; /* OS indices */
  enum topology_level level;
  unsigned distance;                   /* between their nodes; 0: not known */
  char name[TOPOLOGY_LEVEL_NAME_SIZE]; /* of the level */
  /* One way: at the best and at the second worst of several moments, since
   * a single bad one is noise. */
  double least_ns, most_ns;
};

/* Chooses pairs, the same number at every level where there are as many,
 * spread over the machine; nearest level first.
 * @param out  receives an array to be freed
 * @return 0 or -ENOMEM */
int bench_audit_choose(const struct topology_machine *, size_t each,
                       struct bench_link **out, size_t *count);

/* Judges links that have been measured, grouped by level, nearest first.
 * @param value  BENCH_FINDING_SIZE bytes: the fault, or the levels' times */
enum bench_answer bench_audit_judge(const struct bench_link *, size_t count,
                                    char *value);

/* Chooses, measures and judges: seconds. */
enum bench_answer bench_audit(const struct topology_machine *,
                              const struct bench_clock *, char *value);

#endif
