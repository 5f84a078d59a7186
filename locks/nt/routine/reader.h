/* Reader/writer spin locks: EX_SPIN_LOCK, 32 bits, free when zero; there is no
 * routine to initialise one. A waiting writer goes before later readers. A
 * thread must not enter a lock twice in any mode. The includer defines
 * KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_READER_H
#define LOCKS_NT_ROUTINE_READER_H

#include "locks/nt/types.h"

/* Raises, waits for all readers and any writer, and excludes them.
 * @return the old level
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows Vista SP1
 * Misuse held by the caller in any mode: a deadlock, 0xC4/0x1000
 * Source D:exacquirespinlockexclusive */
KSPIN_API KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock);

/* Ends exclusive ownership and restores the level.
 * IRQL   DISPATCH_LEVEL; OldIrql after
 * Since  Windows Vista SP1
 * Misuse by who is not the exclusive owner: private, 0xC4/0x1007
 * Source D:exreleasespinlockexclusive */
KSPIN_API VOID ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock,
                                          KIRQL OldIrql);

/* ExAcquireSpinLockExclusive without touching the level.
 * IRQL   DISPATCH_LEVEL or above; unchanged
 * Since  Windows Vista SP1
 * Source D:exacquirespinlockexclusiveatdpclevel */
KSPIN_API VOID ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock);

/* Ends exclusive ownership without touching the level.
 * IRQL   DISPATCH_LEVEL or above; unchanged
 * Since  Windows Vista SP1
 * Source D:exreleasespinlockexclusivefromdpclevel */
KSPIN_API VOID ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock);

/* Raises and enters with other readers, once no writer is in or waits.
 * @return the old level
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows Vista SP1
 * Misuse held by the caller in any mode: 0xC4/0x1000
 * Source D:exacquirespinlockshared */
KSPIN_API KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock);

/* Leaves as a reader and restores the level.
 * IRQL   DISPATCH_LEVEL; OldIrql after
 * Since  Windows Vista SP1
 * Misuse by who is no reader: private, 0xC4/0x1007
 * Source D:exreleasespinlockshared */
KSPIN_API VOID ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql);

/* ExAcquireSpinLockShared without touching the level.
 * IRQL   DISPATCH_LEVEL or above; unchanged
 * Since  Windows Vista SP1
 * Source D:exacquirespinlocksharedatdpclevel */
KSPIN_API VOID ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock);

/* Leaves as a reader without touching the level.
 * IRQL   DISPATCH_LEVEL or above; unchanged
 * Since  Windows Vista SP1
 * Source D:exreleasespinlocksharedfromdpclevel */
KSPIN_API VOID ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock);

/* Makes the calling reader the writer if it is the only reader and no writer
 * waits; never waits itself (choice 3). After success release with the
 * Exclusive routine, with the level from the shared acquire.
 * @return nonzero: exclusive now; 0: still shared
 * IRQL   DISPATCH_LEVEL; unchanged
 * Since  Windows Vista SP1
 * Misuse by who is no reader: 0xC4/0x1009
 * Source D:extryconvertsharedspinlockexclusive */
KSPIN_API LOGICAL ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock);

#endif
