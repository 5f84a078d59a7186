/* The spin-lock routines of Windows, as declared in wdm.h, ntddk.h, ntifs.h.
 *
 * Built as an unchecked (free) kernel: nothing records an owner, and misuse
 * has the consequence it has there, up to a deadlock. What Windows leaves open
 * is settled so (nt-api.md 6.2 has the reasons):
 *   - AtDpcLevel routines above DISPATCH_LEVEL are accepted, as their pages
 *     say;
 *   - a raising acquire sets DISPATCH_LEVEL, from wherever: called above it,
 *     it lowers while it holds, as a free kernel does;
 *   - a lock that is zero memory works without KeInitializeSpinLock;
 *   - after KeTryToAcquireSpinLockAtDpcLevel, KeReleaseSpinLock with the level
 *     wanted and KeReleaseSpinLockFromDpcLevel are both right.
 * Other routines of nt-api.md are not here yet.
 *
 * Acquires (a successful try too) have acquire semantics, releases have
 * release semantics; neither is a full fence, and the rest order nothing.
 *
 * The includer defines KSPIN_API: `extern` when they are functions of libkspin,
 * always inlined when a lock is bound at compile time (locks/nt/wdm.h). */
#ifndef LOCKS_NT_ROUTINES_H
#define LOCKS_NT_ROUTINES_H

#include "locks/nt/irql.h"

/* IRQL */

/* Returns the current level. Any IRQL. */
KSPIN_API KIRQL KeGetCurrentIrql(VOID);

/* Sets the level to `NewIrql` and stores the old one. It must not be below the
 * current level (a free kernel sets it all the same). */
KSPIN_API VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql);

/* Sets the level to `NewIrql`, which the innermost raise must have returned. */
KSPIN_API VOID KeLowerIrql(KIRQL NewIrql);

/* Sets DISPATCH_LEVEL; at or below it. @return the old level */
KSPIN_API KIRQL KeRaiseIrqlToDpcLevel(VOID);

/* Executive spin locks */

/* Makes the word a free lock, whatever it was. Any IRQL. */
KSPIN_API VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock);

/* Raises to DISPATCH_LEVEL, acquires, then stores the old level: `OldIrql` may
 * be shared by all users of this lock, but never by two locks. Called at or
 * below DISPATCH_LEVEL; undone by KeReleaseSpinLock. */
KSPIN_API VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql);

/* The same; @return the old level */
KSPIN_API KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock);

/* Releases, then sets the level to `NewIrql`, the one from before the
 * acquire. Called at DISPATCH_LEVEL. */
KSPIN_API VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql);

/* Acquires without touching the level; for callers at DISPATCH_LEVEL. Undone
 * by KeReleaseSpinLockFromDpcLevel. */
KSPIN_API VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);

/* Releases a lock that KeAcquireSpinLockAtDpcLevel acquired, without touching
 * the level. Used on a lock from KeAcquireSpinLock it is an error: the level
 * stays at DISPATCH_LEVEL.
 * Source: the WDK page KeReleaseSpinLockFromDpcLevel */
KSPIN_API VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock);

/* The name of the former on 32-bit x86. */
KSPIN_API VOID KefReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock);

/* Acquires if that needs no waiting. Called at DISPATCH_LEVEL.
 * @return TRUE: acquired; FALSE: held by somebody, nothing changed */
KSPIN_API BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);

/* Tells whether the lock was free a moment ago. Any IRQL. Asked of a lock that
 * is used in-stack it is right if both implementations keep 0 in a free word.
 * @return TRUE when free, FALSE when held */
KSPIN_API BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock);

/* In-stack queued spin locks */

/* Raises to DISPATCH_LEVEL, queues the handle, returns as the owner; the old
 * level stays in the handle. Called at or below DISPATCH_LEVEL; undone by
 * KeReleaseInStackQueuedSpinLock.
 * @param LockHandle  set by this call; must not move until released */
KSPIN_API VOID KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock,
                                              PKLOCK_QUEUE_HANDLE LockHandle);

/* Hands the lock on or frees it, then restores the level in the handle, which
 * is the caller's memory again when this returns. At DISPATCH_LEVEL. */
KSPIN_API VOID KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle);

/* Queues and acquires without touching the level; at DISPATCH_LEVEL or above.
 * Leaves `OldIrql` in the handle as it is. */
KSPIN_API VOID KeAcquireInStackQueuedSpinLockAtDpcLevel(
    PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle);

/* Releases a lock that KeAcquireInStackQueuedSpinLockAtDpcLevel acquired, with
 * the handle that call set, without touching the level.
 * Source: the WDK page KeReleaseInStackQueuedSpinLockFromDpcLevel */
KSPIN_API VOID
KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle);

#endif
