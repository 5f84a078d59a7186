/* A signal handler that sleeps (see stop.h). */
#include "bench/workload/stop.h"

#include <errno.h>
#include <time.h>

#include "bench/clock.h"

enum { STOP_SIGNAL = SIGURG };

static _Thread_local struct bench_stop *own;

static void stop_here(int signal_number) {
  struct bench_stop *stop = own;
  const int before = errno;
  struct timespec left = {.tv_nsec = BENCH_STOP_NS};
  (void)signal_number;
  if (!stop)
    return;
  stop->from = bench_clock_now();
  atomic_store_explicit(&stop->begun, stop->number, memory_order_release);
  while (nanosleep(&left, &left) && errno == EINTR)
    ;
  stop->to = bench_clock_now();
  atomic_store_explicit(&stop->ended, stop->number, memory_order_release);
  errno = before;
}

void bench_stop_open(struct sigaction *before) {
  const struct sigaction stop = {.sa_handler = stop_here,
                                 .sa_flags = SA_RESTART};
  sigaction(STOP_SIGNAL, &stop, before);
}

void bench_stop_close(const struct sigaction *before) {
  sigaction(STOP_SIGNAL, before, NULL);
}

void bench_stop_accept(struct bench_stop *stop) {
  own = stop;
}

void bench_stop_thread(pthread_t thread) {
  pthread_kill(thread, STOP_SIGNAL);
}
