/* Reading a run: every fault is named with file, line and field; a torn last
 * line, and nothing else, is forgiven. */
#include "results/run.h"
#include "results/store.h"
#include "results/test/test.h"

/* The folder with run.json and `count` trials; the lines to free. */
static char *write_run(const char *folder, int64_t count) {
  struct results_store *store;
  struct results_histogram acquire = {0};
  results_histogram_record(&acquire, 9);
  assert_int_equal(results_store_create(folder, NULL, &store), 0);
  for (int64_t i = 0; i < count; i++) {
    const struct results_trial trial = test_trial(i);
    assert_int_equal(results_store_append(store, &trial, &acquire), 0);
  }
  results_store_close(store);
  test_file_write(folder, "run.json", "{\"schema\": 1}\n");
  return test_file_read(folder, "trials.jsonl");
}

/* `text` with the first `from` after `start` replaced; to free. */
static char *replaced(const char *text, size_t start, const char *from,
                      const char *to) {
  const char *at = strstr(text + start, from);
  char *out = NULL;
  if (!at)
    fail_msg("no %s in the text", from);
  else
    assert_true(asprintf(&out, "%.*s%s%s", (int)(at - text), text, to,
                         at + strlen(from)) > 0);
  return out;
}

/* Reads a run that must fail. */
static struct results_error fault_of(const char *folder, int status) {
  struct results_run *run = NULL;
  struct results_error error;
  assert_int_equal(results_run_read(folder, &run, &error), status);
  assert_null(run);
  return error;
}

/* Every way to spoil the second of three lines, and what must be said. */
static const struct {
  const char *from, *to, *field, *message;
} faults[] = {
    {"\"threads\":", "\"thraeds\":", "threads", "is missing from the trial"},
    {"\"lock\":\"lock\"", "\"lock\":3", "lock", "should be a string"},
    {"\"round\":", "\"round\":0.5,\"x\":", "round", "should be an integer"},
    {"\"gaps\":", "\"gaps\":\"1\",\"x\":", "gaps", "should be an integer"},
    {"\"op_ns\":", "\"op_ns\":null,\"x\":", "op_ns", "should be a number"},
    {"\"gaps\":", "\"gaps\":-1,\"x\":", "gaps",
     "has a value that no trial can have"},
    {"\"clean\"", "\"fine\"", "verdict", "has a value that no trial can have"},
    {"[[9,1]]", "9", "acquire_histogram", "should be an array of pairs"},
    {"[[9,1]]", "[[9,1],[9,1]]", "acquire_histogram",
     "should be pairs [index, count], indices ascending"},
    {"[[9,1]]", "[[1152,1]]", "acquire_histogram",
     "should be pairs [index, count], indices ascending"},
    {"[[9,1]]", "[[9,0]]", "acquire_histogram",
     "should be pairs [index, count], indices ascending"},
    {"[[9,1]]", "[[9]]", "acquire_histogram",
     "should be pairs [index, count], indices ascending"},
    {"\"home\":", "\"level\":", "", "duplicate object key near '\"level\"'"},
    {"\"round\":", "round:", "", "string or '}' expected near 'round'"},
};

static void a_corrupt_line_is_named(void **state) {
  char *whole = write_run(*state, 3);
  const size_t second = strcspn(whole, "\n") + 1;
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    char *text = replaced(whole, second, faults[i].from, faults[i].to);
    test_file_write(*state, "trials.jsonl", text);
    const struct results_error error = fault_of(*state, -EBADMSG);
    assert_non_null(strstr(error.file, "/trials.jsonl"));
    assert_int_equal(error.line, 2);
    assert_string_equal(error.field, faults[i].field);
    assert_string_equal(error.message, faults[i].message);
    free(text);
  }
  free(whole);
}

static void lines_that_are_no_trial_are_named(void **state) {
  const char *const lines[] = {"\n", "[]\n", "7\n", "{}\n", "null\n", "{\n"};
  char *whole = write_run(*state, 1);
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    char *text;
    assert_true(asprintf(&text, "%s%s%s", whole, lines[i], whole) > 0);
    test_file_write(*state, "trials.jsonl", text);
    assert_int_equal(fault_of(*state, -EBADMSG).line, 2);
    free(text);
  }
  free(whole);
}

/* Cut after every byte in turn: the file is readable, every whole line is
 * there, and the torn one is reported. */
static void a_file_cut_anywhere_is_readable(void **state) {
  char *whole = write_run(*state, 2);
  for (size_t length = strlen(whole) + 1; length-- > 0;) {
    struct results_run *run;
    struct results_error error;
    size_t lines = 0;
    whole[length] = '\0';
    for (size_t i = 0; i < length; i++)
      lines += whole[i] == '\n';
    test_file_write(*state, "trials.jsonl", whole);
    assert_int_equal(results_run_read(*state, &run, &error), 0);
    assert_int_equal(run->count, lines);
    assert_int_equal(run->truncated, length > 0 && whole[length - 1] != '\n');
    results_run_close(run);
  }
  free(whole);
}

static void unknown_keys_are_ignored(void **state) {
  char *whole = write_run(*state, 1);
  char *text = replaced(whole, 0, "\"round\":", "\"novelty\":[1],\"round\":");
  const struct results_trial expected = test_trial(0);
  struct results_run *run;
  struct results_error error;
  test_file_write(*state, "trials.jsonl", text);
  assert_int_equal(results_run_read(*state, &run, &error), 0);
  test_trials_equal(&run->trials[0], &expected);
  results_run_close(run);
  free(text);
  free(whole);
}

static void integers_may_stand_for_reals(void **state) {
  char *whole = write_run(*state, 1);
  char *text = replaced(whole, 0, "\"op_ns\":", "\"op_ns\":12,\"x\":");
  struct results_run *run;
  struct results_error error;
  test_file_write(*state, "trials.jsonl", text);
  assert_int_equal(results_run_read(*state, &run, &error), 0);
  assert_true(test_close(run->trials[0].op_ns, 12, 0));
  results_run_close(run);
  free(text);
  free(whole);
}

static void headers_are_checked(void **state) {
  static const struct {
    const char *text, *field;
    int status;
  } headers[] = {{"", "", -EBADMSG},
                 {"{", "", -EBADMSG},
                 {"[]", "", -EBADMSG},
                 {"{}", "schema", -EBADMSG},
                 {"{\"schema\": \"1\"}", "schema", -EBADMSG},
                 {"{\"schema\": 0}", "schema", -EBADMSG},
                 {"{\"schema\": 2}", "schema", -EPROTO}};
  free(write_run(*state, 1));
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
    test_file_write(*state, "run.json", headers[i].text);
    const struct results_error error = fault_of(*state, headers[i].status);
    assert_non_null(strstr(error.file, "/run.json"));
    assert_string_equal(error.field, headers[i].field);
  }
}

static void missing_files_are_named(void **state) {
  char text[512];
  struct results_error error = fault_of(*state, -ENOENT);
  assert_non_null(strstr(error.file, "/run.json"));
  test_file_write(*state, "run.json", "{\"schema\": 1}");
  error = fault_of(*state, -ENOENT);
  results_error_text(&error, text, sizeof text);
  assert_non_null(strstr(text, "/trials.jsonl: No such file or directory"));
}

static void a_fault_is_one_line_of_text(void **state) {
  const struct results_error error = {"f", 7, "gaps", "is odd"};
  char text[64];
  (void)state;
  results_error_text(&error, text, sizeof text);
  assert_string_equal(text, "f:7: gaps: is odd");
}

static void a_long_path_keeps_its_end(void **state) {
  char path[1024];
  struct results_run *run;
  struct results_error error;
  (void)state;
  memset(path, 'x', sizeof path);
  for (size_t i = 0; i < sizeof path; i += 100)
    path[i] = '/';
  path[sizeof path - 1] = '\0';
  assert_int_equal(results_run_read(path, &run, &error), -ENOENT);
  const size_t length = strlen(error.file);
  assert_int_equal(length, sizeof error.file - 1);
  assert_string_equal(error.file + length - 9, "/run.json");
}

#define IN_FOLDER(test)                                                        \
  cmocka_unit_test_setup_teardown(test, test_folder_make, test_folder_remove)

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(a_corrupt_line_is_named),
      IN_FOLDER(lines_that_are_no_trial_are_named),
      IN_FOLDER(a_file_cut_anywhere_is_readable),
      IN_FOLDER(unknown_keys_are_ignored),
      IN_FOLDER(integers_may_stand_for_reals),
      IN_FOLDER(headers_are_checked),
      IN_FOLDER(missing_files_are_named),
      cmocka_unit_test(a_fault_is_one_line_of_text),
      cmocka_unit_test(a_long_path_keeps_its_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
