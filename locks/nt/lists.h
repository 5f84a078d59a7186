/* The lists of the executive: doubly linked, singly linked, sequenced; and the
 * plain operations on them, which take no lock.
 *
 * Source: nt-api.md 1.1 and 2.10. */
#ifndef LOCKS_NT_LISTS_H
#define LOCKS_NT_LISTS_H

#include "locks/nt/types.h"

/* A circle; a head that names itself is empty. */
typedef struct _LIST_ENTRY {
  struct _LIST_ENTRY *Flink, *Blink;
} LIST_ENTRY, *PLIST_ENTRY;

/* A stack; a head with a null Next is empty. */
typedef struct _SINGLE_LIST_ENTRY {
  struct _SINGLE_LIST_ENTRY *Next;
} SINGLE_LIST_ENTRY, *PSINGLE_LIST_ENTRY;

typedef struct __attribute__((aligned(16))) _SLIST_ENTRY {
  struct _SLIST_ENTRY *Next;
} SLIST_ENTRY, *PSLIST_ENTRY;

/* A stack with its depth; zero memory is an empty one. */
typedef union __attribute__((aligned(16))) _SLIST_HEADER {
  struct {
    ULONGLONG Alignment; /* the first entry; bit 0: somebody works on it */
    ULONGLONG Region;    /* the depth */
  } u;
} SLIST_HEADER, *PSLIST_HEADER;

#ifndef CONTAINING_RECORD
#define CONTAINING_RECORD(address, type, field)                                \
  ((type *)(void *)((char *)(address)-offsetof(type, field)))
#endif

static_assert(sizeof(LIST_ENTRY) == 16, "LIST_ENTRY");
static_assert(sizeof(SINGLE_LIST_ENTRY) == 8, "SINGLE_LIST_ENTRY");
static_assert(sizeof(SLIST_ENTRY) == 16, "SLIST_ENTRY");
static_assert(sizeof(SLIST_HEADER) == 16, "SLIST_HEADER");

FORCEINLINE VOID InitializeListHead(PLIST_ENTRY ListHead) {
  ListHead->Flink = ListHead->Blink = ListHead;
}

FORCEINLINE BOOLEAN IsListEmpty(const LIST_ENTRY *ListHead) {
  return ListHead->Flink == ListHead ? TRUE : FALSE;
}

FORCEINLINE VOID InsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry) {
  PLIST_ENTRY first = ListHead->Flink;
  Entry->Flink = first;
  Entry->Blink = ListHead;
  first->Blink = Entry;
  ListHead->Flink = Entry;
}

FORCEINLINE VOID InsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry) {
  InsertHeadList(ListHead->Blink, Entry);
}

/* @return TRUE if the list is empty now */
FORCEINLINE BOOLEAN RemoveEntryList(PLIST_ENTRY Entry) {
  PLIST_ENTRY next = Entry->Flink, before = Entry->Blink;
  before->Flink = next;
  next->Blink = before;
  return next == before ? TRUE : FALSE;
}

/* @return the first entry, or the head itself if there is none */
FORCEINLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY ListHead) {
  PLIST_ENTRY first = ListHead->Flink;
  (void)RemoveEntryList(first);
  return first;
}

/* @return the last entry, or the head itself if there is none */
FORCEINLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY ListHead) {
  PLIST_ENTRY last = ListHead->Blink;
  (void)RemoveEntryList(last);
  return last;
}

FORCEINLINE VOID PushEntryList(PSINGLE_LIST_ENTRY ListHead,
                               PSINGLE_LIST_ENTRY Entry) {
  Entry->Next = ListHead->Next;
  ListHead->Next = Entry;
}

/* @return the first entry, or null if there is none */
FORCEINLINE PSINGLE_LIST_ENTRY PopEntryList(PSINGLE_LIST_ENTRY ListHead) {
  PSINGLE_LIST_ENTRY first = ListHead->Next;
  if (first != NULL)
    ListHead->Next = first->Next;
  return first;
}

#endif
