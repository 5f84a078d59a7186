/* A hand-made run becomes the tables that were reckoned by other means.
 *
 * test/golden holds fourteen trials and the CSV files that they must give; no
 * row rests on more than five trials, so that its bootstrap interval is known
 * without a bootstrap: the lowest and the highest of them. */
#include "results/summary.h"
#include "results/table.h"
#include "results/test/test.h"

static const char *golden; /* folder, from the command line */

static struct results_run *read_golden(void) {
  struct results_run *run = NULL;
  struct results_error error;
  char text[512];
  if (results_run_read(golden, &run, &error)) {
    results_error_text(&error, text, sizeof text);
    fail_msg("%s", text);
  }
  return run;
}

/* Fails the test at the first line that differs. */
static void assert_same_file(const char *folder, const char *name) {
  char *expected = test_file_read(golden, name);
  char *made = test_file_read(folder, name), *a_rest, *b_rest;
  if (strcmp(expected, made) != 0) {
    char *a = strtok_r(expected, "\n", &a_rest);
    char *b = strtok_r(made, "\n", &b_rest);
    while (a && b && strcmp(a, b) == 0)
      a = strtok_r(NULL, "\n", &a_rest), b = strtok_r(NULL, "\n", &b_rest);
    fail_msg("%s should be\n%s\nand is\n%s", name, a ? a : "", b ? b : "");
  }
  free(expected);
  free(made);
}

static void summary_is_the_golden_one(void **state) {
  struct results_run *run = read_golden();
  struct results_summary summary;
  assert_int_equal(results_summarise(run->trials, run->count, &summary), 0);
  assert_int_equal(results_write_summary_csv(*state, &summary), 0);
  results_summary_free(&summary);
  results_run_close(run);
  assert_same_file(*state, "summary.csv");
}

static void histograms_are_the_golden_ones(void **state) {
  struct results_run *run = read_golden();
  assert_int_equal(results_write_histograms_csv(*state, run), 0);
  results_run_close(run);
  assert_same_file(*state, "histograms.csv");
}

/* The headers that plots/ and others rely on. */
static void headers_are_the_agreed_ones(void **state) {
  (void)state;
  assert_string_equal(
      results_summary_header,
      "workload,metric,family,lock,routines,threads,cpus,level,home,cs_ns,unit,"
      "median,ci_low,ci_high,mad,n,n_disturbed,basis,probe_ns,ratio_to_probe,"
      "link,link_main,variant");
  assert_string_equal(
      results_histograms_header,
      "workload,family,lock,routines,threads,cpus,level,home,cs_ns,value_ns,"
      "count,percentile,inverse,link,link_main,variant");
}

/* The identity columns are trial.def's, in its order. */
static void headers_follow_the_fields(void **state) {
  char identity[256] = "";
  (void)state;
  for (const struct results_field *field = results_trial_fields;
       field->group == RESULTS_IDENTITY && field->name; field++) {
    strcat(identity, field->name);
    strcat(identity, ",");
  }
  assert_memory_equal(results_histograms_header, identity, strlen(identity));
  const size_t first = strlen("workload,");
  assert_memory_equal(results_summary_header + strlen("workload,metric,"),
                      identity + first, strlen(identity) - first);
}

static struct results_trial handoff(double ns, const char *verdict) {
  struct results_trial trial;
  results_trial_clear(&trial);
  trial.workload = "handoff", trial.family = "queued", trial.lock = "mcs";
  trial.alternation_ns = ns, trial.verdict = verdict;
  return trial;
}

static struct results_row only_row(const struct results_trial *trials,
                                   size_t count) {
  struct results_summary summary;
  assert_int_equal(results_summarise(trials, count, &summary), 0);
  assert_int_equal(summary.count, 1);
  const struct results_row row = summary.rows[0];
  results_summary_free(&summary);
  return row;
}

static void disturbed_trials_stay_out_of_the_headline(void **state) {
  const struct results_trial trials[] = {
      handoff(60, "clean"),   handoff(900, "preempted"), handoff(61, "clean"),
      handoff(800, "gap"),    handoff(700, "moved"),     handoff(62, "clean"),
      handoff(1, "violated"),
  };
  (void)state;
  struct results_row row = only_row(trials, 7);
  assert_string_equal(row.basis, "clean");
  assert_true(test_close(row.median, 61, 0));
  assert_int_equal(row.n, 3);
  assert_int_equal(row.n_disturbed, 4);
  row = only_row(trials, 5); /* two clean: all but what is meaningless */
  assert_string_equal(row.basis, "all");
  assert_true(test_close(row.median, 700, 0));
  row = only_row(&trials[6], 1); /* nothing that means anything */
  assert_true(isnan(row.median) && isnan(row.ci_low));
  assert_int_equal(row.n_disturbed, 1);
}

static void every_verdict_but_clean_is_disturbed(void **state) {
  (void)state;
  for (const struct results_verdict *v = results_verdicts; v->name; v++) {
    const struct results_trial trial = handoff(5, v->name);
    const struct results_row row = only_row(&trial, 1);
    assert_int_equal(row.n, v == results_verdicts);
    assert_int_equal(row.n_disturbed, v != results_verdicts);
    assert_int_equal(isnan(row.median) == 0, v->summarised);
  }
}

static void nothing_gives_nothing(void **state) {
  struct results_summary summary;
  (void)state;
  assert_int_equal(results_summarise(NULL, 0, &summary), 0);
  assert_int_equal(summary.count, 0);
  results_summary_free(&summary);
}

static void names_that_break_a_csv_are_refused(void **state) {
  struct results_trial trial = handoff(5, "clean");
  struct results_summary summary;
  trial.lock = "m,cs";
  assert_int_equal(results_summarise(&trial, 1, &summary), 0);
  assert_int_equal(results_write_summary_csv(*state, &summary), -EINVAL);
  results_summary_free(&summary);
}

#define IN_FOLDER(test)                                                        \
  cmocka_unit_test_setup_teardown(test, test_folder_make, test_folder_remove)

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(summary_is_the_golden_one),
      IN_FOLDER(histograms_are_the_golden_ones),
      cmocka_unit_test(headers_are_the_agreed_ones),
      cmocka_unit_test(headers_follow_the_fields),
      cmocka_unit_test(disturbed_trials_stay_out_of_the_headline),
      cmocka_unit_test(every_verdict_but_clean_is_disturbed),
      cmocka_unit_test(nothing_gives_nothing),
      IN_FOLDER(names_that_break_a_csv_are_refused),
  };
  golden = argc > 1 ? argv[1] : "results/test/golden";
  return cmocka_run_group_tests(tests, NULL, NULL);
}
