/* One lock under the checker, as a test.
 * usage: model-check quick|long|mutate FAMILY LOCK
 * Prints a line a check; exit status 1 when one fails, or is not exhaustive but
 * should be: only the widest configurations of `long` need not be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locks/model/client.h"
#include "locks/model/mutate.h"

enum { ENOUGH = 100000 }; /* executions of a configuration that is too wide */

static bool check(const struct model_lock *lock,
                  const struct model_config *config, uint64_t limit) {
  struct model_search search = {.bound = -1, .limit = limit};
  struct model_result result = {0};
  int error = model_check(lock, config, &search, &result);
  printf(
      "%s %u threads %u %u %u %u %u: ", model_scenario_name(config->scenario),
      config->threads, config->times[0], config->times[1], config->times[2],
      config->times[3], config->times[4]);
  if (error)
    printf("error %d\n", error);
  else
    printf("%s after %llu executions\n", model_verdict_name(result.verdict),
           (unsigned long long)result.executions);
  if (result.trace)
    printf("\n%s\n", result.trace);
  free(result.trace);
  return !error && result.verdict != MODEL_VIOLATED &&
         (limit || result.verdict == MODEL_VERIFIED);
}

static bool check_all(const struct model_lock *lock,
                      const struct model_config *config, uint64_t limit) {
  bool passed = true;
  for (; config->threads; config++)
    if (model_applies(lock, config))
      passed &= check(lock, config, limit);
  return passed;
}

static void report(void *context, const struct model_mutant *mutant) {
  bool *passed = context;
  printf("%s:%d %s %s: %s for %s: %s: %s (%llu executions)\n",
         model_file_name(mutant->site->file), mutant->site->line,
         mutant->site->operation, mutant->site->text,
         model_order_name(mutant->to), model_order_name(mutant->from),
         model_fate_name(mutant->fate), mutant->why, mutant->executions);
  if (mutant->fate == MODEL_UNJUSTIFIED)
    *passed = false;
}

static bool mutate(const struct model_lock *lock) {
  bool passed = true;
  int error = model_mutate(lock, NULL, report, &passed);
  if (error)
    printf("error %d\n", error);
  const struct model_survivor *unused = model_survivor_unused(lock);
  if (unused)
    printf("%s:%d: nothing survives here\n", unused->file, unused->line);
  return !error && passed && !unused;
}

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  const struct model_lock *lock = model_lock_find(argv[2], argv[3]);
  if (!lock) {
    printf("no lock %s/%s\n", argv[2], argv[3]);
    return 2;
  }
  if (strcmp(argv[1], "mutate") == 0)
    return mutate(lock) ? 0 : 1;
  if (strcmp(argv[1], "quick") == 0)
    return check_all(lock, model_quick_configs, 0) ? 0 : 1;
  bool passed = check_all(lock, model_long_configs, 0);
  passed &= check_all(lock, model_wide_configs, ENOUGH);
  return passed ? 0 : 1;
}
