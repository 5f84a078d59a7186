/* A run: the tables of behaviours for one lock, bound or over a library. */
#ifndef LOCKS_TEST_NT_RUN_H
#define LOCKS_TEST_NT_RUN_H

#include <stdbool.h>
#include <stddef.h>

struct nt_behaviour;
struct nt_table;

struct nt_run {
  const char *name;                        /* executive-tas */
  const char *family, *lock;               /* whom it is about; or api, nt */
  const char *executive, *queued, *reader; /* what is bound or to be chosen */
  const char *mode;                        /* free or checked */
  bool library;                            /* waits cannot be seen */
  const struct nt_table *const *tables;    /* ended by null */
  int (*choose)(const char *executive, const char *queued,
                const char *reader); /* or null */
};

/* Of this program, ended by null. */
extern const struct nt_run *const nt_runs[];

enum nt_result { NT_PASS, NT_FAIL, NT_NOT_APPLICABLE };

/* One behaviour's outcome. @param detail  null, or why */
typedef void nt_listener(const struct nt_run *run,
                         const struct nt_behaviour *row, enum nt_result result,
                         const char *detail, void *context);

/* Runs it in this process. @return how many failed */
unsigned nt_run_here(const struct nt_run *run, nt_listener *listener,
                     void *context);

/* Runs it in a child: whatever it does to itself, there are results.
 * @return how many failed; a negative errno when there is no child */
int nt_run_apart(const struct nt_run *run, nt_listener *listener,
                 void *context);

#endif
