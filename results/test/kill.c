/* A writer killed at many moments: every trial that it had finished is there,
 * every file can be read.
 *
 * The writer tells each finished step by a byte in a pipe; the test kills it
 * after a given byte, so the kill falls into the step that follows. A writer
 * that buffers is the seeded fault: the same check must see what it loses. */
#include "results/run.h"
#include "results/store.h"
#include "results/test/test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Writes a run, telling its steps; comes back after STEPS of them if it is
 * not killed before, which keeps the files small. */
typedef void writer(const char *folder, int steps);

enum { MOMENTS = 50, STEPS = 150 };

static void tell(int steps) {
  if (write(steps, "", 1) != 1)
    _exit(1);
}

/* As a run is written: a header, then trials, the header again at times. */
static void write_by_store(const char *folder, int steps) {
  static struct results_histogram acquire;
  struct results_store *store;
  if (results_store_create(folder, NULL, &store))
    _exit(1);
  for (int i = 0; i < 200; i++)
    results_histogram_record(&acquire, (uint64_t)i * i);
  for (int64_t i = 0; i < STEPS; i++) {
    const struct results_trial trial = test_trial(i);
    json_t *header = json_pack("{s:i, s:I}", "schema", RESULTS_SCHEMA, "trials",
                               (json_int_t)i);
    if (i % 8 == 0 && results_store_write_json(store, "run.json", header))
      _exit(1);
    json_decref(header);
    if (results_store_append(store, &trial, &acquire))
      _exit(1);
    tell(steps);
  }
}

/* The fault: lines wait in the buffer of a stream. */
static void write_by_stream(const char *folder, int steps) {
  char path[PATH_MAX];
  struct results_store *store;
  const struct results_trial trial = test_trial(0);
  if (results_store_create(folder, NULL, &store) ||
      results_store_append(store, &trial, NULL))
    _exit(1);
  char *line = test_file_read(folder, "trials.jsonl");
  test_file_write(folder, "run.json", "{\"schema\": 1}");
  snprintf(path, sizeof path, "%s/trials.jsonl", folder);
  FILE *file = fopen(path, "a");
  tell(steps);
  for (int i = 0; i < STEPS; i++) {
    fputs(line, file);
    tell(steps);
  }
}

/* Runs a writer and kills it after `moment` steps.
 * @return the steps that it had finished */
static size_t kill_after(writer *write_run, const char *folder, size_t moment) {
  int steps[2], status;
  char bytes[STEPS + 1];
  size_t finished = 0;
  ssize_t more = 1;
  assert_int_equal(pipe(steps), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(steps[0]);
    write_run(folder, steps[1]);
    for (;;)
      pause();
  }
  close(steps[1]);
  while (finished < moment && read(steps[0], bytes, 1) == 1)
    finished++;
  kill(child, SIGKILL);
  while (more > 0) {
    more = read(steps[0], bytes, sizeof bytes);
    finished += more > 0 ? (size_t)more : 0;
  }
  close(steps[0]);
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  return finished;
}

/* @return finished trials that the folder does not hold; one that was being
 *         written may be there as well */
static size_t lost(const char *folder, size_t finished) {
  struct results_run *run;
  struct results_error error;
  const int failed = results_run_read(folder, &run, &error);
  if (failed)
    fail_msg("%s:%zu: %s: %s", error.file, error.line, error.field,
             error.message);
  const size_t count = run->count;
  results_run_close(run);
  assert_true(count <= finished + 1);
  return count < finished ? finished - count : 0;
}

static size_t lost_at_many_moments(const char *base, writer *write_run) {
  size_t sum = 0;
  for (size_t moment = 1; moment <= MOMENTS; moment++) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/%zu", base, moment);
    sum += lost(folder, kill_after(write_run, folder, moment));
  }
  return sum;
}

static void the_store_loses_nothing_finished(void **state) {
  assert_int_equal(lost_at_many_moments(*state, write_by_store), 0);
}

static void a_writer_that_buffers_is_caught(void **state) {
  assert_true(lost_at_many_moments(*state, write_by_stream) > 0);
}

/* Killed and resumed again and again, one folder: no line torn in between. */
static void write_more(const char *folder, int steps) {
  struct results_store *store;
  if (results_store_resume(folder, &store))
    _exit(1);
  for (int64_t i = 0; i < STEPS; i++) {
    const struct results_trial trial = test_trial(i);
    if (results_store_append(store, &trial, NULL))
      _exit(1);
    tell(steps);
  }
}

static void resuming_after_kills_adds_up(void **state) {
  size_t finished = kill_after(write_by_store, *state, 3);
  for (size_t moment = 1; moment <= 20; moment++)
    finished += kill_after(write_more, *state, moment);
  struct results_run *run;
  struct results_error error;
  assert_int_equal(results_run_read(*state, &run, &error), 0);
  assert_in_range(run->count, finished, finished + 21);
  results_run_close(run);
}

#define IN_FOLDER(test)                                                        \
  cmocka_unit_test_setup_teardown(test, test_folder_make, test_folder_remove)

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(the_store_loses_nothing_finished),
      IN_FOLDER(a_writer_that_buffers_is_caught),
      IN_FOLDER(resuming_after_kills_adds_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
