/* The NT routines as functions of libkspin, over the implementations in use.
 * An indirect call each: fit for programs, not for timing (it adds 47 % to tas
 * and 1 % to mcs, so it cannot be subtracted). */
#include "locks/nt/choice.h"
#include "locks/nt/dpc.h"
#include "locks/nt/kspin.h"
#include "locks/nt/ntifs.h"

/* relaxed, all: the tables behind the pointers never change. */
#define KSPIN_EXECUTIVE_(verb)                                                 \
  atomic_load_explicit(&kspin_executive_now, memory_order_relaxed)->verb
#define KSPIN_QUEUED_(verb)                                                    \
  atomic_load_explicit(&kspin_queued_now, memory_order_relaxed)->verb
#define KSPIN_READER_(verb)                                                    \
  atomic_load_explicit(&kspin_reader_now, memory_order_relaxed)->verb
#define KSPIN_LOWERING(level) lock_dpc_drain(level)

#undef KSPIN_API
#define KSPIN_API
#include "locks/nt/bodies.h"
