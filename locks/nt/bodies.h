/* What the routines of locks/nt/routines.h do, written once: the IRQL around
 * the verbs of a lock. Every implementation pays the same for the IRQL here.
 *
 * The includer defines
 *   KSPIN_API              how the routines are linked;
 *   KSPIN_EXECUTIVE_(verb) the routine behind acquire, try_acquire, release
 *   KSPIN_QUEUED_(verb)    and is_held of each family;
 *   KSPIN_READER_(verb)    the same of a reader/writer lock;
 *   KSPIN_CHECKED          or not: whether misuse is reported.
 *
 * Order of effects (nt-api.md 2.0): the level is up before the first attempt
 * and the caller learns the old one only as the owner; the lock is free before
 * the level falls. The barriers hold the compiler to that, as far as code that
 * interrupts this thread can tell; no other thread reads its level.
 *
 * A check comes first in a routine. Refused, a call has no effect. */
#include "locks/cpu.h"
#include "locks/nt/irql.h"
#include "locks/nt/numbered.h"
#include "locks/nt/state.h"

/* KSPIN_LOWERING(level), if defined, runs in place of the dispatch interrupt
 * that a processor takes when its level falls, before it has fallen. */
#ifndef KSPIN_LOWERING
#define KSPIN_LOWERING(level) ((void)0)
#endif

#ifdef KSPIN_CHECKED
#include "locks/nt/checked/hooks.h"
#else
#include "locks/nt/free.h"
#endif

/* Sets the level, upwards. @return the old one */
LOCK_INLINE KIRQL kspin_raise(KIRQL level) {
  KIRQL old = lock_irql;
  lock_irql = level;
  cpu_compiler_barrier();
  return old;
}

/* Sets the level, downwards. */
LOCK_INLINE void kspin_lower(KIRQL level) {
  cpu_compiler_barrier();
  KSPIN_LOWERING(level);
  lock_irql = level;
}

#include "locks/nt/body/executive.h"
#include "locks/nt/body/interlocked.h"
#include "locks/nt/body/interrupt.h"
#include "locks/nt/body/irql.h"
#include "locks/nt/body/queued.h"
#include "locks/nt/body/reader.h"
#include "locks/nt/body/simulation.h"
