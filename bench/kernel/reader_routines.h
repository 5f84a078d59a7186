/* One face for what a kernel of readers and writers can be compiled for.
 *
 * The includer defines KERNEL_LOCK, which names the lock, and one of
 * KERNEL_READER_DPC, KERNEL_READER_RAISE and KERNEL_PEER_NATIVE, the last one
 * with KERNEL_HEADER. Provides
 *   kernel_lock, kernel_level, kernel_init, KERNEL_FAMILY,
 *   KERNEL_ACQUIRE_NAME, KERNEL_RELEASE_NAME (those of the shared pair),
 *   acquire_shared, release_shared, acquire_exclusive, release_exclusive,
 *     which are given where to keep the level that the thread came from,
 *   kernel_enter and kernel_leave, outside of every measured loop. */
#ifndef BENCH_READER_ROUTINES_H
#define BENCH_READER_ROUTINES_H

#if defined(KERNEL_PEER_NATIVE)

#include KERNEL_HEADER

#define KERNEL_PASTE_(a, b, c) a##b##c
#define KERNEL_PASTE(a, b, c) KERNEL_PASTE_(a, b, c)
#define KERNEL_PEER(verb) KERNEL_PASTE(peer_, KERNEL_LOCK, _##verb)

typedef KERNEL_PEER(lock) kernel_lock;
typedef char kernel_level;

#define KERNEL_FAMILY peer
#define KERNEL_ACQUIRE_NAME "acquire_shared"
#define KERNEL_RELEASE_NAME "release_shared"
#define kernel_init(lock) KERNEL_PEER(init)(lock)
#define kernel_enter() 0
#define kernel_leave(level) ((void)(level))
#define acquire_shared(lock, old)                                              \
  ((void)(old), KERNEL_PEER(acquire_shared)(lock))
#define release_shared(lock, old)                                              \
  ((void)(old), KERNEL_PEER(release_shared)(lock))
#define acquire_exclusive(lock, old)                                           \
  ((void)(old), KERNEL_PEER(acquire_exclusive)(lock))
#define release_exclusive(lock, old)                                           \
  ((void)(old), KERNEL_PEER(release_exclusive)(lock))

#else

#include <wdm.h>

typedef EX_SPIN_LOCK kernel_lock;
typedef KIRQL kernel_level;

#define KERNEL_FAMILY reader
#define kernel_init(lock) (*(lock) = 0)
#define kernel_leave(level) KeLowerIrql(level)

#if defined(KERNEL_READER_DPC)

#define KERNEL_ACQUIRE_NAME "ExAcquireSpinLockSharedAtDpcLevel"
#define KERNEL_RELEASE_NAME "ExReleaseSpinLockSharedFromDpcLevel"
#define kernel_enter() KeRaiseIrqlToDpcLevel()
#define acquire_shared(lock, old)                                              \
  ((void)(old), ExAcquireSpinLockSharedAtDpcLevel(lock))
#define release_shared(lock, old)                                              \
  ((void)(old), ExReleaseSpinLockSharedFromDpcLevel(lock))
#define acquire_exclusive(lock, old)                                           \
  ((void)(old), ExAcquireSpinLockExclusiveAtDpcLevel(lock))
#define release_exclusive(lock, old)                                           \
  ((void)(old), ExReleaseSpinLockExclusiveFromDpcLevel(lock))

#elif defined(KERNEL_READER_RAISE)

#define KERNEL_ACQUIRE_NAME "ExAcquireSpinLockShared"
#define KERNEL_RELEASE_NAME "ExReleaseSpinLockShared"
#define kernel_enter() KeGetCurrentIrql()
#define acquire_shared(lock, old) (*(old) = ExAcquireSpinLockShared(lock))
#define release_shared(lock, old) ExReleaseSpinLockShared(lock, *(old))
#define acquire_exclusive(lock, old) (*(old) = ExAcquireSpinLockExclusive(lock))
#define release_exclusive(lock, old) ExReleaseSpinLockExclusive(lock, *(old))

#else
#error "no routines chosen"
#endif
#endif
#endif
