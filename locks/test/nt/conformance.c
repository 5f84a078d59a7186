/* Runs the behaviours of a run, here or in a child. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "locks/table.h"
#include "locks/test/nt/behaviour.h"
#include "locks/test/nt/run.h"

_Thread_local void (*nt_on_lowering)(void);

void nt_lowering(void) {
  if (nt_on_lowering != NULL)
    nt_on_lowering();
}

static int announce_fd = -1;

void nt_announce(void) {
  if (write(announce_fd, "A", 1) != 1)
    _exit(1);
}

bool nt_waits_for_ever(void (*run)(void)) {
  int ends[2];
  char byte = 0;
  if (pipe(ends) != 0)
    return false;
  pid_t child = fork();
  if (child < 0)
    return false;
  if (child == 0) {
    announce_fd = ends[1];
    alarm(60); /* should the parent die */
    run();
    _exit(write(ends[1], "R", 1) != 1);
  }
  close(ends[1]);
  bool announced = read(ends[0], &byte, 1) == 1 && byte == 'A';
  struct pollfd answer = {.fd = ends[0], .events = POLLIN};
  /* Nothing is to happen; this is how long it is given to. */
  bool came_back = poll(&answer, 1, 100) != 0;
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  close(ends[0]);
  return announced && !came_back;
}

/* @return what the implementations concerned claim, all of them */
static unsigned claims(const struct nt_run *run, enum nt_subject subject) {
  unsigned traits = ~0u & ~LOCK_SIDE_NODES;
  if (subject == NT_EXECUTIVE || subject == NT_BOTH)
    traits = lock_find(LOCK_FAMILY_EXECUTIVE, run->executive)->traits;
  if (subject == NT_QUEUED)
    traits = lock_find(LOCK_FAMILY_QUEUED, run->queued)->traits;
  if (subject == NT_READER)
    traits = lock_find(LOCK_FAMILY_READER, run->reader)->traits;
  if (subject == NT_BOTH)
    traits &= lock_find(LOCK_FAMILY_QUEUED, run->queued)->traits;
  return traits;
}

/* @return null if the behaviour applies, or why not */
static const char *not_applicable(const struct nt_run *run,
                                  const struct nt_behaviour *row) {
  if (row->check == NULL)
    return "cannot be shown in user mode";
  unsigned traits = claims(run, row->subject);
  unsigned needs = row->needs & 0xFFFFu;
  if ((traits & needs) != needs)
    return "the implementation does not claim it";
  if (row->needs & NT_ANY_THREAD && traits & LOCK_SIDE_NODES)
    return "the implementation binds a lock to the thread that acquired it";
  if (run->library && row->needs & NT_SEES_WAITING)
    return "a library's waits cannot be seen from outside";
  return NULL;
}

unsigned nt_run_here(const struct nt_run *run, nt_listener *listener,
                     void *context) {
  unsigned failures = 0;
  if (run->choose != NULL &&
      run->choose(run->executive, run->queued, run->reader) != 0) {
    fprintf(stderr, "%s: the library does not have these locks\n", run->name);
    return 1;
  }
  for (const struct nt_table *const *t = run->tables; *t != NULL; t++)
    for (size_t i = 0; i < (*t)->count; i++) {
      const struct nt_behaviour *row = &(*t)->rows[i];
      const char *detail = not_applicable(run, row);
      enum nt_result result = detail != NULL ? NT_NOT_APPLICABLE : NT_PASS;
      if (detail == NULL && (detail = row->check()) != NULL)
        result = NT_FAIL;
      failures += result == NT_FAIL;
      listener(run, row, result, detail, context);
    }
  return failures;
}

/* The child's side: a line a behaviour, its result and the detail. */
static void write_result(const struct nt_run *run,
                         const struct nt_behaviour *row, enum nt_result result,
                         const char *detail, void *context) {
  (void)run, (void)row;
  fprintf(context, "%d %s\n", (int)result, detail != NULL ? detail : "");
  fflush(context);
}

static void child(const struct nt_run *run, int fd) {
  FILE *file = fdopen(fd, "w");
  alarm(300); /* a watchdog: a behaviour that hangs is a failure */
  if (file != NULL)
    (void)nt_run_here(run, write_result, file);
  _exit(0);
}

/* @return how many failed */
static int read_results(const struct nt_run *run, FILE *file,
                        nt_listener *listener, void *context) {
  int failures = 0;
  char line[1024];
  for (const struct nt_table *const *t = run->tables; *t != NULL; t++)
    for (size_t i = 0; i < (*t)->count; i++) {
      enum nt_result result = NT_FAIL;
      const char *detail = "the program ended here";
      if (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        result = (enum nt_result)(line[0] - '0');
        detail = line[1] != '\0' && line[2] != '\0' ? line + 2 : NULL;
      }
      failures += result == NT_FAIL;
      listener(run, &(*t)->rows[i], result, detail, context);
    }
  return failures;
}

int nt_run_apart(const struct nt_run *run, nt_listener *listener,
                 void *context) {
  int ends[2];
  fflush(NULL);
  if (pipe(ends) != 0)
    return -errno;
  pid_t pid = fork();
  if (pid < 0) {
    int error = errno;
    close(ends[0]);
    close(ends[1]);
    return -error;
  }
  if (pid == 0) {
    close(ends[0]);
    child(run, ends[1]);
  }
  close(ends[1]);
  FILE *file = fdopen(ends[0], "r");
  if (file == NULL)
    return -errno;
  int failures = read_results(run, file, listener, context);
  fclose(file);
  waitpid(pid, NULL, 0);
  return failures;
}
