/* Writing a run: what is written comes back, what may not be is refused, what
 * fails leaves no trace. */
#include "results/store.h"
#include "results/file.h"
#include "results/run.h"
#include "results/test/test.h"

#include <locale.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A store in `folder` with its run.json. */
static struct results_store *begin(const char *folder) {
  struct results_store *store;
  json_t *header = json_pack("{s:i}", "schema", RESULTS_SCHEMA);
  assert_int_equal(results_store_create(folder, NULL, &store), 0);
  assert_int_equal(results_store_write_json(store, "run.json", header), 0);
  json_decref(header);
  return store;
}

static struct results_run *read_run(const char *folder) {
  struct results_run *run = NULL;
  struct results_error error;
  if (results_run_read(folder, &run, &error))
    fail_msg("%s:%zu: %s: %s", error.file, error.line, error.field,
             error.message);
  return run;
}

static void a_trial_comes_back_as_it_was(void **state) {
  struct results_store *store = begin(*state);
  struct results_histogram acquire = {0};
  struct results_trial full = test_trial(1), empty;
  results_trial_clear(&empty);
  empty.workload = "w", empty.family = "f", empty.lock = "l";
  results_histogram_record(&acquire, 40);
  results_histogram_record(&acquire, 40);
  results_histogram_record(&acquire, 123456);
  assert_int_equal(results_store_append(store, &full, &acquire), 0);
  assert_int_equal(results_store_append(store, &empty, NULL), 0);
  assert_int_equal(results_store_close(store), 0);
  struct results_run *run = read_run(*state);
  assert_int_equal(run->count, 2);
  assert_false(run->truncated);
  test_trials_equal(&run->trials[0], &full);
  test_trials_equal(&run->trials[1], &empty);
  assert_int_equal(run->acquire[0].count, 2);
  assert_int_equal(run->acquire[0].buckets[0].index, 40);
  assert_int_equal(run->acquire[0].buckets[0].count, 2);
  assert_int_equal(run->acquire[1].count, 0);
  results_run_close(run);
}

static void a_field_lost_would_be_seen(void **state) {
  struct results_trial a = test_trial(1), b = a;
  (void)state;
  b.op_ns = nextafter(b.op_ns, 0);
  assert_ptr_equal(test_trials_differ(&a, &b), results_field_find("op_ns"));
}

static void a_folder_with_a_run_is_refused(void **state) {
  struct results_store *store = begin(*state), *second = NULL;
  assert_int_equal(results_store_create(*state, NULL, &second), -EEXIST);
  assert_int_equal(results_store_close(store), 0);
  assert_int_equal(results_store_create(*state, NULL, &second), -EEXIST);
  assert_null(second);
}

static void a_trial_alone_makes_a_run_too(void **state) {
  struct results_store *store;
  const struct results_trial trial = test_trial(0);
  assert_int_equal(results_store_create(*state, NULL, &store), 0);
  assert_int_equal(results_store_append(store, &trial, NULL), 0);
  results_store_close(store);
  assert_int_equal(results_store_create(*state, NULL, &store), -EEXIST);
}

static void a_folder_being_written_is_busy(void **state) {
  struct results_store *store, *second;
  assert_int_equal(results_store_create(*state, NULL, &store), 0);
  assert_int_equal(results_store_create(*state, NULL, &second), -EBUSY);
  assert_int_equal(results_store_resume(*state, &second), -EBUSY);
  results_store_close(store);
}

static void folders_are_made_down_to_the_last(void **state) {
  char folder[PATH_MAX];
  struct results_store *store;
  snprintf(folder, sizeof folder, "%s/a/b/c", (char *)*state);
  assert_int_equal(results_store_create(folder, NULL, &store), 0);
  assert_string_equal(results_store_folder(store), folder);
  results_store_close(store);
  test_file_write(*state, "plain", "");
  snprintf(folder, sizeof folder, "%s/plain/run", (char *)*state);
  assert_int_equal(results_store_create(folder, NULL, &store), -ENOTDIR);
}

static void runs_of_one_second_get_folders_of_their_own(void **state) {
  struct results_store *one, *two;
  assert_int_equal(results_store_create(NULL, *state, &one), 0);
  assert_int_equal(results_store_create(NULL, *state, &two), 0);
  assert_string_not_equal(results_store_folder(one), results_store_folder(two));
  int year, month, day, hour, minute, second, length = 0;
  const char *name = results_store_folder(one) + strlen(*state) + 1;
  assert_int_equal(sscanf(name, "%4d%2d%2dT%2d%2d%2dZ-%n", &year, &month, &day,
                          &hour, &minute, &second, &length),
                   6);
  assert_true(length > 0 && name[length]);
  results_store_close(one);
  results_store_close(two);
}

static void a_read_only_file_system_is_named(void **state) {
  struct results_store *store;
  (void)state;
  if (access("/sys/kernel", F_OK))
    skip();
  const int error = results_store_create("/sys/kernel/run", NULL, &store);
  assert_true(error == -EROFS || error == -EACCES || error == -EPERM);
}

static void unsound_trials_are_not_written(void **state) {
  struct results_store *store = begin(*state);
  struct results_trial trial = test_trial(0);
  trial.lock = "a,b";
  assert_int_equal(results_store_append(store, &trial, NULL), -EINVAL);
  results_store_close(store);
  char *text = test_file_read(*state, "trials.jsonl");
  assert_string_equal(text, "");
  free(text);
}

/* A file-size limit stands for a full disk: write(2) stops half-way. */
static void a_full_disk_leaves_whole_lines(void **state) {
  struct results_store *store = begin(*state);
  const struct results_trial trial = test_trial(0);
  struct rlimit before, tight;
  struct stat status;
  char path[PATH_MAX];
  assert_int_equal(results_store_append(store, &trial, NULL), 0);
  snprintf(path, sizeof path, "%s/trials.jsonl", (char *)*state);
  assert_int_equal(stat(path, &status), 0);
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &before);
  tight = before, tight.rlim_cur = (rlim_t)status.st_size * 3 / 2;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const int error = results_store_append(store, &trial, NULL);
  setrlimit(RLIMIT_FSIZE, &before);
  assert_int_equal(error, -ENOSPC);
  assert_int_equal(results_store_append(store, &trial, NULL), 0);
  results_store_close(store);
  struct results_run *run = read_run(*state);
  assert_int_equal(run->count, 2);
  assert_false(run->truncated);
  results_run_close(run);
}

static void json_goes_into_the_folder_only(void **state) {
  struct results_store *store = begin(*state);
  json_t *number = json_integer(1), *object = json_object();
  assert_int_equal(results_store_write_json(store, "a/b", object), -EINVAL);
  assert_int_equal(results_store_write_json(store, "", object), -EINVAL);
  assert_int_equal(results_store_write_json(store, "n", number), -EINVAL);
  json_decref(number);
  json_decref(object);
  results_store_close(store);
}

static int fill_half_then_fail(FILE *file, const void *context) {
  (void)context;
  fputs("half of the new", file);
  fflush(file);
  return -EIO;
}

static void a_failed_replacement_leaves_the_old(void **state) {
  test_file_write(*state, "file", "the old");
  assert_int_equal(
      results_file_replace(*state, "file", fill_half_then_fail, NULL), -EIO);
  char *text = test_file_read(*state, "file");
  assert_string_equal(text, "the old");
  free(text);
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/.file.%ld.tmp", (char *)*state,
           (long)getpid());
  assert_int_equal(access(path, F_OK), -1);
}

static int fill_one_half(FILE *file, const void *context) {
  (void)context;
  return fprintf(file, "%g", 0.5) < 0 ? -EIO : 0;
}

/* A locale with a comma as its decimal sign, whichever is installed. */
static void numbers_have_a_point_in_every_locale(void **state) {
  if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8"))
    skip();
  assert_int_equal(results_file_replace(*state, "n", fill_one_half, NULL), 0);
  setlocale(LC_ALL, "C");
  char *text = test_file_read(*state, "n");
  assert_string_equal(text, "0.5");
  free(text);
}

static void resuming_cuts_off_the_torn_line(void **state) {
  struct results_store *store = begin(*state);
  const struct results_trial first = test_trial(0), second = test_trial(1);
  struct results_run *run;
  assert_int_equal(results_store_append(store, &first, NULL), 0);
  results_store_close(store);
  char *whole = test_file_read(*state, "trials.jsonl");
  char *torn;
  assert_true(asprintf(&torn, "%s{\"workload\":\"%04096d", whole, 0) > 0);
  test_file_write(*state, "trials.jsonl", torn);
  run = read_run(*state);
  assert_true(run->truncated);
  assert_int_equal(run->count, 1);
  results_run_close(run);
  assert_int_equal(results_store_resume(*state, &store), 0);
  assert_int_equal(results_store_append(store, &second, NULL), 0);
  results_store_close(store);
  run = read_run(*state);
  assert_false(run->truncated);
  assert_int_equal(run->count, 2);
  test_trials_equal(&run->trials[1], &second);
  results_run_close(run);
  free(whole);
  free(torn);
}

static void resuming_nothing_is_refused(void **state) {
  struct results_store *store;
  assert_int_equal(results_store_resume(*state, &store), -ENOENT);
}

#define IN_FOLDER(test)                                                        \
  cmocka_unit_test_setup_teardown(test, test_folder_make, test_folder_remove)

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(a_trial_comes_back_as_it_was),
      cmocka_unit_test(a_field_lost_would_be_seen),
      IN_FOLDER(a_folder_with_a_run_is_refused),
      IN_FOLDER(a_trial_alone_makes_a_run_too),
      IN_FOLDER(a_folder_being_written_is_busy),
      IN_FOLDER(folders_are_made_down_to_the_last),
      IN_FOLDER(runs_of_one_second_get_folders_of_their_own),
      cmocka_unit_test(a_read_only_file_system_is_named),
      IN_FOLDER(unsound_trials_are_not_written),
      IN_FOLDER(a_full_disk_leaves_whole_lines),
      IN_FOLDER(json_goes_into_the_folder_only),
      IN_FOLDER(a_failed_replacement_leaves_the_old),
      IN_FOLDER(numbers_have_a_point_in_every_locale),
      IN_FOLDER(resuming_cuts_off_the_torn_line),
      IN_FOLDER(resuming_nothing_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
