/* What came between a thread and its CPU while it measured.
 *
 * Opened and closed by the measuring thread itself, just outside the timed
 * code. Two system calls and a read of /proc/thread-self/schedstat an end.
 * In between, bench_witness_look() tells segments apart: some nanoseconds by
 * the park flag of rseq.h, half a microsecond by getrusage where the kernel
 * or glibc have no such flag. */
#ifndef BENCH_WITNESS_H
#define BENCH_WITNESS_H

#include <stdint.h>

#include "bench/trial/segment.h"

struct bench_witness {
  int64_t switches_involuntary, switches_voluntary; /* count */
  int64_t queued_ns;  /* ready to run, but another thread ran */
  int64_t migrations; /* times seen on a CPU not its own */
  int64_t parked;     /* stretches in which it lost its CPU: see below */
  /* Its own business: where the thread belongs, switches at the last look. */
  unsigned cpu;
  int64_t looked_involuntary, looked_voluntary;
};

/* Notes the state of the calling thread.
 * @param cpu_os  where it was pinned */
void bench_witness_open(struct bench_witness *, unsigned cpu_os);

/* Ends one stretch of an open witness and begins the next. A thread that is
 * parked several times in a stretch counts once; one that only slept because
 * it asked to, as under a blocking lock, does not count.
 * @return why the stretch that ended was disturbed, as far as the kernel knows:
 *         BENCH_CLEAN, BENCH_PREEMPTED or BENCH_MIGRATED */
enum bench_cause bench_witness_look(struct bench_witness *);

/* Turns the note into what happened since bench_witness_open(). */
void bench_witness_close(struct bench_witness *);

/* Adds what one thread saw to what all saw. */
void bench_witness_add(struct bench_witness *total,
                       const struct bench_witness *one);

#endif
