/* The sequence that nobody enters, and its trial in a child (see rseq.h). */
#include "bench/trial/rseq.h"

#if BENCH_RSEQ_BUILT

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Data, not code: the program counter is never inside, so nobody jumps to the
 * abort address, but the kernel reads the signature in front of it. */
static const uint32_t landing[2] = {RSEQ_SIG, 0};

const struct bench_rseq_sequence bench_rseq_parked = {
    .start = (uintptr_t)&landing[0],
    .length = 1,
    .abort = (uintptr_t)&landing[1],
};

static void ring(int signal) {
  (void)signal;
}

/* The flag of a thread that nothing happens to stays up: on a busy machine
 * not at every attempt. */
static bool stays_up(const struct bench_rseq_sequence *sequence) {
  for (int attempt = 0; attempt < 10000; attempt++) {
    bench_rseq_point(sequence);
    if (!bench_rseq_fell())
      return true;
  }
  return false;
}

static double now_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A timer interrupts user code, so this is a signal for every kernel. Its
 * handler may come late (a sanitizer keeps it waiting), the flag may not. */
static bool falls_for_a_signal(const struct bench_rseq_sequence *sequence) {
  const struct sigaction action = {.sa_handler = ring};
  const struct itimerval soon = {.it_value = {.tv_usec = 1000}};
  if (sigaction(SIGALRM, &action, NULL) || setitimer(ITIMER_REAL, &soon, NULL))
    return false;
  const double deadline_s = now_s() + 1;
  bench_rseq_point(sequence);
  while (!bench_rseq_fell() && now_s() < deadline_s)
    ;
  return bench_rseq_fell();
}

/* Only calls that are safe after a fork of a program with threads. */
static _Noreturn void try_and_exit(const struct bench_rseq_sequence *sequence) {
  sigset_t alarm_only;
  sigemptyset(&alarm_only);
  sigaddset(&alarm_only, SIGALRM);
  sigprocmask(SIG_UNBLOCK, &alarm_only, NULL);
  signal(SIGSEGV, SIG_DFL);
  setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
  bool works = stays_up(sequence) && falls_for_a_signal(sequence);
  bench_rseq_point(NULL);
  _exit(works ? EXIT_SUCCESS : EXIT_FAILURE);
}

bool bench_rseq_try(const struct bench_rseq_sequence *sequence) {
  if (!__rseq_size)
    return false;
  pid_t child = fork();
  if (child == 0)
    try_and_exit(sequence);
  int status = -1;
  pid_t ended;
  do
    ended = child < 0 ? -1 : waitpid(child, &status, 0);
  while (ended < 0 && child > 0 && errno == EINTR);
  return ended == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == EXIT_SUCCESS;
}

static bool usable;

static void find_out(void) {
  usable = bench_rseq_try(&bench_rseq_parked);
}

bool bench_rseq_usable(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, find_out);
  return usable;
}

#else

const struct bench_rseq_sequence bench_rseq_parked;

bool bench_rseq_try(const struct bench_rseq_sequence *sequence) {
  (void)sequence;
  return false;
}

bool bench_rseq_usable(void) {
  return false;
}

#endif
