/* The kernel that lock code meets under the checker: futexes. */
#ifndef LOCKS_MODEL_FUTEX_H
#define LOCKS_MODEL_FUTEX_H

/* FUTEX_WAIT without a time-out and FUTEX_WAKE, private or not; any other call
 * is a violation. @return as the kernel does */
long model_syscall(long number, long a, long b, long c, long d);

/* Forgets who sleeps. */
void model_futex_reset(void);

#endif
