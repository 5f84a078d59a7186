/* A trial: one execution of one cell, with everything known about it.
 *
 * The fields are those of trial.def; this file makes the structure and a table
 * of them, so that reading, writing and documentation cannot drift apart.
 *
 * Strings are borrowed: whoever fills a trial keeps them alive while it is
 * used; the trials of a `struct results_run` borrow from that run. */
#ifndef RESULTS_TRIAL_H
#define RESULTS_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Version of the files of a run; the key `schema` of run.json. */
#define RESULTS_SCHEMA 1

#define RESULTS_TYPE_TEXT const char *
#define RESULTS_TYPE_INT int64_t
#define RESULTS_TYPE_REAL double

struct results_trial {
#define RESULTS_FIELD(group, kind, name, unit, meaning)                        \
  RESULTS_TYPE_##kind name;
#include "results/trial.def"
#undef RESULTS_FIELD
};

enum results_kind { RESULTS_TEXT, RESULTS_INT, RESULTS_REAL };

enum results_group {
  RESULTS_IDENTITY,    /* together with the next: the cell */
  RESULTS_AXIS,        /* part of it, too; may be missing from a line */
  RESULTS_DERIVED,     /* made when a run is read; in no line */
  RESULTS_BOOKKEEPING, /* when, and how much of it */
  RESULTS_METRIC,      /* what was measured: one summary row each */
  RESULTS_PROBE,       /* the raw line transfer beside it */
  RESULTS_DISTURBANCE, /* what came between */
  RESULTS_OUTCOME,     /* whether the figures may be believed */
};

struct results_field {
  const char *name;    /* of the member, the JSON key and the CSV column */
  const char *unit;    /* "ns", "1/s", "ratio", "count", "" */
  const char *meaning; /* one sentence */
  size_t offset;       /* of the member in struct results_trial */
  enum results_kind kind;
  enum results_group group;
};

/* Every field, in the order of trial.def; ended by a null name. */
extern const struct results_field results_trial_fields[];

/* Finds a field by its name.
 * @return NULL when there is none */
const struct results_field *results_field_find(const char *name);

/* The name of a group as documentation prints it. */
const char *results_group_name(enum results_group group);

/* Reads a field of a trial through the table.
 * @param field  of the kind that the function is named after */
const char *results_text(const struct results_trial *trial,
                         const struct results_field *field);
int64_t results_int(const struct results_trial *trial,
                    const struct results_field *field);
double results_real(const struct results_trial *trial,
                    const struct results_field *field);

/* One answer to "may these figures be believed?". */
struct results_verdict {
  const char *name;
  const char *meaning;
  const char *remedy; /* what to do so that it does not happen again */
  bool summarised;    /* may stand in a summary where clean trials are few */
};

/* All verdicts: a closed list, ended by a null name. The first is "clean"; the
 * others stand worst first: where several apply, the first of them is given. */
extern const struct results_verdict results_verdicts[];

/* Finds a verdict by its name.
 * @return NULL when there is none */
const struct results_verdict *results_verdict_find(const char *name);

/* Says whether the trial belongs into a headline: its verdict is "clean". */
bool results_trial_is_clean(const struct results_trial *trial);

/* Says whether a name fits every file unquoted: printable ASCII without comma
 * and double quote; NULL does not. */
bool results_text_is_plain(const char *text);

/* Empties a trial: texts are "", integers 0, reals NAN (not measured), the
 * verdict "clean". */
void results_trial_clear(struct results_trial *trial);

/* Checks what no file could hold or no reader could read back: a null text,
 * anything but printable ASCII or a comma or double quote in one, a negative
 * integer, an infinite real, an empty workload, family or lock, an unknown
 * verdict.
 * @return NULL when all is well, else the first field that is wrong */
const struct results_field *
results_trial_check(const struct results_trial *trial);

#endif
