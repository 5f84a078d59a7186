/* The spin-lock routines of Windows, as declared in wdm.h, ntddk.h, ntifs.h.
 *
 * libkspin and locks bound at compile time behave as a free kernel: nothing
 * records an owner, and misuse has the consequence it has there, up to a
 * deadlock. libkspin-checked has the same names and reports each misuse
 * (locks/nt/kspin.h). Where Windows is silent or its pages differ, this is
 * what holds, and why:
 *
 *   1. The ForDpc routines outside of a threaded DPC raise, as their pages
 *      say; with KSPIN_PROFILE_FORDPC_KERNEL they leave the level, as kernels
 *      are seen to do. A page is what a driver writer can rely on.
 *   2. AtDpcLevel routines above DISPATCH_LEVEL are accepted, as their pages
 *      say; with KSPIN_PROFILE_STRICT the checked mode reports them, as the
 *      rule IrqlDispatch and another page want it.
 *   3. ExTryConvertSharedSpinLockExclusive does not wait: it succeeds for an
 *      only reader when no writer waits. That is its documented condition;
 *      with KSPIN_PROFILE_CONVERT_DRAINS it waits for the other readers, as an
 *      open reimplementation does.
 *   4. A numbered try that fails leaves the level and *OldIrql alone: there is
 *      nothing to undo then, and no page says otherwise.
 *   5. Without checked mode nothing reacts to misuse: a driver must not come
 *      to rely on a kindness that no free kernel has.
 *   6. A lock that is zero memory works without KeInitializeSpinLock, since
 *      every known kernel keeps 0 in a free word; checked mode reports it,
 *      since the page asks for the call.
 *   7. After KeTryToAcquireSpinLockAtDpcLevel, KeReleaseSpinLock with
 *      DISPATCH_LEVEL or the level of the caller's innermost raise is right,
 *      and so is KeReleaseSpinLockFromDpcLevel: the page names the first,
 *      which needs a level that the try does not return.
 *
 * A raising acquire sets DISPATCH_LEVEL, from wherever: called above it, it
 * lowers while it holds, as a free kernel does.
 *
 * Acquires (a successful try or convert too) have acquire semantics, releases
 * have release semantics; neither is a full fence, and the rest order nothing.
 *
 * The includer defines KSPIN_API: `extern` when they are functions of libkspin,
 * always inlined when a lock is bound at compile time (locks/nt/wdm.h). */
#ifndef LOCKS_NT_ROUTINES_H
#define LOCKS_NT_ROUTINES_H

#include "locks/nt/routine/executive.h"
#include "locks/nt/routine/interlocked.h"
#include "locks/nt/routine/interrupt.h"
#include "locks/nt/routine/irql.h"
#include "locks/nt/routine/queued.h"
#include "locks/nt/routine/reader.h"
#include "locks/nt/routine/simulation.h"

#endif
