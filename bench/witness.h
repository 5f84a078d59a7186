/* What came between a thread and its CPU while it measured.
 *
 * Opened and closed by the measuring thread itself, just outside the timed
 * code. Two system calls and a read of /proc/thread-self/schedstat an end. */
#ifndef BENCH_WITNESS_H
#define BENCH_WITNESS_H

#include <stdint.h>

struct bench_witness {
  int64_t switches_involuntary, switches_voluntary; /* count */
  int64_t queued_ns;  /* ready to run, but another thread ran */
  int64_t migrations; /* times seen on a CPU not its own */
};

/* Notes the state of the calling thread. */
void bench_witness_open(struct bench_witness *);

/* Turns the note into what happened since bench_witness_open().
 * @param cpu_os  where the thread was pinned */
void bench_witness_close(struct bench_witness *, unsigned cpu_os);

/* Adds what one thread saw to what all saw. */
void bench_witness_add(struct bench_witness *total,
                       const struct bench_witness *one);

#endif
