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

/* Writes, reads (as a string to free) and measures a file of a folder. */
void test_file_write(const char *folder, const char *name, const char *text);
char *test_file_read(const char *folder, const char *name);

/* A sound trial with a value in every field, told apart by its sequence. */
struct results_trial test_trial(int64_t sequence);

/* Fails the test unless the trials are equal in every field, NAN being equal
 * to NAN. */
void test_trials_equal(const struct results_trial *a,
                       const struct results_trial *b);

/* Says whether two reals are within `tolerance` of one another. */
bool test_close(double a, double b, double tolerance);

#endif
