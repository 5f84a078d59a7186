/* Threads for the tests. */
#include "locks/test/team.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locks/test/waiting.h"
#include "locks/thread.h"

_Thread_local waiting_flag *waiting_mine;

enum { TEAM_MAX = 64 };

struct member {
  pthread_t thread;
  pthread_barrier_t *start;
  unsigned number;
  void (*run)(unsigned member, void *argument);
  void *argument;
};

static void *member_main(void *argument) {
  struct member *member = argument;
  pthread_barrier_wait(member->start);
  /* As on a machine with two NUMA nodes. */
  lock_thread_set_domain(member->number % 2);
  member->run(member->number, member->argument);
  return NULL;
}

static void check(int error, const char *what) {
  if (error == 0)
    return;
  fprintf(stderr, "%s: %s\n", what, strerror(error));
  exit(EXIT_FAILURE);
}

void team_run(unsigned threads, void (*run)(unsigned member, void *argument),
              void *argument) {
  struct member members[TEAM_MAX];
  pthread_barrier_t start;
  check(threads > TEAM_MAX ? 22 : 0, "team_run");
  check(pthread_barrier_init(&start, NULL, threads), "pthread_barrier_init");
  for (unsigned i = 0; i < threads; i++) {
    members[i] = (struct member){
        .start = &start, .number = i, .run = run, .argument = argument};
    check(pthread_create(&members[i].thread, NULL, member_main, &members[i]),
          "pthread_create");
  }
  for (unsigned i = 0; i < threads; i++)
    check(pthread_join(members[i].thread, NULL), "pthread_join");
  pthread_barrier_destroy(&start);
}
