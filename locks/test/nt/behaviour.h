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

/* Whose claims decide whether a behaviour applies. */
enum nt_subject { NT_NEITHER, NT_EXECUTIVE, NT_QUEUED, NT_BOTH };

/* What a behaviour needs besides the traits of the implementation. */
#define NT_SEES_WAITING                                                        \
  (1u << 30)                     /* AWAIT_HOOK, KSPIN_LOWERING: bound only     \
                                  */
#define NT_ANY_THREAD (1u << 31) /* may be released by another thread */

struct nt_behaviour {
  unsigned number;    /* in nt-api.md 3 */
  const char *label;  /* DOC, SAL, OBS or DES (nt-api.md 0.1), or derived */
  const char *source; /* tag of nt-api.md 0.2, or section of nt-api.md */
  enum nt_subject subject;
  unsigned needs;   /* LOCK_ traits and NT_ needs */
  const char *says; /* what has to be so */
  const char *(*check)(void);
};

struct nt_table {
  const struct nt_behaviour *rows;
  size_t count;
};

#define NT_TABLE(rows)                                                         \
  { rows, sizeof(rows) / sizeof *(rows) }

/* The subjects. */
extern const struct nt_table nt_types, nt_irql;             /* neither */
extern const struct nt_table nt_ordinary, nt_ordinary_team; /* executive */
extern const struct nt_table nt_dpc, nt_try;                /* executive */
extern const struct nt_table nt_queued, nt_queued_team;     /* queued */

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
