/* <stdatomic.h> for code under the checker: every access is a call of the
 * machine. Found before the compiler's own header; only what lock code may
 * use is here, so that a default (seq_cst) operation does not compile. */
#ifndef LOCKS_MODEL_SHIM_STDATOMIC_H
#define LOCKS_MODEL_SHIM_STDATOMIC_H

#include "locks/model/hook.h"

typedef enum {
  memory_order_relaxed = MODEL_RELAXED,
  memory_order_consume = MODEL_CONSUME,
  memory_order_acquire = MODEL_ACQUIRE,
  memory_order_release = MODEL_RELEASE,
  memory_order_acq_rel = MODEL_ACQ_REL,
  memory_order_seq_cst = MODEL_SEQ_CST
} memory_order;

/* A value that need not be used. */
#define MODEL_VALUE(type, value)                                               \
  __extension__({                                                              \
    type model_value = (type)(value);                                          \
    model_value;                                                               \
  })

/* The value type of what `p` points at, without _Atomic. */
#define MODEL_TYPE(p) __typeof__((void)0, *(p))
#define MODEL_ORDER(order) ((enum model_order)(order))

#define atomic_load_explicit(p, order)                                         \
  MODEL_VALUE(MODEL_TYPE(p), model_load((p), sizeof *(p), MODEL_ORDER(order),  \
                                        MODEL_SITE("load", #p)))
#define atomic_store_explicit(p, value, order)                                 \
  model_store((p), sizeof *(p), (uint64_t)(value), MODEL_ORDER(order),         \
              MODEL_SITE("store", #p))

#define MODEL_RMW(p, text, operand, order, change, name)                       \
  MODEL_VALUE(MODEL_TYPE(p),                                                   \
              model_rmw((p), sizeof *(p), (change), (uint64_t)(operand),       \
                        MODEL_ORDER(order), MODEL_SITE(name, text)))
#define atomic_exchange_explicit(p, value, order)                              \
  MODEL_RMW(p, #p, value, order, MODEL_EXCHANGE, "exchange")
#define atomic_fetch_add_explicit(p, value, order)                             \
  MODEL_RMW(p, #p, value, order, MODEL_ADD, "fetch_add")
#define atomic_fetch_sub_explicit(p, value, order)                             \
  MODEL_RMW(p, #p, value, order, MODEL_SUB, "fetch_sub")
#define atomic_fetch_or_explicit(p, value, order)                              \
  MODEL_RMW(p, #p, value, order, MODEL_OR, "fetch_or")
#define atomic_fetch_and_explicit(p, value, order)                             \
  MODEL_RMW(p, #p, value, order, MODEL_AND, "fetch_and")
#define atomic_fetch_xor_explicit(p, value, order)                             \
  MODEL_RMW(p, #p, value, order, MODEL_XOR, "fetch_xor")

#define MODEL_CAS(p, text, expected, desired, weak, success, failure)          \
  __extension__({                                                              \
    __typeof__(expected) model_expected = (expected);                          \
    uint64_t model_old = *model_expected;                                      \
    bool model_done =                                                          \
        model_cas((p), sizeof *(p), &model_old, (uint64_t)(desired), (weak),   \
                  MODEL_ORDER(success), MODEL_ORDER(failure),                  \
                  MODEL_SITE("compare_exchange", text));                       \
    if (!model_done)                                                           \
      *model_expected = (MODEL_TYPE(p))model_old;                              \
    model_done;                                                                \
  })
#define atomic_compare_exchange_strong_explicit(p, expected, desired, success, \
                                                failure)                       \
  MODEL_CAS(p, #p, expected, desired, false, success, failure)
#define atomic_compare_exchange_weak_explicit(p, expected, desired, success,   \
                                              failure)                         \
  MODEL_CAS(p, #p, expected, desired, true, success, failure)

#define atomic_thread_fence(order)                                             \
  model_fence(MODEL_ORDER(order), MODEL_SITE("fence", ""))
#define atomic_signal_fence(order) ((void)(order))

#endif
