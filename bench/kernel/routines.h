/* One face for the routine pairs that a kernel can be compiled for.
 *
 * The includer defines one of KERNEL_EXECUTIVE_DPC, KERNEL_EXECUTIVE_RAISE,
 * KERNEL_QUEUED_DPC, KERNEL_QUEUED_RAISE and KERNEL_PEER_NATIVE, and
 * KERNEL_LOCK, which names the lock. Provides
 *   kernel_lock, kernel_handle, kernel_acquire, kernel_release,
 *   kernel_init, KERNEL_ACQUIRE_NAME, KERNEL_RELEASE_NAME,
 *   kernel_enter and kernel_leave, which put a thread at the IRQL that the
 *   routines ask of their caller, outside of every measured loop. */
#ifndef BENCH_ROUTINES_H
#define BENCH_ROUTINES_H

#include "bench/clock.h"

#define KERNEL_PASTE_(a, b, c) a##b##c
#define KERNEL_PASTE(a, b, c) KERNEL_PASTE_(a, b, c)

#if defined(KERNEL_PEER_NATIVE)

#define KERNEL_STRING_(x) #x
#define KERNEL_STRING(x) KERNEL_STRING_(x)
#define KERNEL_PEER(verb) KERNEL_PASTE(peer_, KERNEL_LOCK, _##verb)
#include KERNEL_HEADER

typedef KERNEL_PEER(lock) kernel_lock;
typedef char kernel_level;
struct kernel_handle {
  char none;
};
#define KERNEL_ACQUIRE_NAME "acquire"
#define KERNEL_RELEASE_NAME "release"

BENCH_INLINE void kernel_init(kernel_lock *lock) {
  KERNEL_PEER(init)(lock);
}

BENCH_INLINE kernel_level kernel_enter(void) {
  return 0;
}

BENCH_INLINE void kernel_leave(kernel_level level) {
  (void)level;
}

BENCH_INLINE void kernel_acquire(kernel_lock *lock, struct kernel_handle *h) {
  (void)h;
  KERNEL_PEER(acquire)(lock);
}

BENCH_INLINE void kernel_release(kernel_lock *lock, struct kernel_handle *h) {
  (void)h;
  KERNEL_PEER(release)(lock);
}

#else

#include <wdm.h>

typedef KSPIN_LOCK kernel_lock;
typedef KIRQL kernel_level;

BENCH_INLINE void kernel_init(kernel_lock *lock) {
  KeInitializeSpinLock(lock);
}

#if defined(KERNEL_EXECUTIVE_DPC) || defined(KERNEL_QUEUED_DPC)
BENCH_INLINE kernel_level kernel_enter(void) {
  return KeRaiseIrqlToDpcLevel();
}
#else
BENCH_INLINE kernel_level kernel_enter(void) {
  return KeGetCurrentIrql();
}
#endif

BENCH_INLINE void kernel_leave(kernel_level level) {
  KeLowerIrql(level);
}

#if defined(KERNEL_EXECUTIVE_DPC)
struct kernel_handle {
  char none;
};
#define KERNEL_ACQUIRE_NAME "KeAcquireSpinLockAtDpcLevel"
#define KERNEL_RELEASE_NAME "KeReleaseSpinLockFromDpcLevel"

BENCH_INLINE void kernel_acquire(kernel_lock *lock, struct kernel_handle *h) {
  (void)h;
  KeAcquireSpinLockAtDpcLevel(lock);
}

BENCH_INLINE void kernel_release(kernel_lock *lock, struct kernel_handle *h) {
  (void)h;
  KeReleaseSpinLockFromDpcLevel(lock);
}

#elif defined(KERNEL_EXECUTIVE_RAISE)
struct kernel_handle {
  KIRQL old;
};
#define KERNEL_ACQUIRE_NAME "KeAcquireSpinLockRaiseToDpc"
#define KERNEL_RELEASE_NAME "KeReleaseSpinLock"

BENCH_INLINE void kernel_acquire(kernel_lock *lock, struct kernel_handle *h) {
  h->old = KeAcquireSpinLockRaiseToDpc(lock);
}

BENCH_INLINE void kernel_release(kernel_lock *lock, struct kernel_handle *h) {
  KeReleaseSpinLock(lock, h->old);
}

#elif defined(KERNEL_QUEUED_DPC)
struct kernel_handle {
  KLOCK_QUEUE_HANDLE nt;
};
#define KERNEL_ACQUIRE_NAME "KeAcquireInStackQueuedSpinLockAtDpcLevel"
#define KERNEL_RELEASE_NAME "KeReleaseInStackQueuedSpinLockFromDpcLevel"

BENCH_INLINE void kernel_acquire(kernel_lock *lock, struct kernel_handle *h) {
  KeAcquireInStackQueuedSpinLockAtDpcLevel(lock, &h->nt);
}

BENCH_INLINE void kernel_release(kernel_lock *lock, struct kernel_handle *h) {
  (void)lock;
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&h->nt);
}

#elif defined(KERNEL_QUEUED_RAISE)
struct kernel_handle {
  KLOCK_QUEUE_HANDLE nt;
};
#define KERNEL_ACQUIRE_NAME "KeAcquireInStackQueuedSpinLock"
#define KERNEL_RELEASE_NAME "KeReleaseInStackQueuedSpinLock"

BENCH_INLINE void kernel_acquire(kernel_lock *lock, struct kernel_handle *h) {
  KeAcquireInStackQueuedSpinLock(lock, &h->nt);
}

BENCH_INLINE void kernel_release(kernel_lock *lock, struct kernel_handle *h) {
  (void)lock;
  KeReleaseInStackQueuedSpinLock(&h->nt);
}

#else
#error "no routine pair chosen"
#endif
#endif
#endif
