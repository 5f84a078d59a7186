/* Misuse as tests: what is reported is recorded, and the program goes on. */
#ifndef LOCKS_TEST_NT_MISUSE_H
#define LOCKS_TEST_NT_MISUSE_H

#include "locks/nt/kspin.h"
#include "locks/test/nt/behaviour.h"

/* Records from now on; forgets what was recorded. */
void nt_record(void);

/* Takes the oldest report that is not taken yet. @return whether there is one
 */
bool nt_take(struct kspin_bug_check *out);

/* Takes it. @return whether it has this code and these parameters */
bool nt_reported(uint32_t code, uintptr_t a, uintptr_t b, uintptr_t c,
                 uintptr_t d);

/* The same, the parameters from `c` on being whatever they are. */
bool nt_reported_some(uint32_t code, uintptr_t a, uintptr_t b);

/* Takes a report of 0xC4 whose second parameter is the rule's text. */
bool nt_reported_rule(uintptr_t first, const char *rule, uintptr_t c,
                      uintptr_t d);

/* @return whether all reports were taken */
bool nt_silent(void);

/* Runs `run(argument)` on another thread, to its end. */
void nt_elsewhere(void (*run)(void *argument), void *argument);

/* A new lock; ends the use of the old one. */
void nt_fresh(PKSPIN_LOCK lock);

#define NT_AT(pointer) ((uintptr_t)(pointer))

/* Ends a check: nothing else was reported, and the level is back. */
#define NT_END(lock)                                                           \
  do {                                                                         \
    NtLockStorageFreed((PVOID)(uintptr_t) & (lock), sizeof(lock));             \
    NT_EXPECT(nt_silent());                                                    \
    NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);                            \
    return NULL;                                                               \
  } while (0)

#endif
