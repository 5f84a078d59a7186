/* The lock under test behind one set of names, whatever its family, so that
 * each test is written once. Compiled once per lock of the lists; the includer
 * defines SUBJECT_FAMILY=<family> SUBJECT=<name> SUBJECT_UPPER=<NAME>. */
#ifndef LOCKS_TEST_SUBJECT_H
#define LOCKS_TEST_SUBJECT_H

#include <stdalign.h>
#include <stdbool.h>

#include "locks/contract.h"
#include "locks/nt/types.h"
#include "locks/test/waiting.h"

#define SUBJECT_executive 1
#define SUBJECT_queued 2
#define SUBJECT_peer 3
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

#if SUBJECT_IS == SUBJECT_executive
#define SUBJECT_FAMILY_ executive_
#define SUBJECT_TRAITS SUBJECT_JOIN(EXECUTIVE_, SUBJECT_UPPER, _, TRAITS)
typedef KSPIN_LOCK subject_lock;
#elif SUBJECT_IS == SUBJECT_queued
#define SUBJECT_FAMILY_ queued_
#define SUBJECT_TRAITS SUBJECT_JOIN(QUEUED_, SUBJECT_UPPER, _, TRAITS)
typedef KSPIN_LOCK subject_lock;
#else
#define SUBJECT_FAMILY_ peer_
#define SUBJECT_TRAITS SUBJECT_JOIN(PEER_, SUBJECT_UPPER, _, TRAITS)
typedef SUBJECT_JOIN(peer_, SUBJECT, _, lock) subject_lock;
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
