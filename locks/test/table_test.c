/* The table says what the lists and the headers say. */
#include "locks/table.h"

#include <string.h>

#include "locks/test/unit.h"

static void every_lock_of_the_lists_has_a_row(void **state) {
  (void)state;
  size_t rows = 0;
#define LOCK_EXECUTIVE(name)                                                   \
  assert_non_null(lock_find(LOCK_FAMILY_EXECUTIVE, #name));                    \
  rows++;
#define LOCK_QUEUED(name)                                                      \
  assert_non_null(lock_find(LOCK_FAMILY_QUEUED, #name));                       \
  rows++;
#define LOCK_READER(name)                                                      \
  assert_non_null(lock_find(LOCK_FAMILY_READER, #name));                       \
  rows++;
#define LOCK_PEER(name)                                                        \
  assert_non_null(lock_find(LOCK_FAMILY_PEER, #name));                         \
  rows++;
#include "locks/list.h"
  assert_int_equal(rows, lock_table_count);
  assert_null(lock_find(LOCK_FAMILY_EXECUTIVE, "nosuch"));
  assert_null(lock_find(LOCK_FAMILY_QUEUED, "pthread_spin"));
}

static void hidden_locks_have_no_row(void **state) {
  (void)state;
  assert_null(lock_find(LOCK_FAMILY_EXECUTIVE, "broken"));
  assert_null(lock_find(LOCK_FAMILY_READER, "broken"));
  assert_null(lock_find(LOCK_FAMILY_PEER, "broken"));
}

static void properties_are_complete_and_agree(void **state) {
  (void)state;
  for (size_t i = 0; i < lock_table_count; i++) {
    const struct lock_row *row = &lock_table[i];
    const struct lock_properties *p = &row->properties;
    assert_true(p->order && p->space && p->rmw_alone && p->rmw_busy &&
                p->transfers && p->source);
    bool fifo = (row->traits & LOCK_FIFO) != 0;
    assert_int_equal(fifo, strcmp(p->order, "FIFO") == 0);
    bool phases = (row->traits & LOCK_PHASE_FAIR) != 0;
    assert_int_equal(fifo || phases, p->bypass == 0);
    assert_true(!phases || row->family >= LOCK_FAMILY_READER);
    if (row->family == LOCK_FAMILY_QUEUED)
      assert_int_equal(row->traits & LOCK_TRY, 0);
    else if (row->family == LOCK_FAMILY_EXECUTIVE)
      assert_true(row->traits & LOCK_TRY);
  }
}

static void families_have_names(void **state) {
  (void)state;
  assert_string_equal(lock_family_name(LOCK_FAMILY_EXECUTIVE), "executive");
  assert_string_equal(lock_family_name(LOCK_FAMILY_QUEUED), "queued");
  assert_string_equal(lock_family_name(LOCK_FAMILY_READER), "reader");
  assert_string_equal(lock_family_name(LOCK_FAMILY_PEER), "peer");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_lock_of_the_lists_has_a_row),
      cmocka_unit_test(hidden_locks_have_no_row),
      cmocka_unit_test(properties_are_complete_and_agree),
      cmocka_unit_test(families_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
