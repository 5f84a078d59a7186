/* Shows that each test of a misuse can fail: runs it in a child with the check
 * that it is about left out, and expects it to notice. And that no number of
 * nt-api.md 3 is without a test, or a reason. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "locks/nt/checked/fault.h"
#include "locks/nt/checked/seed.h"
#include "locks/test/nt/behaviour.h"
#include "locks/test/nt/run.h"

static unsigned tests_of_row[CHECK_ROWS];

/* @return the exit status of the test without its check: 0 if it passed */
static int run_without(const struct nt_run *run,
                       const struct nt_behaviour *row) {
  int status;
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    alarm(20);
    if (run->choose(run->executive, run->queued, run->reader) != 0)
      _exit(0);
    check_disable_rows((uint64_t)1 << NT_MISUSE_OF(row->needs));
    _exit(row->check() != NULL);
  }
  return child > 0 && waitpid(child, &status, 0) == child ? status : 0;
}

static unsigned seed(const struct nt_run *run) {
  unsigned unnoticed = 0;
  for (const struct nt_table *const *t = run->tables; *t != NULL; t++)
    for (size_t i = 0; i < (*t)->count; i++) {
      const struct nt_behaviour *row = &(*t)->rows[i];
      unsigned misuse = NT_MISUSE_OF(row->needs);
      if (misuse == 0)
        continue;
      tests_of_row[misuse]++;
      if (run_without(run, row) != 0)
        continue;
      printf("T%u does not notice that row %u is not checked: %s\n",
             row->number, misuse, row->says);
      unnoticed++;
    }
  return unnoticed;
}

/* @return how many numbers no run has */
static unsigned missing(void) {
  enum { NUMBERS = 140 };
  bool seen[NUMBERS + 1] = {false};
  unsigned missing = 0;
  for (const struct nt_run *const *run = nt_runs; *run != NULL; run++)
    for (const struct nt_table *const *t = (*run)->tables; *t != NULL; t++)
      for (size_t i = 0; i < (*t)->count; i++)
        seen[(*t)->rows[i].number] = true;
  for (unsigned i = 1; i <= NUMBERS; i++)
    if (!seen[i]) {
      printf("no run has T%u\n", i);
      missing++;
    }
  return missing;
}

int main(void) {
  static const unsigned rows[] = {
#define FAULT(name, row, code, first, text) row,
#include "locks/nt/checked/faults.def"
  };
  unsigned wrong = missing();
  for (const struct nt_run *const *run = nt_runs; *run != NULL; run++)
    if ((*run)->choose != NULL)
      wrong += seed(*run);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (tests_of_row[rows[i]] == 0) {
      printf("no test of row %u of nt-api.md 4.3\n", rows[i]);
      wrong++;
    }
  return wrong != 0;
}
