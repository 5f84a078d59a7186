/* The NT types that spin locks need, in the sizes and layouts of 64-bit
 * Windows. A LONG has 32 bits even where C's long has 64.
 *
 * Source: nt-api.md 1.1 and 1.2, from the WDK reference pages and public
 * header metadata. */
#ifndef LOCKS_NT_TYPES_H
#define LOCKS_NT_TYPES_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "locks/nt/words.h"

typedef char CHAR;
typedef unsigned char UCHAR, *PUCHAR;
typedef int16_t SHORT;
typedef uint16_t USHORT;
typedef int32_t LONG, *PLONG;
typedef uint32_t ULONG, *PULONG;
typedef int64_t LONGLONG, LONG64, *PLONGLONG;
typedef uint64_t ULONGLONG, ULONG64, *PULONGLONG;
typedef intptr_t LONG_PTR;
typedef uintptr_t ULONG_PTR;
typedef size_t SIZE_T;
typedef void *PVOID;
typedef UCHAR BOOLEAN, *PBOOLEAN;
typedef ULONG LOGICAL;
typedef LONG NTSTATUS;

typedef union _LARGE_INTEGER {
  struct {
    ULONG LowPart;
    LONG HighPart;
  } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
  struct {
    ULONG LowPart, HighPart;
  } u;
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

#ifndef TRUE
#define TRUE 1
#define FALSE 0
#endif

/* Interrupt request level. */
typedef UCHAR KIRQL, *PKIRQL;

/* One opaque word; its owner supplies the storage. 0 is a free lock. One lock
 * is used through one family, ordinary or in-stack, for all its life. */
typedef ULONG_PTR KSPIN_LOCK, *PKSPIN_LOCK;

/* A waiter in the queue of a lock. `Lock` is the lock's address with the
 * LOCK_QUEUE_ bits below in the implementations that claim the NT layout. */
typedef struct _KSPIN_LOCK_QUEUE {
  struct _KSPIN_LOCK_QUEUE *volatile Next;
  PKSPIN_LOCK volatile Lock;
} KSPIN_LOCK_QUEUE, *PKSPIN_LOCK_QUEUE;

#define LOCK_QUEUE_WAIT 1u  /* this node waits, until the bit clears */
#define LOCK_QUEUE_OWNER 2u /* this node owns the lock */
#define LOCK_QUEUE_FLAGS 3u /* so a lock's address is a multiple of 4 */

/* The caller's handle of one in-stack acquire, usually a local variable. It
 * needs no initialisation and must not move until it is released. */
typedef struct _KLOCK_QUEUE_HANDLE {
  KSPIN_LOCK_QUEUE LockQueue;
  KIRQL OldIrql;
} KLOCK_QUEUE_HANDLE, *PKLOCK_QUEUE_HANDLE;

/* Reader/writer spin lock. The owner of the storage sets it to 0. */
typedef volatile LONG EX_SPIN_LOCK, *PEX_SPIN_LOCK;
typedef EX_SPIN_LOCK ALIGNED_EX_SPINLOCK __attribute__((aligned(64)));

/* Index of a system numbered queued lock. */
typedef ULONG64 KSPIN_LOCK_QUEUE_NUMBER, *PKSPIN_LOCK_QUEUE_NUMBER;

/* nt-api.md 1.5; the names are decoration here. */
enum {
  LockQueueUnusedSpare0,
  LockQueueUnusedSpare1,
  LockQueueUnusedSpare2,
  LockQueueUnusedSpare3,
  LockQueueVacbLock,
  LockQueueMasterLock,
  LockQueueNonPagedPoolLock,
  LockQueueIoCancelLock,
  LockQueueUnusedSpare8,
  LockQueueIoVpbLock,
  LockQueueIoDatabaseLock,
  LockQueueIoCompletionLock,
  LockQueueNtfsStructLock,
  LockQueueAfdWorkQueueLock,
  LockQueueBcbLock,
  LockQueueUnusedSpare15,
  LockQueueUnusedSpare16,
  LockQueueMaximumLock
};

static_assert(sizeof(LONG) == 4 && sizeof(ULONG) == 4, "LONG has 32 bits");
static_assert((KIRQL)-1 > 0 && sizeof(KIRQL) == 1, "KIRQL: unsigned byte");
static_assert(sizeof(BOOLEAN) == 1, "BOOLEAN is a byte");
static_assert(sizeof(LOGICAL) == 4, "LOGICAL has 32 bits");
static_assert(sizeof(KSPIN_LOCK) == 8, "KSPIN_LOCK is one 64-bit word");
static_assert(sizeof(KSPIN_LOCK_QUEUE) == 16, "KSPIN_LOCK_QUEUE");
static_assert(offsetof(KSPIN_LOCK_QUEUE, Next) == 0, "Next comes first");
static_assert(offsetof(KSPIN_LOCK_QUEUE, Lock) == 8, "then Lock");
static_assert(sizeof(KLOCK_QUEUE_HANDLE) == 24, "KLOCK_QUEUE_HANDLE");
static_assert(offsetof(KLOCK_QUEUE_HANDLE, LockQueue) == 0, "the node first");
static_assert(offsetof(KLOCK_QUEUE_HANDLE, OldIrql) == 16, "then the IRQL");
static_assert(sizeof(EX_SPIN_LOCK) == 4, "EX_SPIN_LOCK has 32 bits");
static_assert(sizeof(KSPIN_LOCK_QUEUE_NUMBER) == 8, "64 bits on x64");
static_assert(LockQueueMaximumLock == 17, "numbered locks");
static_assert(sizeof(LARGE_INTEGER) == 8, "LARGE_INTEGER");

#endif
