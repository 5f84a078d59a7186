/* The objects around spin locks, as far as locking goes: an interrupt, a DPC,
 * a request that can be cancelled. There is no I/O manager behind them; the
 * Sim routines (locks/nt/routine/simulation.h) play its part.
 *
 * Source: nt-api.md 1.1, 2.5 and 6. */
#ifndef LOCKS_NT_OBJECTS_H
#define LOCKS_NT_OBJECTS_H

#include "locks/nt/lists.h"

struct _KINTERRUPT;
struct _KDPC;
struct _IRP;

typedef BOOLEAN KSERVICE_ROUTINE(struct _KINTERRUPT *Interrupt,
                                 PVOID ServiceContext);
typedef KSERVICE_ROUTINE *PKSERVICE_ROUTINE;
typedef BOOLEAN KSYNCHRONIZE_ROUTINE(PVOID SynchronizeContext);
typedef KSYNCHRONIZE_ROUTINE *PKSYNCHRONIZE_ROUTINE;
typedef VOID KDEFERRED_ROUTINE(struct _KDPC *Dpc, PVOID DeferredContext,
                               PVOID SystemArgument1, PVOID SystemArgument2);
typedef KDEFERRED_ROUTINE *PKDEFERRED_ROUTINE;
typedef VOID SIM_CANCEL_ROUTINE(struct _IRP *Irp);
typedef VOID SIM_ROUTINE(PVOID Context);

/* What an interrupt spin lock needs. Made by NtSimInterruptCreate. */
typedef struct _KINTERRUPT {
  KSPIN_LOCK SpinLock;
  PKSPIN_LOCK ActualLock; /* SpinLock, or one that several objects share */
  PKSERVICE_ROUTINE ServiceRoutine;
  PVOID ServiceContext;
  KIRQL SynchronizeIrql;
  BOOLEAN PassiveLevel; /* its routine runs at PASSIVE_LEVEL */
} KINTERRUPT, *PKINTERRUPT;

typedef struct _KDPC {
  LIST_ENTRY DpcListEntry;
  PKDEFERRED_ROUTINE DeferredRoutine;
  PVOID DeferredContext, SystemArgument1, SystemArgument2;
  BOOLEAN Queued, Threaded;
} KDPC, *PKDPC;

/* A request, as its Cancel routine needs it. */
typedef struct _IRP {
  KIRQL CancelIrql;
  PVOID Context;
} IRP, *PIRP;

#endif
