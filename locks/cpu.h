/* The processor underneath: the only architecture #ifdef of the locks. */
#ifndef LOCKS_CPU_H
#define LOCKS_CPU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "locks/contract.h"

/* A cache line, and the pair of lines that the prefetcher moves together.
 * Things that different threads write lie a pair apart. */
enum { CPU_LINE_BYTES = 64, CPU_PAIR_BYTES = 128 };

/* Tells the processor that this is a spin loop. 24 ns on the Zen 3 this was
 * written on, 10 to 140 cycles between generations of Intel. */
LOCK_INLINE void cpu_pause(void) {
#if defined(__x86_64__)
  __asm__ volatile("pause");
#elif defined(__aarch64__)
#ifdef LOCK_PAUSE_YIELD /* an emulator that runs CPUs by turns goes on to the
                         * next at it */
  __asm__ volatile("yield");
#else
  __asm__ volatile("isb"); /* `yield` is a no-op on most cores */
#endif
#elif defined(__riscv)
  __asm__ volatile(".insn i 0x0F, 0, x0, x0, 0x010"); /* Zihintpause */
#endif
}

/* Keeps the compiler from moving accesses across; emits nothing. It orders a
 * thread with itself (an interrupt, a signal), never with other threads. */
LOCK_INLINE void cpu_compiler_barrier(void) {
  __asm__ volatile("" ::: "memory");
}

#if defined(__aarch64__)
/* Sleeps until the line of `address` is written, unless what is there is no
 * longer `seen`. Other events end the sleep as well. */
LOCK_INLINE void cpu_wait_for_write(const void *address, size_t bytes,
                                    uint64_t seen) {
  uint64_t now;
  if (bytes == sizeof(uint32_t))
    __asm__ volatile("ldaxr %w0, [%1]\n\tcmp %w0, %w2\n\tb.ne 1f\n\twfe\n1:"
                     : "=&r"(now)
                     : "r"(address), "r"(seen)
                     : "cc", "memory");
  else
    __asm__ volatile("ldaxr %0, [%1]\n\tcmp %0, %2\n\tb.ne 1f\n\twfe\n1:"
                     : "=&r"(now)
                     : "r"(address), "r"(seen)
                     : "cc", "memory");
}
#endif

#if defined(__x86_64__)
/* Whether UMONITOR and UMWAIT exist (WAITPKG); without them they trap. */
static inline bool cpu_has_umwait(void) {
  unsigned a, b, c, d;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (c >> 5 & 1) != 0;
}

LOCK_INLINE void cpu_watch(const void *address) {
  __asm__ volatile("umonitor %0" ::"r"(address) : "memory");
}

/* Sleeps lightly until the watched line is written, or for `ticks` of the time
 * stamp counter. */
LOCK_INLINE void cpu_wait_watched(uint64_t ticks) {
  uint64_t until = __builtin_ia32_rdtsc() + ticks;
  __asm__ volatile("umwait %0" ::"r"(1), "a"((uint32_t)until),
                   "d"((uint32_t)(until >> 32))
                   : "cc", "memory");
}
#endif

/* Makes a system call without calling a function, so that a lock that enters
 * the kernel only when it waits still inlines. @return as the kernel does */
LOCK_INLINE long cpu_syscall(long number, long a, long b, long c, long d) {
#if defined(__x86_64__)
  long result;
  register long r10 __asm__("r10") = d;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                   : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3)
                   : "memory");
  return x0;
#elif defined(__riscv)
  register long a7 __asm__("a7") = number;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register long a3 __asm__("a3") = d;
  __asm__ volatile("ecall"
                   : "+r"(a0)
                   : "r"(a7), "r"(a1), "r"(a2), "r"(a3)
                   : "memory");
  return a0;
#else
#error "locks/cpu.h: teach cpu_syscall() this architecture"
#endif
}

/* Lets another thread have the processor (sched_yield). */
LOCK_INLINE void cpu_yield(void) {
  (void)cpu_syscall(SYS_sched_yield, 0, 0, 0, 0);
}

#endif
