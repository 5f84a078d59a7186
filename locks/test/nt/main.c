/* Runs the behaviours of the tables it was compiled for and reports each one
 * as a line of TAP. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "locks/table.h"
#include "locks/test/nt/behaviour.h"

#ifdef NT_LIBRARY
#include "locks/nt/kspin.h"
#define NT_EXECUTIVE_NAME kspin_executive_name()
#define NT_QUEUED_NAME kspin_queued_name()
#else
#define NT_NAME_(name) #name
#define NT_NAME(name) NT_NAME_(name)
#define NT_EXECUTIVE_NAME NT_NAME(KSPIN_EXECUTIVE)
#define NT_QUEUED_NAME NT_NAME(KSPIN_QUEUED)
#endif

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
static unsigned claims(enum nt_subject subject) {
  unsigned traits = ~0u & ~LOCK_SIDE_NODES;
  if (subject == NT_EXECUTIVE || subject == NT_BOTH)
    traits = lock_find(LOCK_FAMILY_EXECUTIVE, NT_EXECUTIVE_NAME)->traits;
  if (subject == NT_QUEUED)
    traits = lock_find(LOCK_FAMILY_QUEUED, NT_QUEUED_NAME)->traits;
  if (subject == NT_BOTH)
    traits &= lock_find(LOCK_FAMILY_QUEUED, NT_QUEUED_NAME)->traits;
  return traits;
}

/* @return null if the behaviour applies, or why not */
static const char *not_applicable(const struct nt_behaviour *row) {
  unsigned traits = claims(row->subject);
  unsigned needs = row->needs & ~(NT_SEES_WAITING | NT_ANY_THREAD);
  if ((traits & needs) != needs)
    return "the implementation does not claim it";
  if (row->needs & NT_ANY_THREAD && traits & LOCK_SIDE_NODES)
    return "the implementation binds a lock to the thread that acquired it";
#ifdef NT_LIBRARY
  if (row->needs & NT_SEES_WAITING)
    return "a library's waits cannot be seen from outside";
#endif
  return NULL;
}

/* @return whether it passed or does not apply */
static bool report(const struct nt_behaviour *row, unsigned line) {
  const char *why_not = not_applicable(row);
  const char *failure = why_not == NULL ? row->check() : NULL;
  if (failure != NULL)
    printf("# %s\nnot ", failure);
  printf("ok %u - T%u %s [%s %s]", line, row->number, row->says, row->label,
         row->source);
  if (why_not != NULL)
    printf(" # SKIP %s", why_not);
  printf("\n");
  fflush(stdout);
  return failure == NULL;
}

int main(void) {
  const struct nt_table *tables[] = {NT_TABLES};
  unsigned lines = 0, failures = 0;
  printf("# executive %s, queued %s\n", NT_EXECUTIVE_NAME, NT_QUEUED_NAME);
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
    for (size_t i = 0; i < tables[t]->count; i++)
      failures += !report(&tables[t]->rows[i], ++lines);
  printf("1..%u\n", lines);
  return failures != 0;
}
