/* The NT routines over two implementations: nothing is left to call.
 *
 * The includer defines their names, KSPIN_EXECUTIVE and KSPIN_QUEUED, and may
 * define KSPIN_READER, the lock behind EX_SPIN_LOCK. */
#ifndef LOCKS_NT_BOUND_H
#define LOCKS_NT_BOUND_H

#ifdef __cplusplus
#error "locks are bound at compile time in C only; C++ links libkspin"
#endif

#include "locks/contract.h"
#include "locks/cpu.h"

#ifndef KSPIN_READER
#define KSPIN_READER nt
#endif

#define KSPIN_TEXT_(path) #path
#define KSPIN_TEXT(path) KSPIN_TEXT_(path)
/* It would put spaces into the paths: */
/* clang-format off */
#include KSPIN_TEXT(locks/executive/KSPIN_EXECUTIVE.h)
#include KSPIN_TEXT(locks/queued/KSPIN_QUEUED.h)
#include KSPIN_TEXT(locks/reader/KSPIN_READER.h)
/* clang-format on */

#define KSPIN_JOIN_(a, b, c) a##b##_##c
#define KSPIN_JOIN(a, b, c) KSPIN_JOIN_(a, b, c)
#define KSPIN_EXECUTIVE_(verb) KSPIN_JOIN(executive_, KSPIN_EXECUTIVE, verb)
#define KSPIN_QUEUED_(verb) KSPIN_JOIN(queued_, KSPIN_QUEUED, verb)
#define KSPIN_READER_(verb) KSPIN_JOIN(reader_, KSPIN_READER, verb)

#define KSPIN_API LOCK_INLINE
#include "locks/nt/kspin.h"
#include "locks/nt/routines.h"

#include "locks/nt/bodies.h"

#endif
