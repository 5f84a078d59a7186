/* In-stack queued spin locks, and the numbered ones of the system. The
 * includer defines KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_QUEUED_H
#define LOCKS_NT_ROUTINE_QUEUED_H

#include "locks/nt/types.h"

/* Raises to DISPATCH_LEVEL, queues the handle, returns as the owner; the old
 * level stays in the handle, which needs no initialisation and must not move
 * until it is released. Undone by KeReleaseInStackQueuedSpinLock.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows XP
 * Misuse held by the caller: a deadlock, 0xC4/0x1000; a handle in use:
 *        private; above DISPATCH_LEVEL: 0xC4/0x42; a lock that is used
 *        ordinarily: 0xC4/0x1008
 * Source D:keacquireinstackqueuedspinlock */
KSPIN_API VOID KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock,
                                              PKLOCK_QUEUE_HANDLE LockHandle);

/* Hands the lock on or frees it, then restores the level in the handle, which
 * is the caller's memory again when this returns.
 * IRQL   DISPATCH_LEVEL; the level in the handle after
 * Since  Windows XP
 * Misuse not at DISPATCH_LEVEL: 0xC4/0x32; not acquired: 0xC4/0x1007; a copy
 *        of the handle: private; out of order: 0xC4/0x1003
 * Source D:kereleaseinstackqueuedspinlock */
KSPIN_API VOID KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle);

/* Queues and acquires without touching the level, and leaves OldIrql in the
 * handle as it is. Undone by KeReleaseInStackQueuedSpinLockFromDpcLevel.
 * IRQL   DISPATCH_LEVEL or above; unchanged
 * Since  Windows XP
 * Misuse below DISPATCH_LEVEL: 0xC4/0x40; in a threaded DPC: private; else as
 *        KeAcquireInStackQueuedSpinLock
 * Source D:keacquireinstackqueuedspinlockatdpclevel */
KSPIN_API VOID KeAcquireInStackQueuedSpinLockAtDpcLevel(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle);

/* Releases a lock that KeAcquireInStackQueuedSpinLockAtDpcLevel acquired, with
 * the handle that call set, without touching the level.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Since  Windows XP
 * Misuse a handle of the raising acquire: private; below DISPATCH_LEVEL:
 *        0xC4/0x41
 * Source S-IsqFromDpc, the page KeReleaseInStackQueuedSpinLockFromDpcLevel */
KSPIN_API VOID
KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle);

/* Acquires in a threaded DPC: raises from PASSIVE_LEVEL, leaves DISPATCH_LEVEL
 * as it is. Elsewhere: choice 1.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows Vista
 * Misuse outside of a threaded DPC: private
 * Source nt-api.md 2.2 and 2.8 */
KSPIN_API VOID KeAcquireInStackQueuedSpinLockForDpc(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle);

/* Releases, and undoes what the acquire did to the level.
 * IRQL   DISPATCH_LEVEL; the level in the handle after
 * Since  Windows Vista
 * Source nt-api.md 2.2 and 2.8 */
KSPIN_API VOID
KeReleaseInStackQueuedSpinLockForDpc(PKLOCK_QUEUE_HANDLE LockHandle);

/* KeAcquireInStackQueuedSpinLock at SYNCH_LEVEL; undone by
 * KeReleaseInStackQueuedSpinLock. Reserved on Windows.
 * IRQL   at most SYNCH_LEVEL; SYNCH_LEVEL after
 * Source nt-api.md 2.2 */
KSPIN_API VOID KeAcquireInStackQueuedSpinLockRaiseToSynch(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle);

/* The numbered locks are MCS queues in the NT layout whatever is chosen for
 * the others: their try needs to see the queue. A node a number and processor
 * (here: thread). A number at or above LockQueueMaximumLock is not looked
 * for. */

/* Acquires system lock Number with this processor's node.
 * @return the old level
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Misuse reserved for the system; held by the caller: 0xC4/0x1000
 * Source nt-api.md 2.3 */
KSPIN_API KIRQL KeAcquireQueuedSpinLock(KSPIN_LOCK_QUEUE_NUMBER Number);

/* Releases system lock Number, on the processor that acquired it.
 * IRQL   DISPATCH_LEVEL; OldIrql after
 * Misuse not at DISPATCH_LEVEL: 0xC4/0x36; not acquired: 0xC4/0x1007
 * Source nt-api.md 2.3 */
KSPIN_API VOID KeReleaseQueuedSpinLock(KSPIN_LOCK_QUEUE_NUMBER Number,
                                       KIRQL OldIrql);

/* Acquires system lock Number if its queue is empty (choice 4).
 * @return nonzero: acquired, OldIrql written; 0: nothing changed
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after success
 * Source nt-api.md 2.3 */
KSPIN_API LOGICAL KeTryToAcquireQueuedSpinLock(KSPIN_LOCK_QUEUE_NUMBER Number,
                                               PKIRQL OldIrql);

/* KeAcquireQueuedSpinLock at SYNCH_LEVEL.
 * IRQL   at most SYNCH_LEVEL; SYNCH_LEVEL after
 * Source nt-api.md 2.3 */
KSPIN_API KIRQL
KeAcquireQueuedSpinLockRaiseToSynch(KSPIN_LOCK_QUEUE_NUMBER Number);

/* KeTryToAcquireQueuedSpinLock at SYNCH_LEVEL.
 * IRQL   at most SYNCH_LEVEL; SYNCH_LEVEL after success
 * Source nt-api.md 2.3 */
KSPIN_API LOGICAL KeTryToAcquireQueuedSpinLockRaiseToSynch(
    KSPIN_LOCK_QUEUE_NUMBER Number, PKIRQL OldIrql);

/* Acquires the lock that LockQueue->Lock names, with that node.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Source nt-api.md 2.3 */
KSPIN_API VOID KeAcquireQueuedSpinLockAtDpcLevel(PKSPIN_LOCK_QUEUE LockQueue);

/* Releases what that node acquired; its Lock names the lock again.
 * IRQL   DISPATCH_LEVEL; unchanged
 * Source nt-api.md 2.3 */
KSPIN_API VOID KeReleaseQueuedSpinLockFromDpcLevel(PKSPIN_LOCK_QUEUE LockQueue);

#endif
