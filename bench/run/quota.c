/* From a quota and its period to CPUs (see quota.h). */
#include "bench/run/quota.h"

#include <stdio.h>

#include "results/cgroup.h"

double bench_quota_cpus(void) {
  long long quota, period;
  json_t *limit = results_cgroup_cpu_max("");
  int read =
      limit ? sscanf(json_string_value(limit), "%lld %lld", &quota, &period)
            : 0;
  json_decref(limit);
  if (read != 2 || quota <= 0 || period <= 0)
    return 0;
  return quota < period ? 1 : (double)quota / (double)period;
}
