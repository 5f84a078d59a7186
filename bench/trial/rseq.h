/* The park flag: was this thread taken off its CPU since it looked last?
 *
 * The kernel keeps, for every thread, a pointer to the restartable sequence
 * that the thread is in (struct rseq, registered by glibc 2.35 and later).
 * Whenever it preempts, migrates or signals a thread that is outside of the
 * sequence pointed to, it clears the pointer. So a pointer to a sequence that
 * is never entered is a flag that falls exactly then: arming is a store and
 * asking is a load, with no system call on the way.
 *
 * It does not fall for what leaves the thread on its CPU: an interrupt, an
 * SMI, or a host that takes the whole CPU away. A switch inside a system call
 * clears it on most kernels only; measured code makes no system calls.
 *
 * A descriptor that the kernel finds fault with kills the process, so the
 * first question tries it in a child.
 * Source: Linux, include/uapi/linux/rseq.h; glibc manual, "Restartable
 * Sequences". */
#ifndef BENCH_RSEQ_H
#define BENCH_RSEQ_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__has_include)
#if __has_include(<sys/rseq.h>)
#include <sys/rseq.h>
#define BENCH_RSEQ_BUILT 1
#endif
#endif
#ifndef BENCH_RSEQ_BUILT
#define BENCH_RSEQ_BUILT 0
#endif

/* struct rseq_cs of the kernel's interface, which headers of different ages
 * declare differently. */
struct bench_rseq_sequence {
  _Alignas(32) uint32_t version;
  uint32_t flags;
  uint64_t start, length; /* of the code; never entered */
  uint64_t abort;         /* behind 4 bytes that hold the signature */
};

/* The one that is pointed to while the flag is up. */
extern const struct bench_rseq_sequence bench_rseq_parked;

/* Tells whether the flag works here; the first call tries it in a child
 * process, which takes some milliseconds: not beside a measurement.
 * @return false where glibc or kernel have no rseq, or the child died or saw
 *         no flag fall */
bool bench_rseq_usable(void);

/* Tries a sequence in a child: the flag must stay up for a short while at
 * least once, and fall for a signal.
 * @return false also when the kernel killed the child for it */
bool bench_rseq_try(const struct bench_rseq_sequence *);

#if BENCH_RSEQ_BUILT

/* Where the calling thread's pointer lies: the second member of struct rseq,
 * behind two 32-bit numbers. */
static inline uint64_t *bench_rseq_pointer(void) {
  unsigned char *thread = (unsigned char *)__builtin_thread_pointer();
  return (uint64_t *)(void *)(thread + __rseq_offset + 2 * sizeof(uint32_t));
}

/* Points the flag at a sequence; NULL takes it down. */
static inline void bench_rseq_point(const struct bench_rseq_sequence *to) {
  __atomic_store_n(bench_rseq_pointer(), (uint64_t)(uintptr_t)to,
                   __ATOMIC_RELAXED);
  __asm__ volatile("" ::: "memory"); /* up before what follows, for us */
}

/* Tells whether the flag is down. */
static inline bool bench_rseq_fell(void) {
  __asm__ volatile("" ::: "memory");
  return !__atomic_load_n(bench_rseq_pointer(), __ATOMIC_RELAXED);
}

/* Puts the flag up; in one instruction, so that no fall is lost.
 * @return true when it was down */
static inline bool bench_rseq_rearm(void) {
  return !__atomic_exchange_n(bench_rseq_pointer(),
                              (uint64_t)(uintptr_t)&bench_rseq_parked,
                              __ATOMIC_ACQ_REL);
}

#else

static inline void bench_rseq_point(const struct bench_rseq_sequence *to) {
  (void)to;
}

static inline bool bench_rseq_fell(void) {
  return false;
}

static inline bool bench_rseq_rearm(void) {
  return false;
}

#endif

/* Puts the flag up. Only where bench_rseq_usable(). */
static inline void bench_rseq_arm(void) {
  bench_rseq_point(&bench_rseq_parked);
}

#endif
