/* wdm.h: the spin-lock part of the Windows driver header.
 *
 * Bound at compile time, in C, with
 *   -DKSPIN_EXECUTIVE=<name> -DKSPIN_QUEUED=<name> [-DKSPIN_READER=<name>]
 * every routine inlines to the algorithm and the IRQL around it: this is what
 * is measured, and it links with the static libkspin.a. Without them the same
 * names are functions of libkspin, which chooses the algorithms when it starts
 * (locks/nt/kspin.h). */
#ifndef LOCKS_NT_WDM_H
#define LOCKS_NT_WDM_H

#include "locks/nt/types.h"

#if defined(KSPIN_EXECUTIVE) && defined(KSPIN_QUEUED)
#include "locks/nt/bound.h"
#elif defined(KSPIN_EXECUTIVE) || defined(KSPIN_QUEUED)
#error "wdm.h: define both KSPIN_EXECUTIVE and KSPIN_QUEUED, or neither"
#else
#ifdef __cplusplus
extern "C" {
#endif
#define KSPIN_API extern __attribute__((visibility("default")))
#include "locks/nt/routine/dpc.h"
#include "locks/nt/routines.h"
#ifdef __cplusplus
}
#endif
#endif

#endif
