/* What the machine and the build were: the part of run.json that says whether
 * two runs may be compared.
 *
 * Read from uname, CPUID as the kernel shows it, /proc and /sys; no command is
 * run, nothing is guessed: what cannot be read is null. No user names. */
#ifndef RESULTS_ENVIRONMENT_H
#define RESULTS_ENVIRONMENT_H

#include <jansson.h>

/* One key of the object and where its value comes from. */
struct results_environment_key {
  const char *name;
  const char *meaning;
  /* @param what     path, key of /proc/cpuinfo or constant, as the reader wants
   * @param cpuinfo  the first CPU's part of /proc/cpuinfo
   * @return new reference; NULL when it cannot be read */
  json_t *(*read)(const char *what, const char *cpuinfo);
  const char *what;
};

/* All keys, in the order of the object; ended by a null name. */
extern const struct results_environment_key results_environment_keys[];

/* Describes this machine and this build.
 * @return a new object with every key of results_environment_keys, or NULL
 *         when memory is short */
json_t *results_environment(void);

#endif
