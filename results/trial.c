/* The table of a trial's fields and what can be said of one trial alone. */
#include "results/trial.h"

#include <math.h>
#include <string.h>

const struct results_field results_trial_fields[] = {
#define RESULTS_FIELD(group, kind, name, unit, meaning)                        \
  {#name,          unit,                                                       \
   meaning,        offsetof(struct results_trial, name),                       \
   RESULTS_##kind, RESULTS_##group},
#include "results/trial.def"
#undef RESULTS_FIELD
    {0},
};

const struct results_field *results_field_find(const char *name) {
  const struct results_field *field = results_trial_fields;
  while (field->name && strcmp(field->name, name) != 0)
    field++;
  return field->name ? field : NULL;
}

const char *results_group_name(enum results_group group) {
  static const char *const names[] = {
      [RESULTS_IDENTITY] = "identity",
      [RESULTS_AXIS] = "axis",
      [RESULTS_DERIVED] = "derived",
      [RESULTS_BOOKKEEPING] = "bookkeeping",
      [RESULTS_METRIC] = "metric",
      [RESULTS_PROBE] = "probe",
      [RESULTS_DISTURBANCE] = "disturbance",
      [RESULTS_OUTCOME] = "outcome",
  };
  return names[group];
}

static const void *member(const struct results_trial *trial,
                          const struct results_field *field) {
  return (const char *)trial + field->offset;
}

const char *results_text(const struct results_trial *trial,
                         const struct results_field *field) {
  const char *value;
  memcpy(&value, member(trial, field), sizeof value);
  return value;
}

int64_t results_int(const struct results_trial *trial,
                    const struct results_field *field) {
  int64_t value;
  memcpy(&value, member(trial, field), sizeof value);
  return value;
}

double results_real(const struct results_trial *trial,
                    const struct results_field *field) {
  double value;
  memcpy(&value, member(trial, field), sizeof value);
  return value;
}

#define EMPTY_TEXT ""
#define EMPTY_INT 0
#define EMPTY_REAL ((double)NAN)

void results_trial_clear(struct results_trial *trial) {
  *trial = (struct results_trial){
#define RESULTS_FIELD(group, kind, name, unit, meaning) .name = EMPTY_##kind,
#include "results/trial.def"
#undef RESULTS_FIELD
  };
  trial->verdict = results_verdicts[0].name;
}

bool results_text_is_plain(const char *text) {
  if (!text)
    return false;
  for (; *text; text++)
    if (*text < ' ' || *text > '~' || *text == ',' || *text == '"')
      return false;
  return true;
}

static bool field_is_sound(const struct results_trial *trial,
                           const struct results_field *field) {
  switch (field->kind) {
  case RESULTS_TEXT:
    return results_text_is_plain(results_text(trial, field));
  case RESULTS_INT:
    return results_int(trial, field) >= 0;
  case RESULTS_REAL:
    return !isinf(results_real(trial, field));
  }
  return false;
}

const struct results_field *
results_trial_check(const struct results_trial *trial) {
  for (const struct results_field *field = results_trial_fields; field->name;
       field++)
    if (!field_is_sound(trial, field))
      return field;
  if (!*trial->workload)
    return results_field_find("workload");
  if (!*trial->family)
    return results_field_find("family");
  if (!*trial->lock)
    return results_field_find("lock");
  if (!results_verdict_find(trial->verdict))
    return results_field_find("verdict");
  return NULL;
}
