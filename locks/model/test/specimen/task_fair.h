/* For the tests of the checker: a queue of tickets in which readers wait like
 * everybody else, and which claims phases. */
#ifndef LOCKS_MODEL_TEST_SPECIMEN_TASK_FAIR_H
#define LOCKS_MODEL_TEST_SPECIMEN_TASK_FAIR_H

#include "locks/reader/nt.h"

LOCK_INLINE void reader_task_fair_acquire_exclusive(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_nt_word(lock);
  uint32_t seen =
      atomic_fetch_add_explicit(word, 1u << 16, memory_order_acquire);
  uint32_t ticket = seen >> 16;
  while ((seen & 0xffff) != ticket)
    seen = await_not_equal_32(word, seen, memory_order_acquire);
}

LOCK_INLINE void reader_task_fair_release_exclusive(EX_SPIN_LOCK *lock) {
  atomic_fetch_add_explicit(reader_nt_word(lock), 1, memory_order_release);
}

LOCK_INLINE void reader_task_fair_acquire_shared(EX_SPIN_LOCK *lock) {
  reader_task_fair_acquire_exclusive(lock);
}

LOCK_INLINE void reader_task_fair_release_shared(EX_SPIN_LOCK *lock) {
  reader_task_fair_release_exclusive(lock);
}

LOCK_INLINE bool reader_task_fair_try_convert(EX_SPIN_LOCK *lock) {
  (void)lock;
  return true;
}

LOCK_INLINE bool reader_task_fair_convert_draining(EX_SPIN_LOCK *lock) {
  (void)lock;
  return true;
}

#define READER_TASK_FAIR_TRAITS (LOCK_EXCLUSIVE | LOCK_PHASE_FAIR)
#define READER_TASK_FAIR_PROPERTIES READER_NT_PROPERTIES

#endif
