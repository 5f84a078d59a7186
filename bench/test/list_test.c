/* Lists and numbers in options. */
#include "bench/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void splits_and_keeps_empty_items(void **state) {
  (void)state;
  struct bench_list list;
  assert_int_equal(bench_list_split("a,,bc", ',', &list), 0);
  assert_int_equal(list.count, 3);
  assert_string_equal(list.items[0], "a");
  assert_string_equal(list.items[1], "");
  assert_string_equal(list.items[2], "bc");
  bench_list_free(&list);
}

static void takes_blanks_around_items_away(void **state) {
  (void)state;
  struct bench_list list;
  assert_int_equal(bench_list_split(" a b , c,  ", ',', &list), 0);
  assert_string_equal(list.items[0], "a b");
  assert_string_equal(list.items[1], "c");
  assert_string_equal(list.items[2], "");
  bench_list_free(&list);
}

static void splits_one_item(void **state) {
  (void)state;
  struct bench_list list;
  assert_int_equal(bench_list_split("", ',', &list), 0);
  assert_int_equal(list.count, 1);
  assert_string_equal(list.items[0], "");
  bench_list_free(&list);
}

static void reads_numbers_whole(void **state) {
  (void)state;
  long long value = -1;
  assert_true(bench_number("17", 0, 20, &value));
  assert_int_equal(value, 17);
  assert_false(bench_number("21", 0, 20, &value));
  assert_false(bench_number("-1", 0, 20, &value));
  assert_false(bench_number("1x", 0, 20, &value));
  assert_false(bench_number("", 0, 20, &value));
  assert_false(bench_number("99999999999999999999", 0, INT64_MAX, &value));
  assert_int_equal(value, 17);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(splits_and_keeps_empty_items),
      cmocka_unit_test(takes_blanks_around_items_away),
      cmocka_unit_test(splits_one_item),
      cmocka_unit_test(reads_numbers_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
