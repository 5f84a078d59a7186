/* The state of the routines (locks/nt/state.h). */
#include "locks/nt/state.h"

#include "locks/nt/kspin.h"

_Atomic unsigned lock_profile;
KSPIN_LOCK lock_cancel, lock_vpb;
KSPIN_LOCK lock_numbered[LockQueueMaximumLock];
_Thread_local KSPIN_LOCK_QUEUE lock_numbered_node[LockQueueMaximumLock];
_Thread_local bool lock_in_dpc;
_Thread_local bool lock_in_threaded_dpc;

unsigned kspin_set_profile(unsigned bits) {
  /* relaxed: as in lock_profile_has(). */
  return atomic_exchange_explicit(&lock_profile, bits, memory_order_relaxed);
}
