/* For the tests of the checker: the reader/writer lock `nt` with readers that
 * knock beside its word before they wait, to no avail; it claims phases. */
#ifndef LOCKS_MODEL_TEST_SPECIMEN_KNOCKING_H
#define LOCKS_MODEL_TEST_SPECIMEN_KNOCKING_H

#include "locks/reader/nt.h"

LOCK_INLINE void reader_knocking_acquire_shared(EX_SPIN_LOCK *lock) {
  atomic_fetch_add_explicit(reader_nt_word(lock + 1), 1, memory_order_relaxed);
  reader_nt_acquire_shared(lock);
}

#define reader_knocking_acquire_exclusive reader_nt_acquire_exclusive
#define reader_knocking_release_exclusive reader_nt_release_exclusive
#define reader_knocking_release_shared reader_nt_release_shared
#define reader_knocking_try_convert reader_nt_try_convert
#define reader_knocking_convert_draining reader_nt_convert_draining

#define READER_KNOCKING_TRAITS (LOCK_EXCLUSIVE | LOCK_PHASE_FAIR)
#define READER_KNOCKING_PROPERTIES READER_NT_PROPERTIES

#endif
