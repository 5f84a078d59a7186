/* A device that counts bytes: what its interrupt brings is moved by a DPC to a
 * queue, which dispatch routines read. */
#ifndef LOCKS_TEST_DRIVER_DRIVER_H
#define LOCKS_TEST_DRIVER_DRIVER_H

#include <wdm.h>

#define BYTES_ENTRIES 64

typedef struct _BYTES_ENTRY {
  LIST_ENTRY Link;
  ULONG Bytes;
} BYTES_ENTRY, *PBYTES_ENTRY;

typedef struct _BYTES_EXTENSION {
  KINTERRUPT Interrupt;
  ULONG Arrived; /* under the interrupt's lock */
  KDPC Dpc;
  KSPIN_LOCK QueueLock; /* raising and AtDpcLevel forms */
  LIST_ENTRY Queue;
  KSPIN_LOCK FreeLock; /* ExInterlocked only */
  LIST_ENTRY Free;
  KSPIN_LOCK TotalLock; /* in-stack */
  ULONGLONG Total;
  EX_SPIN_LOCK LimitLock; /* read by all, written rarely */
  ULONG Limit;
  IRP Pending;
  BYTES_ENTRY Entries[BYTES_ENTRIES];
} BYTES_EXTENSION, *PBYTES_EXTENSION;

VOID BytesInitialize(_Out_ PBYTES_EXTENSION Extension);
VOID BytesUnload(_Inout_ PBYTES_EXTENSION Extension);

/* The service routine, its DPC, and a routine synchronized with both. */
KSERVICE_ROUTINE BytesInterrupt;
KDEFERRED_ROUTINE BytesDpc;

/* Dispatch routines. @return what was read; the limit before */
ULONG BytesRead(_Inout_ PBYTES_EXTENSION Extension);
ULONG BytesSetLimit(_Inout_ PBYTES_EXTENSION Extension, ULONG Limit);

/* The Cancel routine of a request. */
SIM_CANCEL_ROUTINE BytesCancel;

#endif
