/* What a waiter does between two polls: an axis of the measurements, chosen
 * for a whole translation unit with -DLOCK_RELAX=<policy>.
 *
 *   pause   the processor's spin hint (the default, and what NT does)
 *   yield   the same for RELAX_YIELD_POLLS polls, then sched_yield() each
 *           time: with more threads than processors a lock that hands over
 *           directly is otherwise 120 to 350 times slower
 *   none    polls as fast as it can; to show what the hint is worth
 *
 * A policy is `relax_<policy>(state, address, bytes, seen)`, where `seen` is
 * what the poll found at `address`. */
#ifndef LOCKS_RELAX_H
#define LOCKS_RELAX_H

#include <stddef.h>
#include <stdint.h>

#include "locks/cpu.h"

#ifndef LOCK_RELAX
#define LOCK_RELAX pause
#endif

/* One wait. */
struct relax {
  uint32_t polls; /* so far */
};
#define RELAX_START                                                            \
  { 0 }

enum { RELAX_YIELD_POLLS = 64 }; /* about 1.5 us where a pause takes 24 ns */

LOCK_INLINE void relax_pause(struct relax *relax, const volatile void *address,
                             size_t bytes, uint64_t seen) {
  (void)relax, (void)address, (void)bytes, (void)seen;
  cpu_pause();
}

LOCK_INLINE void relax_none(struct relax *relax, const volatile void *address,
                            size_t bytes, uint64_t seen) {
  (void)relax, (void)address, (void)bytes, (void)seen;
}

LOCK_INLINE void relax_yield(struct relax *relax, const volatile void *address,
                             size_t bytes, uint64_t seen) {
  (void)address, (void)bytes, (void)seen;
  if (relax->polls < RELAX_YIELD_POLLS) {
    relax->polls++;
    cpu_pause();
  } else {
    cpu_yield();
  }
}

#define RELAX_JOIN_(a, b) a##b
#define RELAX_JOIN(a, b) RELAX_JOIN_(a, b)
#define lock_relax RELAX_JOIN(relax_, LOCK_RELAX)

#endif
