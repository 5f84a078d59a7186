/* The waiting array that all TWA locks of the process share: a waiter that is
 * not next parks on the slot of its lock and number, so that a grant disturbs
 * two waiters and not all of them. Two waiters on one slot disturb each other
 * for nothing, and no more. */
#ifndef LOCKS_SLOTS_H
#define LOCKS_SLOTS_H

#include <stdatomic.h>
#include <stdint.h>

#include "locks/contract.h"
#include "locks/nt/types.h"

enum { LOCK_SLOTS = 4096 };

extern _Atomic uint32_t lock_slots[LOCK_SLOTS];

/* The slot of number `ticket` of a lock. Numbers in a row lie 127 slots apart:
 * on lines of their own. */
LOCK_INLINE _Atomic uint32_t *lock_slot(const KSPIN_LOCK *lock,
                                        uint32_t ticket) {
  uint32_t place = (uint32_t)((uintptr_t)lock >> 3) + ticket * 127;
  return &lock_slots[place % LOCK_SLOTS];
}

#endif
