/* Operations under a KSPIN_LOCK that the caller must not hold. They leave the
 * level alone: Windows masks interrupts meanwhile, a thread has none. Two of
 * them are atomic to each other if they are given the same lock. The includer
 * defines KSPIN_API. */
#ifndef LOCKS_NT_ROUTINE_INTERLOCKED_H
#define LOCKS_NT_ROUTINE_INTERLOCKED_H

#include "locks/nt/lists.h"

/* Adds, modulo 2^64. @return the value before
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Misuse the caller holds Lock: a deadlock, 0xF; Lock used by an ISR and by
 *        Ke routines: private
 * Source D:exinterlockedaddlargeinteger */
KSPIN_API LARGE_INTEGER ExInterlockedAddLargeInteger(PLARGE_INTEGER Addend,
                                                     LARGE_INTEGER Increment,
                                                     PKSPIN_LOCK Lock);

/* Adds, modulo 2^32. @return the value before
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Misuse as ExInterlockedAddLargeInteger
 * Source D:exinterlockedaddulong */
KSPIN_API ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment,
                                      PKSPIN_LOCK Lock);

/* Adds without a lock.
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Source D:exinterlockedaddlargestatistic */
KSPIN_API VOID ExInterlockedAddLargeStatistic(PLARGE_INTEGER Addend,
                                              ULONG Increment);

/* Stores *Exchange if *Destination is *Comperand; does not touch Lock.
 * @return what *Destination was
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Source D:exinterlockedcompareexchange64 */
KSPIN_API LONGLONG ExInterlockedCompareExchange64(PLONGLONG Destination,
                                                  PLONGLONG Exchange,
                                                  PLONGLONG Comperand,
                                                  PKSPIN_LOCK Lock);

/* Inserts first. @return the entry that was first, null if there was none
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Misuse as ExInterlockedAddLargeInteger
 * Source D:exinterlockedinsertheadlist */
KSPIN_API PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead,
                                                  PLIST_ENTRY ListEntry,
                                                  PKSPIN_LOCK Lock);

/* Inserts last. @return the entry that was last, null if there was none
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Misuse as ExInterlockedAddLargeInteger
 * Source D:exinterlockedinserttaillist */
KSPIN_API PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead,
                                                  PLIST_ENTRY ListEntry,
                                                  PKSPIN_LOCK Lock);

/* Removes the first entry. @return it, or null if there was none
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Misuse as ExInterlockedAddLargeInteger
 * Source D:exinterlockedremoveheadlist */
KSPIN_API PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead,
                                                  PKSPIN_LOCK Lock);

/* Pushes. @return the entry that was first, null if there was none
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Misuse as ExInterlockedAddLargeInteger
 * Source D:exinterlockedpushentrylist */
KSPIN_API PSINGLE_LIST_ENTRY
ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
                           PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock);

/* Pops. @return the entry removed, or null if there was none
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Misuse as ExInterlockedAddLargeInteger
 * Source D:exinterlockedpopentrylist */
KSPIN_API PSINGLE_LIST_ENTRY
ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock);

/* Makes an empty sequenced list.
 * IRQL   any; unchanged
 * Source D:initializeslisthead */
KSPIN_API VOID InitializeSListHead(PSLIST_HEADER SListHead);

/* Counts the entries: right for a moment.
 * IRQL   any; unchanged
 * Source D:exquerydepthslist */
KSPIN_API USHORT ExQueryDepthSList(PSLIST_HEADER SListHead);

/* Pushes on a sequenced list; Lock is ignored and may be null. Not lock-free
 * here: a bit in the header is held meanwhile.
 * @return the entry that was first, null if there was none
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Source D:exinterlockedpushentryslist */
KSPIN_API PSLIST_ENTRY ExInterlockedPushEntrySList(PSLIST_HEADER ListHead,
                                                   PSLIST_ENTRY ListEntry,
                                                   PKSPIN_LOCK Lock);

/* Pops from a sequenced list; Lock is ignored and may be null.
 * @return the entry removed, or null if there was none
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Source D:exinterlockedpopentryslist */
KSPIN_API PSLIST_ENTRY ExInterlockedPopEntrySList(PSLIST_HEADER ListHead,
                                                  PKSPIN_LOCK Lock);

/* Empties a sequenced list. @return the entry that was first, linked to the
 * others, or null
 * IRQL   any; unchanged
 * Since  Windows 2000
 * Source D:exinterlockedflushslist */
KSPIN_API PSLIST_ENTRY ExInterlockedFlushSList(PSLIST_HEADER ListHead);

#endif
