/* A child that is expected to abort: dies of the signal itself, no handler of
 * a test library or a sanitizer coming first, and leaves no core. */
#ifndef LOCKS_TEST_ABORT_H
#define LOCKS_TEST_ABORT_H

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* In the child. */
static inline void expect_abort(void) {
  signal(SIGABRT, SIG_DFL);
  setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

/* In the parent: takes from what the child wrote on stderr the line in which
 * an emulator says that the signal came. */
static inline void drop_emulators_line(char *said) {
  char *emulator = strstr(said, "qemu: ");
  if (emulator != NULL)
    *emulator = '\0';
}

#endif
