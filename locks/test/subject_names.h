/* The header and the names of the lock under test, for subject.h and
 * reader_subject.h: the includer defines SUBJECT_FAMILY=<family> and
 * SUBJECT=<name>, and perhaps SUBJECT_HEADER. */
#ifndef LOCKS_TEST_SUBJECT_NAMES_H
#define LOCKS_TEST_SUBJECT_NAMES_H

/* Before the lock's own header: its waits are to be seen. */
#include "locks/test/waiting.h"

#define SUBJECT_executive 1
#define SUBJECT_queued 2
#define SUBJECT_reader 3
#define SUBJECT_peer 4
#define SUBJECT_JOIN_(a, b, c, d) a##b##c##d
#define SUBJECT_JOIN(a, b, c, d) SUBJECT_JOIN_(a, b, c, d)
#define SUBJECT_TEXT_(path) #path
#define SUBJECT_TEXT(path) SUBJECT_TEXT_(path)
#define SUBJECT_IS SUBJECT_JOIN(SUBJECT_, SUBJECT_FAMILY, , )
#define SUBJECT_GLUE_(family, lock, verb) family##_##lock##_##verb
#define SUBJECT_GLUE(family, lock, verb) SUBJECT_GLUE_(family, lock, verb)
#define SUBJECT_VERB(verb) SUBJECT_GLUE(SUBJECT_FAMILY, SUBJECT, verb)

/* clang-format off */
#ifdef SUBJECT_HEADER
#include SUBJECT_HEADER
#else
#include SUBJECT_TEXT(locks/SUBJECT_FAMILY/SUBJECT.h)
#endif
/* clang-format on */

#endif
