/* A numbered behaviour of the NT spin-lock API (nt-api.md 3) as a test: a row
 * that names it, and a check that returns null or what was expected.
 *
 * The rows stand in tables, one a subject. Each table is compiled for every
 * implementation it concerns, bound at compile time, and once over libkspin. */
#ifndef LOCKS_TEST_NT_BEHAVIOUR_H
#define LOCKS_TEST_NT_BEHAVIOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "locks/contract.h"
#include "locks/test/waiting.h"

/* Stands in for the dispatch interrupt that a processor takes when its IRQL
 * falls: called by KeLowerIrql and the restoring releases (bound only). */
void nt_lowering(void);
extern _Thread_local void (*nt_on_lowering)(void);
#define KSPIN_LOWERING(level) nt_lowering()

#include <ntifs.h>

/* In a program that holds several runs, each run's tables have its name. */
#define NT_PASTE_(a, b) a##_##b
#define NT_PASTE(a, b) NT_PASTE_(a, b)
#define NT_NAMED(name) NT_PASTE(name, NT_RUN)

/* Whose claims decide whether a behaviour applies. */
enum nt_subject { NT_NEITHER, NT_EXECUTIVE, NT_QUEUED, NT_READER, NT_BOTH };

/* What a behaviour needs besides the traits of the implementation. */
#define NT_SEES_WAITING                                                        \
  (1u << 30)                     /* AWAIT_HOOK, KSPIN_LOWERING: bound only     \
                                  */
#define NT_ANY_THREAD (1u << 31) /* may be released by another thread */

/* A misuse, by its row of nt-api.md 4.3: reported by checked mode. */
#define NT_MISUSE(row) ((unsigned)(row) << 16)
#define NT_MISUSE_OF(needs) ((needs) >> 16 & 0x3Fu)

struct nt_behaviour {
  unsigned number;    /* in nt-api.md 3 */
  const char *label;  /* DOC, SAL, OBS or DES (nt-api.md 0.1), or derived */
  const char *source; /* tag of nt-api.md 0.2, or section of nt-api.md */
  enum nt_subject subject;
  unsigned needs;             /* LOCK_ traits and NT_ needs */
  const char *says;           /* what has to be so */
  const char *(*check)(void); /* null: cannot be shown, `says` has why */
};

struct nt_table {
  const struct nt_behaviour *rows;
  size_t count;
};

#define NT_TABLE(rows)                                                         \
  { rows, sizeof(rows) / sizeof *(rows) }

/* The subjects. */
#define NT_SUBJECT(name) extern const struct nt_table NT_NAMED(name)
NT_SUBJECT(nt_types);
NT_SUBJECT(nt_irql);
NT_SUBJECT(nt_reader);
NT_SUBJECT(nt_reader_team);
NT_SUBJECT(nt_numbered);
NT_SUBJECT(nt_hidden);
NT_SUBJECT(nt_ordinary);
NT_SUBJECT(nt_ordinary_team);
NT_SUBJECT(nt_dpc);
NT_SUBJECT(nt_try);
NT_SUBJECT(nt_threaded);
NT_SUBJECT(nt_interrupt);
NT_SUBJECT(nt_interlocked);
NT_SUBJECT(nt_queued);
NT_SUBJECT(nt_queued_team);
NT_SUBJECT(nt_queued_threaded);
NT_SUBJECT(nt_deferred);
NT_SUBJECT(nt_misuse_levels);
NT_SUBJECT(nt_misuse_ordinary);
NT_SUBJECT(nt_misuse_dpc);
NT_SUBJECT(nt_misuse_life);
NT_SUBJECT(nt_misuse_queued);
NT_SUBJECT(nt_misuse_reader);
NT_SUBJECT(nt_misuse_rest);

#define NT_LINE_(line) #line
#define NT_LINE(line) NT_LINE_(line)

/* Leaves the check with a message unless the condition holds. */
#define NT_EXPECT(condition)                                                   \
  do {                                                                         \
    if (!(condition))                                                          \
      return __FILE__ ":" NT_LINE(__LINE__) ": " #condition;                   \
  } while (0)

/* Runs `run` in a child, which calls nt_announce() before it does what never
 * returns, and is killed in the end.
 * @return whether it announced itself and did not come back */
bool nt_waits_for_ever(void (*run)(void));
void nt_announce(void);

#endif
