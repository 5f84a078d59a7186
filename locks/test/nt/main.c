/* Runs one run of this program and reports each behaviour as a line of TAP.
 * usage: nt-... RUN | --list */
#include <stdio.h>
#include <string.h>

#include "locks/test/nt/behaviour.h"
#include "locks/test/nt/run.h"

static void print(const struct nt_run *run, const struct nt_behaviour *row,
                  enum nt_result result, const char *detail, void *context) {
  unsigned *lines = context;
  (void)run;
  if (result == NT_FAIL)
    printf("# %s\nnot ", detail);
  printf("ok %u - T%u %s [%s %s]", ++*lines, row->number, row->says, row->label,
         row->source);
  if (result == NT_NOT_APPLICABLE)
    printf(" # SKIP %s", detail);
  printf("\n");
  fflush(stdout);
}

int main(int argc, char **argv) {
  unsigned lines = 0;
  if (argc != 2) {
    fprintf(stderr, "usage: %s RUN | --list\n", argv[0]);
    return 2;
  }
  for (const struct nt_run *const *run = nt_runs; *run != NULL; run++) {
    if (strcmp(argv[1], "--list") == 0)
      puts((*run)->name);
    if (strcmp(argv[1], (*run)->name) != 0)
      continue;
    printf("# executive %s, queued %s, reader %s\n", (*run)->executive,
           (*run)->queued, (*run)->reader);
    unsigned failures = nt_run_here(*run, print, &lines);
    printf("1..%u\n", lines);
    return failures != 0;
  }
  return strcmp(argv[1], "--list") != 0;
}
