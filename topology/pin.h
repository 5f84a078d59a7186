/* Pinned threads: the only calls of the project that bind a thread to a CPU.
 *
 * A thread is created with its CPU in its attribute, so it never runs anywhere
 * else, and the first thing it does is check where it is. hwloc binds; the
 * kernel is asked whether it took, so that the two cannot be wrong together.
 * A pin that did not take is an error, never a warning.
 *
 * Limits: the check speaks for its instant. A cpuset that an administrator
 * changes later moves the thread: check again when a measurement ends. */
#ifndef TOPOLOGY_PIN_H
#define TOPOLOGY_PIN_H

#include <pthread.h>
#include <sched.h>

#include "topology/machine.h"

/* A thread's affinity, with room for the largest Linux machine (8192 CPUs). */
struct topology_mask {
  cpu_set_t sets[8192 / CPU_SETSIZE];
};

/* Creates a thread that runs on one CPU from its first instruction on, waits
 * until it has checked that it does, and lets it go on to `start(arg)`.
 *
 * @param cpu_os      OS index of an allowed CPU of this machine
 * @param stack       lowest address of a stack of the caller's (placed with
 *   topology_memory_alloc(); it has no guard page), or null for one of the
 *   system's
 * @param stack_size  its size in bytes; 0 with a null stack: the default
 * @param out         receives the thread; to be joined
 * @return 0; -ENOTSUP: not this machine; -ENODEV: no such CPU or not allowed;
 *   -EXDEV: the thread ran elsewhere (it has ended, `start` was not called);
 *   else pthread_create()'s error, negated; topology_pin_why() has words */
int topology_thread_create(const struct topology_machine *, unsigned cpu_os,
                           void *stack, size_t stack_size, pthread_t *out,
                           void *(*start)(void *), void *arg);

/* Checks that the calling thread runs on a CPU and may run on no other.
 * @return 0; -EXDEV otherwise; or why the kernel did not say, negated */
int topology_pin_check(unsigned cpu_os);

/* Moves the calling thread to a CPU and checks that it is there.
 *
 * @param previous  receives what topology_pin_restore() takes
 * @return 0; -ENOTSUP, -ENODEV, -EXDEV as topology_thread_create(), or the
 *   kernel's error, negated. On error the thread's mask is as it was */
int topology_pin_self(const struct topology_machine *, unsigned cpu_os,
                      struct topology_mask *previous);

/* Gives the calling thread back the mask it had.
 * @return 0, or the kernel's error, negated */
int topology_pin_restore(const struct topology_mask *);

/* Says in one line why a call of this file failed for a CPU. */
void topology_pin_why(int error, unsigned cpu_os, char *why, size_t why_size);

#endif
