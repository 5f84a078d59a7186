/* Operations under a lock. The includer defines what locks/nt/bodies.h
 * names. */

union kspin_atomic {
  _Atomic uint64_t value;
} __attribute__((may_alias));

/* Does the statement with the lock, or nothing if the check refuses. */
#define KSPIN_INTERLOCKED(lock, statement)                                     \
  do {                                                                         \
    if (!KSPIN_MAY_INTERLOCK(lock))                                            \
      break;                                                                   \
    KSPIN_EXECUTIVE_(acquire)(lock);                                           \
    statement;                                                                 \
    KSPIN_EXECUTIVE_(release)(lock);                                           \
  } while (0)

KSPIN_API LARGE_INTEGER ExInterlockedAddLargeInteger(PLARGE_INTEGER Addend,
                                                     LARGE_INTEGER Increment,
                                                     PKSPIN_LOCK Lock) {
  LARGE_INTEGER before = {.QuadPart = 0};
  KSPIN_INTERLOCKED(Lock, {
    before = *Addend;
    Addend->QuadPart =
        (LONGLONG)((ULONGLONG)before.QuadPart + (ULONGLONG)Increment.QuadPart);
  });
  return before;
}

KSPIN_API ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment,
                                      PKSPIN_LOCK Lock) {
  ULONG before = 0;
  KSPIN_INTERLOCKED(Lock, {
    before = *Addend;
    *Addend = before + Increment;
  });
  return before;
}

KSPIN_API VOID ExInterlockedAddLargeStatistic(PLARGE_INTEGER Addend,
                                              ULONG Increment) {
  /* relaxed: a statistic orders nothing. */
  atomic_fetch_add_explicit(&((union kspin_atomic *)Addend)->value, Increment,
                            memory_order_relaxed);
}

KSPIN_API LONGLONG ExInterlockedCompareExchange64(PLONGLONG Destination,
                                                  PLONGLONG Exchange,
                                                  PLONGLONG Comperand,
                                                  PKSPIN_LOCK Lock) {
  uint64_t seen = (uint64_t)*Comperand;
  (void)Lock;
  /* A1 and R1 pair with each other in two callers: without them the one that
   * finds a value may not see what was written before it was stored. */
  atomic_compare_exchange_strong_explicit(
      &((union kspin_atomic *)Destination)->value, &seen, (uint64_t)*Exchange,
      memory_order_acq_rel, memory_order_acquire);
  return (LONGLONG)seen;
}

KSPIN_API PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead,
                                                  PLIST_ENTRY ListEntry,
                                                  PKSPIN_LOCK Lock) {
  PLIST_ENTRY first = NULL;
  KSPIN_INTERLOCKED(Lock, {
    first = IsListEmpty(ListHead) ? NULL : ListHead->Flink;
    InsertHeadList(ListHead, ListEntry);
  });
  return first;
}

KSPIN_API PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead,
                                                  PLIST_ENTRY ListEntry,
                                                  PKSPIN_LOCK Lock) {
  PLIST_ENTRY last = NULL;
  KSPIN_INTERLOCKED(Lock, {
    last = IsListEmpty(ListHead) ? NULL : ListHead->Blink;
    InsertTailList(ListHead, ListEntry);
  });
  return last;
}

KSPIN_API PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead,
                                                  PKSPIN_LOCK Lock) {
  PLIST_ENTRY first = NULL;
  KSPIN_INTERLOCKED(
      Lock, first = IsListEmpty(ListHead) ? NULL : RemoveHeadList(ListHead));
  return first;
}

KSPIN_API PSINGLE_LIST_ENTRY
ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
                           PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock) {
  PSINGLE_LIST_ENTRY first = NULL;
  KSPIN_INTERLOCKED(Lock, {
    first = ListHead->Next;
    PushEntryList(ListHead, ListEntry);
  });
  return first;
}

KSPIN_API PSINGLE_LIST_ENTRY
ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock) {
  PSINGLE_LIST_ENTRY first = NULL;
  KSPIN_INTERLOCKED(Lock, first = PopEntryList(ListHead));
  return first;
}

LOCK_INLINE _Atomic uintptr_t *kspin_slist_word(PSLIST_HEADER head) {
  return &((union kspin_atomic *)&head->u.Alignment)->value;
}

/* Takes the header's bit. @return the first entry */
LOCK_INLINE PSLIST_ENTRY kspin_slist_enter(PSLIST_HEADER head) {
  _Atomic uintptr_t *word = kspin_slist_word(head);
  /* relaxed: A2 is what enters. */
  uintptr_t seen = atomic_load_explicit(word, memory_order_relaxed);
  do {
    /* relaxed: as above. */
    while (seen & 1)
      seen = await_not_equal_ptr(word, seen, memory_order_relaxed);
    /* A2 pairs with R2: without it an entry may be read as it was before it
     * was pushed. relaxed on failure: not inside. */
  } while (!atomic_compare_exchange_weak_explicit(
      word, &seen, seen | 1, memory_order_acquire, memory_order_relaxed));
  return (PSLIST_ENTRY)seen;
}

/* Gives it back with another first entry. */
LOCK_INLINE void kspin_slist_leave(PSLIST_HEADER head, PSLIST_ENTRY first) {
  /* R2 pairs with A2. */
  atomic_store_explicit(kspin_slist_word(head), (uintptr_t)first,
                        memory_order_release);
}

KSPIN_API VOID InitializeSListHead(PSLIST_HEADER SListHead) {
  SListHead->u.Alignment = SListHead->u.Region = 0;
}

KSPIN_API USHORT ExQueryDepthSList(PSLIST_HEADER SListHead) {
  PSLIST_ENTRY first = kspin_slist_enter(SListHead);
  USHORT depth = (USHORT)SListHead->u.Region;
  kspin_slist_leave(SListHead, first);
  return depth;
}

KSPIN_API PSLIST_ENTRY ExInterlockedPushEntrySList(PSLIST_HEADER ListHead,
                                                   PSLIST_ENTRY ListEntry,
                                                   PKSPIN_LOCK Lock) {
  (void)Lock;
  PSLIST_ENTRY first = kspin_slist_enter(ListHead);
  ListEntry->Next = first;
  ListHead->u.Region++;
  kspin_slist_leave(ListHead, ListEntry);
  return first;
}

KSPIN_API PSLIST_ENTRY ExInterlockedPopEntrySList(PSLIST_HEADER ListHead,
                                                  PKSPIN_LOCK Lock) {
  (void)Lock;
  PSLIST_ENTRY first = kspin_slist_enter(ListHead), next = NULL;
  if (first != NULL) {
    next = first->Next;
    ListHead->u.Region--;
  }
  kspin_slist_leave(ListHead, next);
  return first;
}

KSPIN_API PSLIST_ENTRY ExInterlockedFlushSList(PSLIST_HEADER ListHead) {
  PSLIST_ENTRY first = kspin_slist_enter(ListHead);
  ListHead->u.Region = 0;
  kspin_slist_leave(ListHead, NULL);
  return first;
}
