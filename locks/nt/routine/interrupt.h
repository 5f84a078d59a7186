/* Interrupt spin locks, and the two global locks that have routines of their
 * own. The includer defines KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_INTERRUPT_H
#define LOCKS_NT_ROUTINE_INTERRUPT_H

#include "locks/nt/objects.h"

/* Raises to the interrupt's SynchronizeIrql and acquires its lock.
 * @return the old level
 * IRQL   at most SynchronizeIrql; SynchronizeIrql after
 * Since  Windows XP
 * Misuse a passive-level interrupt: 0x13B; above SynchronizeIrql: 0xC4/0x42
 * Source D:keacquireinterruptspinlock */
KSPIN_API KIRQL KeAcquireInterruptSpinLock(PKINTERRUPT Interrupt);

/* Releases the interrupt's lock and restores the level.
 * IRQL   SynchronizeIrql; OldIrql after
 * Since  Windows XP
 * Source D:kereleaseinterruptspinlock */
KSPIN_API VOID KeReleaseInterruptSpinLock(PKINTERRUPT Interrupt, KIRQL OldIrql);

/* Calls the routine at SynchronizeIrql with the interrupt's lock held.
 * @return what the routine returned
 * IRQL   at most SynchronizeIrql; unchanged
 * Since  Windows 2000
 * Misuse the routine must be short and must leave the level as it is: 0xC8
 * Source D:kesynchronizeexecution */
KSPIN_API BOOLEAN KeSynchronizeExecution(
    PKINTERRUPT Interrupt, PKSYNCHRONIZE_ROUTINE SynchronizeRoutine,
    PVOID SynchronizeContext);

/* Acquires the one cancel lock of the system; stores the old level.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows 2000
 * Misuse held by the caller: 0xF; a Cancel routine that returns with it: 0x11B
 * Source D:ioacquirecancelspinlock */
KSPIN_API VOID IoAcquireCancelSpinLock(PKIRQL Irql);

/* Releases the cancel lock and restores the level; in a Cancel routine the
 * argument is the CancelIrql of its IRP.
 * IRQL   DISPATCH_LEVEL; Irql after
 * Since  Windows 2000
 * Source D:ioreleasecancelspinlock */
KSPIN_API VOID IoReleaseCancelSpinLock(KIRQL Irql);

/* Acquires the lock of all volume parameter blocks; stores the old level.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Source nt-api.md 2.6 */
KSPIN_API VOID IoAcquireVpbSpinLock(PKIRQL Irql);

/* Releases it and restores the level.
 * IRQL   DISPATCH_LEVEL; Irql after
 * Source nt-api.md 2.6 */
KSPIN_API VOID IoReleaseVpbSpinLock(KIRQL Irql);

#endif
