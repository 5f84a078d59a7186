/* Locks of a run against one of them, and cells against themselves (see
 * rivals.h). */
#include "bench/run/rivals.h"

#include <errno.h>
#include <string.h>

#include "bench/kernel/kernel.h"
#include "bench/show/contests.h"

static int print_contest(FILE *file, const struct results_run *run,
                         const struct results_contestant *first,
                         const struct results_contestant *second) {
  struct results_contests contests;
  int error = results_contest_locks(run->trials, run->count, first, second,
                                    &results_compare_defaults, &contests);
  if (error)
    return error;
  if (contests.count)
    bench_contests_print(file, &contests);
  results_contests_free(&contests);
  return 0;
}

/* Kernels of one lock stand together; the first speaks for the lock. */
static bool first_of_lock(size_t i) {
  return i == 0 || strcmp(bench_kernels[i]->lock, bench_kernels[i - 1]->lock) ||
         strcmp(bench_kernels[i]->family, bench_kernels[i - 1]->family);
}

int bench_rivals_print(FILE *file, const struct results_run *run,
                       const char *against) {
  char room[64];
  struct results_contestant first;
  int error = 0;
  if (!bench_contestant(against, room, sizeof room, &first))
    return -EINVAL;
  for (size_t i = 0; bench_kernels[i] && !error; i++) {
    struct results_contestant second = {bench_kernels[i]->family,
                                        bench_kernels[i]->lock};
    if (first_of_lock(i) && (strcmp(first.family, second.family) ||
                             strcmp(first.lock, second.lock)))
      error = print_contest(file, run, &first, &second);
  }
  return error;
}

int bench_rivals_print_self(FILE *file, const struct results_run *run) {
  struct results_contests contests;
  int error = results_contest_self(run->trials, run->count,
                                   &results_compare_defaults, &contests);
  if (error)
    return error;
  error = bench_contests_print_self(file, &contests);
  results_contests_free(&contests);
  return error;
}
