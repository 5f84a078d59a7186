/* What the tests of this room share: cmocka, a folder that goes away, a trial
 * with every field set. */
#ifndef RESULTS_TEST_H
#define RESULTS_TEST_H

#include "results/trial.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Setup and teardown: *state is the path of a new, empty folder. */
int test_folder_make(void **state);
int test_folder_remove(void **state);

/* Writes, and reads as a string to free, a file of a folder; a name that begins
 * with a slash stands for itself. */
void test_file_write(const char *folder, const char *name, const char *text);
char *test_file_read(const char *folder, const char *name);

/* A sound trial with a value in every field, told apart by its sequence. */
struct results_trial test_trial(int64_t sequence);

/* Compares trials field by field, NAN being equal to NAN.
 * @return the first field that differs, or NULL */
const struct results_field *test_trials_differ(const struct results_trial *a,
                                               const struct results_trial *b);

/* Fails the test, naming the field, unless the trials are equal. */
void test_trials_equal(const struct results_trial *a,
                       const struct results_trial *b);

/* Skips a test that draws millions of numbers when a sanitizer would make it
 * last for minutes: what it runs is arithmetic that other tests run as well. */
#define test_simulates()                                                       \
  do {                                                                         \
    if (TEST_SANITIZED)                                                        \
      skip();                                                                  \
  } while (0)

/* Says whether two reals are within `tolerance` of one another. */
bool test_close(double a, double b, double tolerance);

#endif
