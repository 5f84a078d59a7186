/* locks/cpu.h for the checker: the real one, with a pause that is an event and
 * with the checker's kernel. */
#ifndef LOCKS_MODEL_SHIM_CPU_H
#define LOCKS_MODEL_SHIM_CPU_H
#pragma GCC system_header /* for include_next */

#include_next "locks/cpu.h"

#include "locks/model/futex.h"
#include "locks/model/hook.h"

#define cpu_pause() model_pause(MODEL_SITE("pause", ""))
#define cpu_yield() model_pause(MODEL_SITE("yield", ""))
#define cpu_syscall(number, a, b, c, d)                                        \
  model_syscall((number), (long)(a), (long)(b), (long)(c), (long)(d))

#endif
