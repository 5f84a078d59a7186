/* The IRQL routines. The includer defines KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_IRQL_H
#define LOCKS_NT_ROUTINE_IRQL_H

#include "locks/nt/irql.h"

/* Returns the current level.
 * IRQL   any
 * Since  Windows 2000
 * Source D:kegetcurrentirql */
KSPIN_API KIRQL KeGetCurrentIrql(VOID);

/* Sets the level to NewIrql and stores the old one.
 * IRQL   at most NewIrql; NewIrql after
 * Since  Windows 2000
 * Misuse NewIrql below the current level or above HIGH_LEVEL: 0xC4/0x30. A
 *        free kernel sets it all the same.
 * Source D:keraiseirql */
KSPIN_API VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql);

/* Sets the level to NewIrql, which the innermost raise must have returned.
 * IRQL   at least NewIrql; NewIrql after
 * Since  Windows 2000
 * Misuse NewIrql above the current level, above HIGH_LEVEL, or not from the
 *        innermost raise: 0xC4/0x31; below a held lock's level: private.
 * Source D:kelowerirql */
KSPIN_API VOID KeLowerIrql(KIRQL NewIrql);

/* Sets DISPATCH_LEVEL and returns the old level.
 * IRQL   at most DISPATCH_LEVEL; DISPATCH_LEVEL after
 * Since  Windows 2000
 * Misuse above DISPATCH_LEVEL: 0xC4/0x30
 * Source D:keraiseirqltodpclevel */
KSPIN_API KIRQL KeRaiseIrqlToDpcLevel(VOID);

/* Sets SYNCH_LEVEL and returns the old level. Reserved on Windows.
 * IRQL   at most SYNCH_LEVEL; SYNCH_LEVEL after
 * Misuse above SYNCH_LEVEL: 0xC4/0x30
 * Source nt-api.md 2.7 */
KSPIN_API KIRQL KeRaiseIrqlToSynchLevel(VOID);

/* KeRaiseIrql, with the old level returned: its name on 32-bit x86.
 * IRQL   at most NewIrql; NewIrql after
 * Source nt-api.md 2.7 */
KSPIN_API KIRQL KfRaiseIrql(KIRQL NewIrql);

/* KeLowerIrql: its name on 32-bit x86.
 * IRQL   at least NewIrql; NewIrql after
 * Source nt-api.md 2.7 */
KSPIN_API VOID KfLowerIrql(KIRQL NewIrql);

/* KeRaiseIrql, with the old level returned.
 * IRQL   at most NewIrql; NewIrql after
 * Since  Windows 10 1809
 * Source nt-api.md 2.7 */
KSPIN_API KIRQL KzRaiseIrql(KIRQL NewIrql);

/* KeLowerIrql.
 * IRQL   at least NewIrql; NewIrql after
 * Since  Windows 10 1809
 * Source nt-api.md 2.7 */
KSPIN_API VOID KzLowerIrql(KIRQL NewIrql);

#endif
