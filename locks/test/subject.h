/* The lock under test behind one set of names, whatever its family, so that
 * each test is written once. Compiled once per lock of the lists; the includer
 * defines SUBJECT_FAMILY=<family> SUBJECT=<name> SUBJECT_UPPER=<NAME>. */
#ifndef LOCKS_TEST_SUBJECT_H
#define LOCKS_TEST_SUBJECT_H

#include <stdalign.h>
#include <stdbool.h>

#include "locks/contract.h"
#include "locks/nt/types.h"
#include "locks/test/subject_names.h"

#if SUBJECT_IS == SUBJECT_executive
#define SUBJECT_TRAITS SUBJECT_JOIN(EXECUTIVE_, SUBJECT_UPPER, _, TRAITS)
typedef KSPIN_LOCK subject_lock;
#elif SUBJECT_IS == SUBJECT_queued
#define SUBJECT_TRAITS SUBJECT_JOIN(QUEUED_, SUBJECT_UPPER, _, TRAITS)
typedef KSPIN_LOCK subject_lock;
#else
#define SUBJECT_TRAITS SUBJECT_JOIN(PEER_, SUBJECT_UPPER, _, TRAITS)
typedef SUBJECT_VERB(lock) subject_lock;
#endif

/* What a holder keeps: the handle's node of a queued lock. */
typedef KSPIN_LOCK_QUEUE subject_hold;

static inline bool subject_has(unsigned traits) {
  return (SUBJECT_TRAITS & traits) == traits;
}

static inline void subject_init(subject_lock *lock) {
#if SUBJECT_IS == SUBJECT_peer
  SUBJECT_VERB(init)(lock);
#else
  *lock = 0;
#endif
}

static inline void subject_acquire(subject_lock *lock, subject_hold *hold) {
#if SUBJECT_IS == SUBJECT_queued
  SUBJECT_VERB(acquire)(lock, hold);
#else
  (void)hold;
  SUBJECT_VERB(acquire)(lock);
#endif
}

static inline void subject_release(subject_lock *lock, subject_hold *hold) {
#if SUBJECT_IS == SUBJECT_queued
  (void)lock;
  SUBJECT_VERB(release)(hold);
#else
  (void)hold;
  SUBJECT_VERB(release)(lock);
#endif
}

/* Queued locks and some peers have no try: false, and LOCK_TRY is not among
 * their traits. */
static inline bool subject_try_acquire(subject_lock *lock) {
#if !(SUBJECT_TRAITS & LOCK_TRY)
  (void)lock;
  return false;
#else
  return SUBJECT_VERB(try_acquire)(lock);
#endif
}

/* Peers cannot tell: false, and LOCK_TEST is not among their traits. */
static inline bool subject_is_held(const subject_lock *lock) {
#if SUBJECT_IS == SUBJECT_peer
  (void)lock;
  return false;
#else
  return SUBJECT_VERB(is_held)(lock);
#endif
}

#endif
