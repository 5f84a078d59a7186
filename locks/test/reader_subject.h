/* The reader/writer lock under test behind one set of names, ours or a peer.
 * Compiled once per lock of the lists; the includer defines SUBJECT=<name> and
 * SUBJECT_FAMILY, which is reader or peer, and may define SUBJECT_HEADER. */
#ifndef LOCKS_TEST_READER_SUBJECT_H
#define LOCKS_TEST_READER_SUBJECT_H

#include <stdbool.h>

#include "locks/contract.h"
#include "locks/nt/types.h"
#include "locks/test/subject_names.h"

#define subject_acquire_exclusive SUBJECT_VERB(acquire_exclusive)
#define subject_release_exclusive SUBJECT_VERB(release_exclusive)
#define subject_acquire_shared SUBJECT_VERB(acquire_shared)
#define subject_release_shared SUBJECT_VERB(release_shared)

#if SUBJECT_IS == SUBJECT_reader

#define subject_try_convert SUBJECT_VERB(try_convert)
#define subject_convert_draining SUBJECT_VERB(convert_draining)
typedef EX_SPIN_LOCK subject_lock;

static inline void subject_init(subject_lock *lock) {
  *lock = 0;
}

#else

#define subject_init SUBJECT_VERB(init)
typedef SUBJECT_VERB(lock) subject_lock;

/* Peers convert nobody: none succeeds, and who insists comes in again. */
static inline bool subject_try_convert(subject_lock *lock) {
  (void)lock;
  return false;
}

static inline bool subject_convert_draining(subject_lock *lock) {
  subject_release_shared(lock);
  subject_acquire_exclusive(lock);
  return true;
}

#endif
#endif
