/* The reader/writer lock under test behind one set of names, ours or a peer.
 * Compiled once per lock of the lists; the includer defines SUBJECT=<name> and
 * SUBJECT_FAMILY, which is reader or peer, and may define SUBJECT_HEADER. */
#ifndef LOCKS_TEST_READER_SUBJECT_H
#define LOCKS_TEST_READER_SUBJECT_H

#include <stdbool.h>

#include "locks/contract.h"
#include "locks/nt/types.h"
#include "locks/test/waiting.h"

#define SUBJECT_reader 1
#define SUBJECT_peer 2
#define SUBJECT_JOIN_(a, b, c, d) a##b##c##d
#define SUBJECT_JOIN(a, b, c, d) SUBJECT_JOIN_(a, b, c, d)
#define SUBJECT_TEXT_(path) #path
#define SUBJECT_TEXT(path) SUBJECT_TEXT_(path)
#define SUBJECT_IS SUBJECT_JOIN(SUBJECT_, SUBJECT_FAMILY, , )
#define SUBJECT_VERB(verb) SUBJECT_JOIN(SUBJECT_FAMILY_, SUBJECT, _, verb)

/* clang-format off */
#ifdef SUBJECT_HEADER
#include SUBJECT_HEADER
#else
#include SUBJECT_TEXT(locks/SUBJECT_FAMILY/SUBJECT.h)
#endif
/* clang-format on */

#define subject_acquire_exclusive SUBJECT_VERB(acquire_exclusive)
#define subject_release_exclusive SUBJECT_VERB(release_exclusive)
#define subject_acquire_shared SUBJECT_VERB(acquire_shared)
#define subject_release_shared SUBJECT_VERB(release_shared)

#if SUBJECT_IS == SUBJECT_reader

#define SUBJECT_FAMILY_ reader_
#define subject_try_convert SUBJECT_VERB(try_convert)
#define subject_convert_draining SUBJECT_VERB(convert_draining)
typedef EX_SPIN_LOCK subject_lock;

static inline void subject_init(subject_lock *lock) {
  *lock = 0;
}

#else

#define SUBJECT_FAMILY_ peer_
#define subject_init SUBJECT_VERB(init)
typedef SUBJECT_JOIN(peer_, SUBJECT, _, lock) subject_lock;

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
