/* Ordinary (executive) spin locks. The includer defines KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_EXECUTIVE_H
#define LOCKS_NT_ROUTINE_EXECUTIVE_H

#include "locks/nt/types.h"

/* Makes the word a free lock, whatever it was.
 * IRQL   any
 * Since  Windows 2000
 * Misuse twice on one lock: 0xC4/0x1005; on a held one: 0xC4/0x100B; a lock
 *        used before: 0xC4/0x1002
 * Source D:keinitializespinlock */
KSPIN_API VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock);

/* Raises to DISPATCH_LEVEL, acquires, then stores the old level: OldIrql may
 * be shared by all users of this lock, but never by two locks. Undone by
 * KeReleaseSpinLock.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows 2000
 * Misuse held by the caller: a deadlock, 0xF; above DISPATCH_LEVEL: 0xC4/0x42;
 *        a lock that is used in-stack: 0xC4/0x1008
 * Source D:keacquirespinlock */
KSPIN_API VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql);

/* KeAcquireSpinLock, with the old level returned.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows 2000, 64-bit
 * Misuse as KeAcquireSpinLock
 * Source D:keacquirespinlockraisetodpc */
KSPIN_API KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock);

/* The same at SYNCH_LEVEL; undone by KeReleaseSpinLock. Reserved on Windows.
 * IRQL   at most SYNCH_LEVEL; SYNCH_LEVEL after
 * Misuse as KeAcquireSpinLock
 * Source nt-api.md 2.1 */
KSPIN_API KIRQL KeAcquireSpinLockRaiseToSynch(PKSPIN_LOCK SpinLock);

/* Releases, then sets the level to NewIrql, the one from before the acquire.
 * IRQL   DISPATCH_LEVEL; NewIrql after
 * Since  Windows 2000
 * Misuse not at DISPATCH_LEVEL: 0xC4/0x32; another level than the one saved:
 *        0xC4/0x20015; not held: 0xC4/0x1007; held by another thread:
 *        0xC4/0x1004; out of order: 0xC4/0x1003
 * Source D:kereleasespinlock */
KSPIN_API VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql);

/* Acquires without touching the level. Undone by
 * KeReleaseSpinLockFromDpcLevel.
 * IRQL   DISPATCH_LEVEL (or above: choice 2); unchanged
 * Since  Windows 2000
 * Misuse below DISPATCH_LEVEL: 0xC4/0x40; held by the caller: 0xF; in a
 *        threaded DPC: private
 * Source D:keacquirespinlockatdpclevel */
KSPIN_API VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);

/* Releases a lock that KeAcquireSpinLockAtDpcLevel acquired, without touching
 * the level.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Since  Windows 2000
 * Misuse on a lock from KeAcquireSpinLock it is an error, since the level
 *        stays at DISPATCH_LEVEL: private; below DISPATCH_LEVEL: 0xC4/0x41
 * Source S-FromDpc, the page KeReleaseSpinLockFromDpcLevel */
KSPIN_API VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock);

/* Acquires if that needs no waiting. Undone by KeReleaseSpinLock with the
 * level wanted or by KeReleaseSpinLockFromDpcLevel (choice 7).
 * @return TRUE: acquired; FALSE: held by somebody, nothing changed
 * IRQL   DISPATCH_LEVEL; unchanged
 * Since  Server 2003 SP1
 * Misuse held by the caller: 0xF; below DISPATCH_LEVEL: 0xC4/0x40
 * Source D:ketrytoacquirespinlockatdpclevel */
KSPIN_API BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);

/* Tells whether the lock was free a moment ago. Asked of a lock that is used
 * in-stack it is right if both implementations keep 0 in a free word.
 * @return TRUE when free, FALSE when held
 * IRQL   any
 * Since  Server 2003
 * Source D:ketestspinlock */
KSPIN_API BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock);

/* Acquires in a threaded DPC: raises from PASSIVE_LEVEL, leaves DISPATCH_LEVEL
 * as it is. Undone by KeReleaseSpinLockForDpc. Elsewhere: choice 1.
 * @return the level at the call
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows Vista
 * Misuse outside of a threaded DPC: private
 * Source D:keacquirespinlockfordpc */
KSPIN_API KIRQL KeAcquireSpinLockForDpc(PKSPIN_LOCK SpinLock);

/* Releases, and undoes what KeAcquireSpinLockForDpc did to the level.
 * IRQL   DISPATCH_LEVEL; OldIrql after
 * Since  Windows Vista
 * Source D:kereleasespinlockfordpc */
KSPIN_API VOID KeReleaseSpinLockForDpc(PKSPIN_LOCK SpinLock, KIRQL OldIrql);

/* KeAcquireSpinLockRaiseToDpc: its name on 32-bit x86.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Source nt-api.md 2.1 */
KSPIN_API KIRQL KfAcquireSpinLock(PKSPIN_LOCK SpinLock);

/* KeReleaseSpinLock: its name on 32-bit x86.
 * IRQL   DISPATCH_LEVEL; NewIrql after
 * Source nt-api.md 2.1 */
KSPIN_API VOID KfReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql);

/* KeAcquireSpinLockAtDpcLevel: its name on 32-bit x86.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Source nt-api.md 2.1 */
KSPIN_API VOID KefAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);

/* KeReleaseSpinLockFromDpcLevel: its second name, on 32-bit x86.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Source S-FromDpc */
KSPIN_API VOID KefReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock);

/* KeAcquireSpinLock: an old name, reserved. Not of the EX_SPIN_LOCK family.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Source nt-api.md 2.1 */
KSPIN_API VOID ExAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql);

/* KeReleaseSpinLock: an old name, reserved.
 * IRQL   DISPATCH_LEVEL; NewIrql after
 * Source nt-api.md 2.1 */
KSPIN_API VOID ExReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql);

/* KeAcquireSpinLockAtDpcLevel: an old name, reserved.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Source nt-api.md 2.1 */
KSPIN_API VOID ExAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);

/* KeReleaseSpinLockFromDpcLevel: an old name, reserved.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Source nt-api.md 2.1 */
KSPIN_API VOID ExReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock);

#endif
