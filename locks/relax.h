/* What a waiter does between two polls: an axis of the measurements, chosen
 * for a build with meson's -Drelax=<policy>, or for a translation unit with
 * -DLOCK_RELAX=<policy>.
 *
 *   pause   the processor's spin hint (the default, and what NT does)
 *   yield   the same for RELAX_YIELD_AFTER_NS, then sched_yield() each time:
 *           with more threads than processors a lock that hands over directly
 *           is otherwise 120 to 350 times slower
 *   none    polls as fast as it can; to show what the hint is worth
 *   wfe     aarch64: sleeps until the line that is polled is written
 *   umwait  x86 with WAITPKG (see cpu_has_umwait): the same, at most
 *           RELAX_UMWAIT_TICKS long
 *
 * A policy is `relax_<policy>(state, address, bytes, seen)`, where `seen` is
 * what the poll found at `address`; a policy that sleeps looks again once it
 * watches the line, so that a write in between is not missed.
 *
 * Delays are given in ns and spent in spin hints, as many as the machine takes
 * for them; a hint lasts 10 to 140 cycles. relax_calibrate() measures that. */
#ifndef LOCKS_RELAX_H
#define LOCKS_RELAX_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "locks/cpu.h"

#ifndef LOCK_RELAX_DEFAULT
#define LOCK_RELAX_DEFAULT pause
#endif
#ifndef LOCK_RELAX
#define LOCK_RELAX LOCK_RELAX_DEFAULT
#endif

enum {
  RELAX_YIELD_AFTER_NS = 1500,
  RELAX_BACKOFF_FIRST_NS = 200, /* bound of the first random delay */
  RELAX_BACKOFF_LAST_NS = 3200, /* and of the last: 25 us cost fairness */
  RELAX_TURN_NS = 600,          /* a place in a queue that moves up */
  RELAX_UMWAIT_TICKS = 100000,
};

/* Spin hints in 1024 ns: 42 of 24 ns until relax_calibrate() has run. */
extern uint32_t relax_pauses_per_1024_ns;

/* The calling thread's random state, 0 before its first use. */
extern _Thread_local uint32_t relax_random
    __attribute__((tls_model("initial-exec")));

/* Measures the spin hint; takes less than a millisecond. To be called before
 * threads wait, by a program that wants its delays to be true. */
void relax_calibrate(void);

LOCK_INLINE uint32_t relax_pauses(uint32_t ns) {
  return (uint32_t)((uint64_t)ns * relax_pauses_per_1024_ns >> 10);
}

LOCK_INLINE void relax_delay(uint32_t pauses) {
  while (pauses-- > 0)
    cpu_pause();
}

/* @return 32 random bits of the calling thread's own (xorshift) */
LOCK_INLINE uint32_t relax_next_random(void) {
  uint32_t bits = relax_random;
  if (bits == 0) /* another start in each thread, and never 0 */
    bits = (uint32_t)((uintptr_t)&relax_random >> 4) | 1;
  bits ^= bits << 13;
  bits ^= bits >> 17;
  bits ^= bits << 5;
  relax_random = bits;
  return bits;
}

/* One wait. */
struct relax {
  uint32_t polls; /* so far */
};
#define RELAX_START                                                            \
  { 0 }

LOCK_INLINE void relax_pause(struct relax *relax, const void *address,
                             size_t bytes, uint64_t seen) {
  (void)relax, (void)address, (void)bytes, (void)seen;
  cpu_pause();
}

LOCK_INLINE void relax_none(struct relax *relax, const void *address,
                            size_t bytes, uint64_t seen) {
  (void)relax, (void)address, (void)bytes, (void)seen;
}

LOCK_INLINE void relax_yield(struct relax *relax, const void *address,
                             size_t bytes, uint64_t seen) {
  (void)address, (void)bytes, (void)seen;
  if (relax->polls < relax_pauses(RELAX_YIELD_AFTER_NS)) {
    relax->polls++;
    cpu_pause();
  } else {
    cpu_yield();
  }
}

#if defined(__aarch64__)
LOCK_INLINE void relax_wfe(struct relax *relax, const void *address,
                           size_t bytes, uint64_t seen) {
  (void)relax;
  cpu_wait_for_write(address, bytes, seen);
}
#endif

#if defined(__x86_64__)
LOCK_INLINE void relax_umwait(struct relax *relax, const void *address,
                              size_t bytes, uint64_t seen) {
  (void)relax;
  cpu_watch(address);
  /* relaxed, both: the poll that follows is the one that orders. */
  uint64_t now = bytes == sizeof(uint32_t)
                     ? atomic_load_explicit((const _Atomic uint32_t *)address,
                                            memory_order_relaxed)
                     : atomic_load_explicit((const _Atomic uint64_t *)address,
                                            memory_order_relaxed);
  if (now == seen)
    cpu_wait_watched(RELAX_UMWAIT_TICKS);
}
#endif

#define RELAX_JOIN_(a, b) a##b
#define RELAX_JOIN(a, b) RELAX_JOIN_(a, b)
#define RELAX_TEXT_(policy) #policy
#define RELAX_TEXT(policy) RELAX_TEXT_(policy)
#define lock_relax RELAX_JOIN(relax_, LOCK_RELAX)
#define LOCK_RELAX_NAME RELAX_TEXT(LOCK_RELAX)

/* @return null, or what the processor lacks for the build's policy: with it
 *         no lock may be waited for */
const char *relax_lacks(void);

#endif
