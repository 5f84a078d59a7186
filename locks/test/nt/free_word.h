/* Is nobody left in a reader/writer lock, whatever its word is then? */
#ifndef LOCKS_TEST_NT_FREE_WORD_H
#define LOCKS_TEST_NT_FREE_WORD_H

#include "locks/test/nt/behaviour.h"

/* A reader that was left behind would keep this one from converting, a writer
 * would keep it for ever. */
static inline bool nt_is_free(EX_SPIN_LOCK *lock) {
  KIRQL old = ExAcquireSpinLockShared(lock);
  LOGICAL alone = ExTryConvertSharedSpinLockExclusive(lock);
  if (alone)
    ExReleaseSpinLockExclusive(lock, old);
  else
    ExReleaseSpinLockShared(lock, old);
  return alone == TRUE;
}

#endif
