/* locks/await.h for the checker: a wait is one event, which happens when a
 * value that ends it can be read. The polls in vain before it would only see
 * more, and so show less. */
#ifndef LOCKS_MODEL_SHIM_AWAIT_H
#define LOCKS_MODEL_SHIM_AWAIT_H

#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "locks/cpu.h"

#define MODEL_AWAIT(word, text, condition, value, order, name)                 \
  MODEL_VALUE(MODEL_TYPE(word),                                                \
              model_await((word), sizeof *(word), (condition),                 \
                          (uint64_t)(value), MODEL_ORDER(order),               \
                          MODEL_SITE(name, text)))

#define await_equal_32(word, value, order)                                     \
  ((void)MODEL_AWAIT(word, #word, MODEL_EQUAL, value, order, "await_equal"))
#define await_equal_ptr(word, value, order)                                    \
  ((void)MODEL_AWAIT(word, #word, MODEL_EQUAL, value, order, "await_equal"))
#define await_not_equal_32(word, value, order)                                 \
  MODEL_AWAIT(word, #word, MODEL_NOT_EQUAL, value, order, "await_not_equal")
#define await_not_equal_ptr(word, value, order)                                \
  MODEL_AWAIT(word, #word, MODEL_NOT_EQUAL, value, order, "await_not_equal")

#define await_exchange_ptr(word, from, to, order)                              \
  model_await_exchange((word), sizeof *(word), (uint64_t)(from),               \
                       (uint64_t)(to), MODEL_ORDER(order),                     \
                       MODEL_SITE("await_exchange", #word))

/* Tries in vain change nothing, as above. */
#define await_swap_ptr(word, from, to, order)                                  \
  model_await_exchange((word), sizeof *(word), (uint64_t)(from),               \
                       (uint64_t)(to), MODEL_ORDER(order),                     \
                       MODEL_SITE("await_swap", #word))

/* The checker's kernel (futex.c) keeps who sleeps: a wake-up can be lost. */
#define await_sleep_32(word, value)                                            \
  ((void)cpu_syscall(SYS_futex, (uintptr_t)(word), FUTEX_WAIT_PRIVATE,         \
                     (value), 0))
#define await_wake_32(word)                                                    \
  ((void)cpu_syscall(SYS_futex, (uintptr_t)(word), FUTEX_WAKE_PRIVATE, 1, 0))

/* How long a waiter stays away is no part of the model. */
#define await_turn_32 await_equal_32
#define await_backoff(bound_ns) ((void)(bound_ns))

#endif
