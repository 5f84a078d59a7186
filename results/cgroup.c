/* From /proc/self/cgroup to cpu.max, or cpu.cfs_quota_us of version 1. */
#include "results/cgroup.h"
#include "results/sysfile.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* CPUs' worth of a limit; infinite for "max" and for -1. */
static double cpus_of(const char *limit) {
  long long quota, period;
  if (sscanf(limit, "%lld %lld", &quota, &period) != 2 || quota < 0 ||
      period <= 0)
    return (double)INFINITY;
  return (double)quota / (double)period;
}

static bool read_v2(const char *group, char *limit, size_t size) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/cpu.max", group);
  return results_sysfile_read(path, limit, size);
}

static bool read_v1(const char *group, char *limit, size_t size) {
  char path[PATH_MAX], quota[32], period[32];
  snprintf(path, sizeof path, "%s/cpu.cfs_quota_us", group);
  if (!results_sysfile_read(path, quota, sizeof quota))
    return false;
  snprintf(path, sizeof path, "%s/cpu.cfs_period_us", group);
  if (!results_sysfile_read(path, period, sizeof period))
    return false;
  snprintf(limit, size, "%s %s", *quota == '-' ? "max" : quota, period);
  return true;
}

/* Walks up from ROOT/GROUP to ROOT and keeps the tightest limit.
 * @param group  cut shorter on the way */
static json_t *tightest(const char *root, char *group,
                        bool (*read)(const char *, char *, size_t)) {
  char path[PATH_MAX - 32], limit[80], best[80] = "";
  for (;;) {
    snprintf(path, sizeof path, "%s%s", root, group);
    if (read(path, limit, sizeof limit) &&
        (!*best || cpus_of(limit) < cpus_of(best)))
      memcpy(best, limit, sizeof best);
    char *slash = strrchr(group, '/');
    if (!slash)
      return *best ? json_string(best) : NULL;
    *slash = '\0';
  }
}

/* Says whether "cpu" is among the controllers "cpu,cpuacct". */
static bool has_cpu(const char *controllers, size_t length) {
  while (length >= 3) {
    const char *comma = memchr(controllers, ',', length);
    const size_t word = comma ? (size_t)(comma - controllers) : length;
    if (word == 3 && memcmp(controllers, "cpu", 3) == 0)
      return true;
    if (!comma)
      return false;
    controllers += word + 1;
    length -= word + 1;
  }
  return false;
}

/* One line of /proc/self/cgroup: ID:CONTROLLERS:/GROUP. */
static json_t *limit_of_line(const char *root, char *line) {
  char *controllers = strchr(line, ':');
  char *group = controllers ? strchr(controllers + 1, ':') : NULL;
  if (!group)
    return NULL;
  controllers++;
  const size_t length = (size_t)(group - controllers);
  group++;
  char top[PATH_MAX - 64];
  if (length == 0) {
    snprintf(top, sizeof top, "%s/sys/fs/cgroup", root);
    return tightest(top, group, read_v2);
  }
  if (has_cpu(controllers, length)) {
    snprintf(top, sizeof top, "%s/sys/fs/cgroup/cpu", root);
    return tightest(top, group, read_v1);
  }
  return NULL;
}

json_t *results_cgroup_cpu_max(const char *root) {
  char path[PATH_MAX], text[8192], *rest;
  json_t *limit = NULL;
  snprintf(path, sizeof path, "%s/proc/self/cgroup", root);
  if (!results_sysfile_read(path, text, sizeof text))
    return NULL;
  for (char *line = strtok_r(text, "\n", &rest); line && !limit;
       line = strtok_r(NULL, "\n", &rest))
    limit = limit_of_line(root, line);
  return limit;
}
