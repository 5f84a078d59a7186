/* What stands in for the parts of Windows around spin locks: routines of ours,
 * for programs that play the I/O manager. In checked mode each callback is
 * looked at when it returns (0xC8: another level; 0xC4/0x40009: a lock held).
 * The includer defines KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_SIMULATION_H
#define LOCKS_NT_ROUTINE_SIMULATION_H

#include "locks/nt/objects.h"

/* Makes an interrupt object, as IoConnectInterruptEx would.
 * @param Context          for the service routine
 * @param SynchronizeIrql  its device level
 * @param Passive          TRUE: its routine runs at PASSIVE_LEVEL
 * IRQL   any; unchanged
 * Source nt-api.md 6 */
KSPIN_API VOID NtSimInterruptCreate(PKINTERRUPT Interrupt,
                                    PKSERVICE_ROUTINE Routine, PVOID Context,
                                    KIRQL SynchronizeIrql, BOOLEAN Passive);

/* The interrupt comes: runs its service routine at SynchronizeIrql with its
 * lock held. @return what the routine returned
 * IRQL   at most SynchronizeIrql; unchanged
 * Misuse the routine changes the level: 0xC4/0x111
 * Source nt-api.md 4.2 */
KSPIN_API BOOLEAN NtSimInterrupt(PKINTERRUPT Interrupt);

/* Calls a dispatch routine, or any other callback.
 * IRQL   any; unchanged
 * Misuse the routine returns at another level: 0xC8; with a lock: 0xC4/0x40009
 * Source nt-api.md 4.3 row 30 */
KSPIN_API VOID NtSimDispatch(SIM_ROUTINE *Routine, PVOID Context);

/* Calls a routine as a DPC: at DISPATCH_LEVEL, below which it must not go.
 * IRQL   at most DISPATCH_LEVEL; unchanged
 * Misuse as NtSimDispatch; the routine lowers the level: 0xC4/0x31
 * Source nt-api.md 4.2 */
KSPIN_API VOID NtSimDpc(SIM_ROUTINE *Routine, PVOID Context);

/* Calls a routine as a threaded DPC: at PASSIVE_LEVEL if Enabled, else (as
 * with ThreadDpcEnable=0) at DISPATCH_LEVEL.
 * IRQL   PASSIVE_LEVEL; unchanged
 * Source K:introduction-to-threaded-dpcs */
KSPIN_API VOID NtSimThreadedDpc(SIM_ROUTINE *Routine, PVOID Context,
                                BOOLEAN Enabled);

/* Cancels a request: acquires the cancel lock, stores the level in the IRP and
 * calls its Cancel routine, which has to release the lock.
 * IRQL   at most DISPATCH_LEVEL; unchanged
 * Misuse the routine returns with the cancel lock: 0x11B
 * Source B:0x11B */
KSPIN_API VOID NtSimCancelIrp(PIRP Irp, SIM_CANCEL_ROUTINE *Routine);

/* Says that the caller is about to block on Object.
 * @param Timeout  0: it only looks
 * IRQL   below DISPATCH_LEVEL, unless Timeout is 0
 * Misuse at DISPATCH_LEVEL or above: 0xC4/0x3B
 * Source B:0xC4 */
KSPIN_API VOID NtSimWait(PVOID Object, ULONGLONG Timeout);

/* Says that the caller completes a request, which nobody may do with a spin
 * lock.
 * IRQL   any; unchanged
 * Misuse a lock is held: private
 * Source V:wdm-spinlocksafe */
KSPIN_API VOID NtAssertNoSpinLocksHeld(VOID);

/* Says that memory is freed: locks in it are forgotten, and may be initialised
 * anew. Call it before free() and when a lock on the stack goes.
 * IRQL   any; unchanged
 * Misuse a lock in it is held: 0xC4/0x100B
 * Source V:deadlock-detection */
KSPIN_API VOID NtLockStorageFreed(PVOID Storage, SIZE_T Length);

#endif
