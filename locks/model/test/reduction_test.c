/* What the search leaves out shows nothing new: it finds the same executions
 * (events, reads-from, modification orders) as the searches that leave out
 * less, and each of them once. */
#include "locks/test/unit.h"

#include <stdlib.h>

#include "locks/model/client.h"
#include "locks/model/litmus.h"

/* Executions as numbers, in the order found; then sorted, each once. */
struct executions {
  uint64_t *number;
  size_t count, room;
};

static struct executions *collecting;

static void collect(uint64_t fingerprint) {
  struct executions *all = collecting;
  if (all->count == all->room) {
    all->room = all->room ? 2 * all->room : 1024;
    all->number = realloc(all->number, all->room * sizeof *all->number);
    assert_non_null(all->number);
  }
  all->number[all->count++] = fingerprint;
}

static int compare(const void *a, const void *b) {
  uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
  return (left > right) - (left < right);
}

static void sort(struct executions *all) {
  size_t kept = 0;
  qsort(all->number, all->count, sizeof *all->number, compare);
  for (size_t i = 0; i < all->count; i++)
    if (kept == 0 || all->number[kept - 1] != all->number[i])
      all->number[kept++] = all->number[i];
  all->count = kept;
}

static struct model_search collecting_search(enum model_reduction reduction,
                                             struct executions *into) {
  collecting = into;
  return (struct model_search){
      .reduction = reduction, .bound = -1, .seen = collect};
}

static void assert_same(struct executions *left, struct executions *right) {
  sort(left);
  sort(right);
  assert_int_equal(left->count, right->count);
  for (size_t i = 0; i < left->count; i++)
    assert_true(left->number[i] == right->number[i]);
  free(left->number);
  free(right->number);
}

static struct executions of_lock(const struct model_lock *lock,
                                 const struct model_config *config,
                                 enum model_reduction reduction) {
  struct executions all = {0};
  struct model_search search = collecting_search(reduction, &all);
  struct model_result result = {0};
  assert_int_equal(model_check(lock, config, &search, &result), 0);
  assert_int_equal(result.verdict, MODEL_VERIFIED);
  assert_int_equal(result.executions, all.count);
  return all;
}

static void compare_lock(const struct model_lock *lock,
                         const struct model_config *config,
                         enum model_reduction other) {
  if (!model_applies(lock, config))
    return;
  struct executions few = of_lock(lock, config, MODEL_REDUCE_RACES);
  struct executions many = of_lock(lock, config, other);
  size_t found = few.count;
  sort(&few);
  assert_int_equal(found, few.count); /* each once */
  assert_same(&few, &many);
}

static void finds_what_sleep_sets_find(void **state) {
  (void)state;
  for (size_t i = 0; model_locks[i]; i++)
    for (const struct model_config *config = model_quick_configs;
         config->threads; config++)
      compare_lock(model_locks[i], config, MODEL_REDUCE_SLEEP);
}

static void finds_what_everything_finds(void **state) {
  (void)state;
  const struct model_config config = {MODEL_LOOP, 2, {1, 1}};
  for (size_t i = 0; model_locks[i]; i++)
    compare_lock(model_locks[i], &config, MODEL_REDUCE_NONE);
}

static struct executions of_litmus(const struct model_litmus *litmus,
                                   enum model_reduction reduction) {
  struct executions all = {0};
  struct model_search search = collecting_search(reduction, &all);
  struct model_litmus_seen seen;
  struct model_result result;
  assert_int_equal(model_litmus_run(litmus, &search, &result, &seen), 0);
  return all;
}

static void finds_all_of_litmus(void **state) {
  (void)state;
  for (size_t i = 0; i < model_litmus_count; i++)
    for (int other = MODEL_REDUCE_SLEEP; other <= MODEL_REDUCE_NONE; other++) {
      struct executions few = of_litmus(&model_litmus[i], MODEL_REDUCE_RACES);
      struct executions many =
          of_litmus(&model_litmus[i], (enum model_reduction)other);
      assert_same(&few, &many);
    }
}

/* A number known without the checker: the orders in which two threads can
 * take two tickets each. */
static void finds_every_order_of_tickets(void **state) {
  (void)state;
  const struct model_lock *ticket = model_lock_find("executive", "ticket");
  const struct model_config config = {MODEL_LOOP, 2, {2, 2}};
  const struct model_config three = {MODEL_LOOP, 3, {2, 1, 1}};
  struct model_result result;
  assert_int_equal(model_check(ticket, &config, NULL, &result), 0);
  assert_int_equal(result.executions, 6); /* 4! / (2! 2!) */
  assert_int_equal(model_check(ticket, &three, NULL, &result), 0);
  assert_int_equal(result.executions, 12); /* 4! / 2! */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_what_sleep_sets_find),
      cmocka_unit_test(finds_what_everything_finds),
      cmocka_unit_test(finds_all_of_litmus),
      cmocka_unit_test(finds_every_order_of_tickets),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
