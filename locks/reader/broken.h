/* Not a lock: readers walk in on a writer. It is known to the tests only, which
 * must find it out. */
#ifndef LOCKS_READER_BROKEN_H
#define LOCKS_READER_BROKEN_H

#include "locks/reader/nt.h"

#define reader_broken_acquire_exclusive reader_nt_acquire_exclusive
#define reader_broken_release_exclusive reader_nt_release_exclusive

LOCK_INLINE void reader_broken_acquire_shared(EX_SPIN_LOCK *lock) {
  (void)lock;
}

LOCK_INLINE void reader_broken_release_shared(EX_SPIN_LOCK *lock) {
  (void)lock;
}

LOCK_INLINE bool reader_broken_try_convert(EX_SPIN_LOCK *lock) {
  reader_nt_acquire_exclusive(lock);
  return true;
}

#define reader_broken_convert_draining reader_broken_try_convert

#define READER_BROKEN_TRAITS READER_NT_TRAITS
#define READER_BROKEN_PROPERTIES READER_NT_PROPERTIES

#endif
