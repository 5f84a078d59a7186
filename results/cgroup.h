/* The CPU time that the control group grants. */
#ifndef RESULTS_CGROUP_H
#define RESULTS_CGROUP_H

#include <jansson.h>

/* The limit as cpu.max writes it, "max 100000" or "150000 100000" (quota and
 * period in microseconds): the tightest from this process's group up to the
 * root, in cgroup v2 or v1.
 * @param root  what stands before /proc and /sys: "" for this machine
 * @return NULL when no group on the way tells */
json_t *results_cgroup_cpu_max(const char *root);

#endif
