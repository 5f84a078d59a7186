/* The shared parts of the tests. */
#include "results/test/test.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

int test_folder_make(void **state) {
  const char *base = getenv("TMPDIR");
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/kspin-results-XXXXXX", base ? base : "/tmp");
  *state = mkdtemp(path) ? strdup(path) : NULL;
  return *state ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *walk) {
  (void)status, (void)type, (void)walk;
  return remove(path);
}

int test_folder_remove(void **state) {
  const int error = nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  free(*state);
  return error;
}

static FILE *open_in(const char *folder, const char *name, const char *mode) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(*name == '/' ? name : path, mode);
  if (!file)
    fail_msg("cannot open %s: %s", path, strerror(errno));
  return file;
}

void test_file_write(const char *folder, const char *name, const char *text) {
  FILE *file = open_in(folder, name, "w");
  assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

char *test_file_read(const char *folder, const char *name) {
  FILE *file = open_in(folder, name, "r");
  char *text = NULL;
  size_t room = 0;
  const ssize_t length = getdelim(&text, &room, '\0', file);
  fclose(file);
  if (length < 0) {
    free(text);
    text = strdup("");
  }
  return text;
}

struct results_trial test_trial(int64_t sequence) {
  struct results_trial trial;
  results_trial_clear(&trial);
  for (const struct results_field *field = results_trial_fields; field->name;
       field++) {
    char *member = (char *)&trial + field->offset;
    const int64_t integer = sequence + (int64_t)field->offset;
    const double real = 0.1 * (double)integer;
    if (field->kind == RESULTS_TEXT)
      memcpy(member, &field->name, sizeof field->name);
    else if (field->kind == RESULTS_INT)
      memcpy(member, &integer, sizeof integer);
    else
      memcpy(member, &real, sizeof real);
  }
  trial.sequence = sequence;
  trial.link_main = 1;
  trial.verdict = "clean";
  return trial;
}

static bool field_equal(const struct results_trial *a,
                        const struct results_trial *b,
                        const struct results_field *field) {
  if (field->group == RESULTS_DERIVED) /* never stored */
    return true;
  if (field->kind == RESULTS_TEXT)
    return strcmp(results_text(a, field), results_text(b, field)) == 0;
  if (field->kind == RESULTS_INT)
    return results_int(a, field) == results_int(b, field);
  const double x = results_real(a, field), y = results_real(b, field);
  return memcmp(&x, &y, sizeof x) == 0 || (isnan(x) && isnan(y));
}

const struct results_field *test_trials_differ(const struct results_trial *a,
                                               const struct results_trial *b) {
  const struct results_field *field = results_trial_fields;
  while (field->name && field_equal(a, b, field))
    field++;
  return field->name ? field : NULL;
}

void test_trials_equal(const struct results_trial *a,
                       const struct results_trial *b) {
  const struct results_field *field = test_trials_differ(a, b);
  if (field)
    fail_msg("field %s differs", field->name);
}

bool test_close(double a, double b, double tolerance) {
  return fabs(a - b) <= tolerance;
}
