/* The fields of trial.def as keys of a JSON object. */
#include "results/line.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A field's value as JSON; NULL when it was not measured. */
static json_t *value_of(const struct results_trial *trial,
                        const struct results_field *field) {
  switch (field->kind) {
  case RESULTS_TEXT:
    return json_string(results_text(trial, field));
  case RESULTS_INT:
    return json_integer(results_int(trial, field));
  case RESULTS_REAL:
    return json_real(results_real(trial, field));
  }
  return NULL;
}

static int put_fields(json_t *object, const struct results_trial *trial) {
  for (const struct results_field *field = results_trial_fields; field->name;
       field++) {
    if (field->group == RESULTS_DERIVED ||
        (field->kind == RESULTS_REAL && isnan(results_real(trial, field))))
      continue;
    if (json_object_set_new(object, field->name, value_of(trial, field)))
      return -ENOMEM;
  }
  return 0;
}

static int put_histogram(json_t *object,
                         const struct results_histogram *acquire) {
  struct results_bucket buckets[RESULTS_HISTOGRAM_BUCKETS];
  const size_t used = results_histogram_sparse(acquire, buckets);
  json_t *array = json_array();
  for (size_t i = 0; i < used; i++)
    if (json_array_append_new(array,
                              json_pack("[I, I]", (json_int_t)buckets[i].index,
                                        (json_int_t)buckets[i].count))) {
      json_decref(array);
      return -ENOMEM;
    }
  return json_object_set_new(object, RESULTS_ACQUIRE_KEY, array) ? -ENOMEM : 0;
}

int results_line_write(const struct results_trial *trial,
                       const struct results_histogram *acquire, char **out) {
  if (results_trial_check(trial))
    return -EINVAL;
  json_t *object = json_object();
  char *text = NULL;
  if (object && !put_fields(object, trial) &&
      (!acquire || !put_histogram(object, acquire)))
    text = json_dumps(object, JSON_COMPACT);
  json_decref(object);
  if (!text)
    return -ENOMEM;
  *out = text;
  return 0;
}

static int fault(struct results_error *error, const char *field,
                 const char *message) {
  snprintf(error->field, sizeof error->field, "%s", field);
  snprintf(error->message, sizeof error->message, "%s", message);
  return -EBADMSG;
}

static const char *const wanted[] = {
    [RESULTS_TEXT] = "should be a string",
    [RESULTS_INT] = "should be an integer",
    [RESULTS_REAL] = "should be a number",
};

static bool is_of_kind(const json_t *value, enum results_kind kind) {
  switch (kind) {
  case RESULTS_TEXT:
    return json_is_string(value);
  case RESULTS_INT:
    return json_is_integer(value);
  case RESULTS_REAL:
    return json_is_number(value);
  }
  return false;
}

static int take_field(const json_t *object, const struct results_field *field,
                      struct results_arena *arena, struct results_trial *trial,
                      struct results_error *error) {
  if (field->group == RESULTS_DERIVED)
    return 0;
  const json_t *value = json_object_get(object, field->name);
  void *member = (char *)trial + field->offset;
  if (!value)
    return field->kind == RESULTS_REAL || field->group == RESULTS_AXIS
               ? 0
               : fault(error, field->name, "is missing from the trial");
  if (!is_of_kind(value, field->kind))
    return fault(error, field->name, wanted[field->kind]);
  if (field->kind == RESULTS_TEXT) {
    const char *text = results_arena_text(arena, json_string_value(value));
    memcpy(member, &text, sizeof text);
    return text ? 0 : -ENOMEM;
  }
  if (field->kind == RESULTS_INT) {
    const int64_t integer = json_integer_value(value);
    memcpy(member, &integer, sizeof integer);
    return 0;
  }
  const double real = json_number_value(value);
  memcpy(member, &real, sizeof real);
  return 0;
}

static bool take_bucket(const json_t *pair, struct results_bucket *out) {
  const json_t *index = json_array_get(pair, 0);
  const json_t *count = json_array_get(pair, 1);
  if (json_array_size(pair) != 2 || !json_is_integer(index) ||
      !json_is_integer(count))
    return false;
  const json_int_t i = json_integer_value(index), n = json_integer_value(count);
  if (i < 0 || i >= RESULTS_HISTOGRAM_BUCKETS || n < 1 || n > UINT32_MAX)
    return false;
  *out = (struct results_bucket){(uint32_t)i, (uint32_t)n};
  return true;
}

static int take_histogram(const json_t *object, struct results_arena *arena,
                          struct results_sparse *acquire,
                          struct results_error *error) {
  const json_t *array = json_object_get(object, RESULTS_ACQUIRE_KEY);
  if (!array)
    return 0;
  if (!json_is_array(array))
    return fault(error, RESULTS_ACQUIRE_KEY, "should be an array of pairs");
  const size_t count = json_array_size(array);
  struct results_bucket *buckets =
      results_arena_take(arena, count * sizeof *buckets);
  if (!buckets)
    return -ENOMEM;
  for (size_t i = 0; i < count; i++)
    if (!take_bucket(json_array_get(array, i), &buckets[i]) ||
        (i > 0 && buckets[i].index <= buckets[i - 1].index))
      return fault(error, RESULTS_ACQUIRE_KEY,
                   "should be pairs [index, count], indices ascending");
  *acquire = (struct results_sparse){buckets, count};
  return 0;
}

static int take_trial(const json_t *object, struct results_arena *arena,
                      struct results_trial *trial,
                      struct results_sparse *acquire,
                      struct results_error *error) {
  int failed = 0;
  results_trial_clear(trial);
  *acquire = (struct results_sparse){0};
  for (const struct results_field *field = results_trial_fields;
       field->name && !failed; field++)
    failed = take_field(object, field, arena, trial, error);
  if (failed)
    return failed;
  const struct results_field *unsound = results_trial_check(trial);
  if (unsound)
    return fault(error, unsound->name, "has a value that no trial can have");
  return take_histogram(object, arena, acquire, error);
}

int results_line_read(const char *line, size_t length,
                      struct results_arena *arena, struct results_trial *trial,
                      struct results_sparse *acquire,
                      struct results_error *error) {
  json_error_t where;
  json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, &where);
  if (!object)
    return fault(error, "", where.text);
  const int failed = json_is_object(object)
                         ? take_trial(object, arena, trial, acquire, error)
                         : fault(error, "", "should be an object, one trial");
  json_decref(object);
  return failed;
}
