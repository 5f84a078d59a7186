/* Stops a thread where it is, for a known time: a preemption made to order.
 *
 * A signal does it; its handler sleeps, so that the thread's CPU is free as it
 * would be for whoever preempted it. The signal is one that is ignored by
 * default: one that comes late does no harm. */
#ifndef BENCH_STOP_H
#define BENCH_STOP_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

#include "bench/kernel/kernel.h"

/* The stops of one thread. */
struct bench_stop {
  _Alignas(BENCH_LINE) _Atomic uint32_t begun, ended; /* numbers of stops */
  uint32_t number;   /* of the next one; written by the thread itself */
  uint64_t from, to; /* ticks, of the last one */
};

/* Between these two threads may be stopped; others ignore the signal. */
void bench_stop_open(struct sigaction *before);
void bench_stop_close(const struct sigaction *before);

/* The calling thread's record from now on; NULL: it cannot be stopped. */
void bench_stop_accept(struct bench_stop *);

/* Stops a thread, perhaps the calling one, for BENCH_STOP_NS and more. */
enum { BENCH_STOP_NS = 500000 };
void bench_stop_thread(pthread_t);

#endif
