/* The C wrapper: bodies run, options are sorted out, one JSON comes out. */
#include "bench/gbench.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

struct calls {
  unsigned begins, bodies, ends;
  uint64_t iterations;
};

static void begin(struct bench_gbench *run, void *context) {
  (void)run;
  ((struct calls *)context)->begins++;
}

static void body(struct bench_gbench *run, void *context, uint64_t n) {
  struct calls *calls = context;
  (void)run;
  calls->bodies++;
  calls->iterations = n;
}

static void timed_body(struct bench_gbench *run, void *context, uint64_t n) {
  body(run, context, n);
  bench_gbench_seconds(run, 0.25);
  bench_gbench_counter(run, "answer", 42);
}

static void end(struct bench_gbench *run, void *context) {
  (void)run;
  ((struct calls *)context)->ends++;
}

static void options_are_sorted_out(void **state) {
  (void)state;
  char name[] = "kspin bench", quick[] = "--quick", out[] = "--out", x[] = "x";
  char filter[] = "--benchmark_filter=ticket";
  char *arguments[] = {name, quick, filter, out, x, NULL};
  int count = 5;
  const char *refused = NULL;
  assert_int_equal(bench_gbench_init(&count, arguments, &refused), 0);
  assert_int_equal(count, 4);
  assert_string_equal(arguments[1], "--quick");
  assert_string_equal(arguments[2], "--out");
  assert_true(bench_gbench_selects("release/executive/ticket/dpc"));
  assert_false(bench_gbench_selects("release/executive/mcs/dpc"));
  assert_false(bench_gbench_lists());
}

static void unknown_and_reserved_options_are_named(void **state) {
  (void)state;
  static const char *const bad[] = {"--benchmark_fliter=x", "--benchmark_out=x",
                                    "--benchmark_repetitions=3"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char name[] = "kspin bench", text[64];
    snprintf(text, sizeof text, "%s", bad[i]);
    char *arguments[] = {name, text, NULL};
    int count = 2;
    const char *refused = NULL;
    assert_int_equal(bench_gbench_init(&count, arguments, &refused), -EINVAL);
    assert_string_equal(refused, bad[i]);
  }
}

static void fixed_iterations_run_once(void **state) {
  (void)state;
  struct calls calls = {0};
  struct bench_gbench_case one = {.name = "fixed",
                                  .body = body,
                                  .begin = begin,
                                  .end = end,
                                  .context = &calls,
                                  .iterations = 1000};
  assert_int_equal(bench_gbench_run(&one, 0, 1), 0);
  assert_int_equal(calls.begins, 1);
  assert_int_equal(calls.bodies, 1);
  assert_int_equal(calls.ends, 1);
  assert_int_equal(calls.iterations, 1000);
}

static void report_is_one_document_with_every_round(void **state) {
  (void)state;
  char path[] = "gbench_test.XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  close(file);
  struct calls calls = {0};
  struct bench_gbench_case one = {.name = "a/trial",
                                  .body = timed_body,
                                  .context = &calls,
                                  .iterations = 1,
                                  .manual_time = true};
  assert_int_equal(bench_gbench_open(path), 0);
  for (unsigned round = 0; round < 3; round++)
    assert_int_equal(bench_gbench_run(&one, round, 3), 0);
  assert_int_equal(bench_gbench_close(), 0);

  json_t *report = json_load_file(path, 0, NULL);
  assert_non_null(report);
  assert_non_null(json_object_get(report, "context"));
  json_t *runs = json_object_get(report, "benchmarks");
  assert_int_equal(json_array_size(runs), 3);
  for (size_t i = 0; i < 3; i++) {
    json_t *run = json_array_get(runs, i);
    assert_int_equal(
        json_integer_value(json_object_get(run, "repetition_index")), i);
    assert_true(json_number_value(json_object_get(run, "answer")) == 42);
    assert_true(json_number_value(json_object_get(run, "real_time")) == 0.25e9);
  }
  json_decref(report);
  unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(unknown_and_reserved_options_are_named),
      cmocka_unit_test(options_are_sorted_out),
      cmocka_unit_test(fixed_iterations_run_once),
      cmocka_unit_test(report_is_one_document_with_every_round),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
