/* A trial by itself: its table, its emptiness, its faults, its verdicts. */
#include "results/cell.h"
#include "results/test/test.h"

static void clear_leaves_nothing_measured(void **state) {
  struct results_trial trial = test_trial(7);
  (void)state;
  results_trial_clear(&trial);
  for (const struct results_field *field = results_trial_fields; field->name;
       field++) {
    if (field->kind == RESULTS_REAL)
      assert_true(isnan(results_real(&trial, field)));
    if (field->kind == RESULTS_INT)
      assert_int_equal(results_int(&trial, field), 0);
    if (field->kind == RESULTS_TEXT)
      assert_non_null(results_text(&trial, field));
  }
  assert_true(results_trial_is_clean(&trial));
}

static void table_finds_every_field(void **state) {
  (void)state;
  size_t count = 0;
  for (const struct results_field *field = results_trial_fields; field->name;
       field++, count++) {
    assert_ptr_equal(results_field_find(field->name), field);
    assert_true(*field->meaning);
    assert_true(results_text_is_plain(field->unit));
  }
  assert_int_equal(count, sizeof(struct results_trial) / 8);
  assert_null(results_field_find("no_such_field"));
}

static void names_with_units_carry_them(void **state) {
  (void)state;
  for (const struct results_field *field = results_trial_fields; field->name;
       field++) {
    const size_t length = strlen(field->name);
    const bool says_ns = strcmp(field->name + length - 3, "_ns") == 0;
    assert_int_equal(says_ns, strcmp(field->unit, "ns") == 0);
  }
}

static const char *fault_of(struct results_trial trial) {
  const struct results_field *field = results_trial_check(&trial);
  return field ? field->name : NULL;
}

static void check_names_the_field_at_fault(void **state) {
  struct results_trial trial = test_trial(0);
  (void)state;
  assert_null(fault_of(trial));
  trial = test_trial(0), trial.lock = "a,b";
  assert_string_equal(fault_of(trial), "lock");
  trial = test_trial(0), trial.cpus = "0\n1";
  assert_string_equal(fault_of(trial), "cpus");
  trial = test_trial(0), trial.level = "\"smt\"";
  assert_string_equal(fault_of(trial), "level");
  trial = test_trial(0), trial.home = "n\xc5\x93ud";
  assert_string_equal(fault_of(trial), "home");
  trial = test_trial(0), trial.routines = NULL;
  assert_string_equal(fault_of(trial), "routines");
  trial = test_trial(0), trial.workload = "";
  assert_string_equal(fault_of(trial), "workload");
  trial = test_trial(0), trial.gaps = -1;
  assert_string_equal(fault_of(trial), "gaps");
  trial = test_trial(0), trial.op_ns = (double)INFINITY;
  assert_string_equal(fault_of(trial), "op_ns");
  trial = test_trial(0), trial.verdict = "fine";
  assert_string_equal(fault_of(trial), "verdict");
}

static void verdicts_are_closed_and_explained(void **state) {
  (void)state;
  assert_string_equal(results_verdicts[0].name, "clean");
  for (const struct results_verdict *v = results_verdicts; v->name; v++) {
    assert_ptr_equal(results_verdict_find(v->name), v);
    assert_true(*v->meaning && *v->remedy);
  }
  assert_null(results_verdict_find("fine"));
  assert_false(results_verdict_find("violated")->summarised);
}

static void cells_differ_in_each_identity_field(void **state) {
  const struct results_trial one = test_trial(0);
  const struct results_cell cell = results_cell_of(&one);
  (void)state;
  for (const struct results_field *field = results_trial_fields; field->name;
       field++) {
    struct results_trial other = one;
    char *member = (char *)&other + field->offset;
    const char *text = "other";
    const int64_t integer = 99;
    const double real = 99;
    memcpy(member,
           field->kind == RESULTS_TEXT  ? (const void *)&text
           : field->kind == RESULTS_INT ? (const void *)&integer
                                        : (const void *)&real,
           8);
    const struct results_cell moved = results_cell_of(&other);
    assert_int_equal(results_cell_equal(&cell, &moved),
                     field->group != RESULTS_IDENTITY &&
                         field->group != RESULTS_AXIS &&
                         field->group != RESULTS_DERIVED);
  }
}

static void cells_come_in_reading_order(void **state) {
  struct results_trial trials[6];
  struct results_cells cells;
  const char *const order[] = {"b/executive/0 2", "b/executive/0 10",
                               "b/queued/0 2", "b/zeta/0 2", "a/peer/0 2"};
  (void)state;
  for (size_t i = 0; i < 6; i++) {
    trials[i] = test_trial((int64_t)i);
    trials[i].workload = i == 2 ? "a" : "b";
    trials[i].family = "executive";
    trials[i].cpus = i == 1 ? "0 10" : "0 2";
    trials[i].threads = trials[i].cs_ns = 2; /* equal within a cell */
  }
  trials[0].family = "zeta", trials[2].family = "peer";
  trials[3].family = "queued";
  assert_int_equal(results_cells_group(trials, 6, &cells), 0);
  assert_int_equal(cells.count, 5);
  for (size_t i = 0; i < cells.count; i++) {
    char text[64];
    const struct results_cell *cell = &cells.groups[i].cell;
    snprintf(text, sizeof text, "%s/%s/%s", cell->workload, cell->family,
             cell->cpus);
    assert_string_equal(text, order[i]);
  }
  assert_int_equal(cells.groups[0].count, 2); /* trials 4 and 5, in order */
  assert_int_equal(cells.groups[0].trials[0], 4);
  assert_int_equal(cells.groups[0].trials[1], 5);
  results_cells_free(&cells);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clear_leaves_nothing_measured),
      cmocka_unit_test(table_finds_every_field),
      cmocka_unit_test(names_with_units_carry_them),
      cmocka_unit_test(check_names_the_field_at_fault),
      cmocka_unit_test(verdicts_are_closed_and_explained),
      cmocka_unit_test(cells_differ_in_each_identity_field),
      cmocka_unit_test(cells_come_in_reading_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
