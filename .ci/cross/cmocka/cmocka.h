/* The part of cmocka that the tests of locks/ use, for targets that Debian has
 * no cmocka for. Same names, same exit status; <cmocka.h> itself is used
 * wherever there is one. */
#ifndef CROSS_CMOCKA_H
#define CROSS_CMOCKA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct CMUnitTest {
  const char *name;
  void (*run)(void **state);
};

#define cmocka_unit_test(function)                                             \
  { #function, function }

enum { CROSS_RUNS, CROSS_FAILED, CROSS_SKIPPED };

/* Weak, so that the sources of a program that include this share them. */
__attribute__((weak)) jmp_buf cross_out_of_test;
__attribute__((weak)) const char *cross_filter;

#define cmocka_set_test_filter(pattern) ((void)(cross_filter = (pattern)))
#define print_message(...) ((void)printf(__VA_ARGS__))
#define print_error(...) ((void)fprintf(stderr, __VA_ARGS__))
#define skip() longjmp(cross_out_of_test, CROSS_SKIPPED)

#define CROSS_ASSERT(holds, ...)                                               \
  do {                                                                         \
    if (holds)                                                                 \
      break;                                                                   \
    print_error("%s:%d: ", __FILE__, __LINE__);                                \
    print_error(__VA_ARGS__);                                                  \
    longjmp(cross_out_of_test, CROSS_FAILED);                                  \
  } while (0)
#define CROSS_COMPARE(a, relation, b)                                          \
  CROSS_ASSERT((uintmax_t)(a)relation(uintmax_t)(b),                           \
               "%s (%#jx) " #relation " %s (%#jx) is wrong\n", #a,             \
               (uintmax_t)(a), #b, (uintmax_t)(b))

#define assert_true(c) CROSS_ASSERT((c), "%s is false\n", #c)
#define assert_false(c) CROSS_ASSERT(!(c), "%s is true\n", #c)
#define assert_null(p) CROSS_ASSERT((p) == NULL, "%s is not null\n", #p)
#define assert_non_null(p) CROSS_ASSERT((p) != NULL, "%s is null\n", #p)
#define assert_ptr_not_equal(a, b) assert_true((a) != (b))
#define assert_int_equal(a, b) CROSS_COMPARE(a, ==, b)
#define assert_int_not_equal(a, b) CROSS_COMPARE(a, !=, b)
#define assert_in_range(value, low, high)                                      \
  do {                                                                         \
    CROSS_COMPARE(value, >=, low);                                             \
    CROSS_COMPARE(value, <=, high);                                            \
  } while (0)
#define assert_memory_equal(a, b, n) assert_true(memcmp((a), (b), (n)) == 0)
#define assert_memory_not_equal(a, b, n) assert_true(memcmp((a), (b), (n)) != 0)
#define assert_string_equal(a, b)                                              \
  CROSS_ASSERT(strcmp((a), (b)) == 0, "'%s' is not '%s'\n", (a), (b))

/* @return how it ended */
static inline int cross_run(const struct CMUnitTest *test) {
  static const char *const said[] = {"ok", "FAILED", "skipped"};
  void *state = NULL;
  int end = setjmp(cross_out_of_test);
  if (end == CROSS_RUNS)
    test->run(&state);
  printf("%s: %s\n", test->name, said[end]);
  fflush(stdout);
  return end;
}

static inline int cross_run_all(const struct CMUnitTest *tests, size_t count) {
  int failed = 0;
  for (size_t i = 0; i < count; i++)
    if (cross_filter == NULL || strcmp(tests[i].name, cross_filter) == 0)
      failed += cross_run(&tests[i]) == CROSS_FAILED;
  return failed;
}

#define cmocka_run_group_tests(tests, setup, teardown)                         \
  cross_run_all((tests), sizeof(tests) / sizeof *(tests))

#endif
