/* Does the machine show what C11 allows, and nothing else? */
#include "locks/test/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locks/model/litmus.h"
#include "locks/model/site.h"

static void print_seen(const struct model_litmus *litmus,
                       const struct model_litmus_seen *seen) {
  print_message("%s:", litmus->name);
  for (unsigned i = 0; i < seen->count; i++)
    print_message(" %0*d", (int)litmus->registers, seen->outcome[i]);
  print_message("\n");
}

static bool agrees(const struct model_litmus *litmus,
                   enum model_reduction reduction) {
  struct model_search search = {.reduction = reduction, .bound = -1};
  struct model_litmus_seen seen;
  struct model_result result;
  assert_int_equal(model_litmus_run(litmus, &search, &result, &seen), 0);
  assert_int_equal(result.verdict, MODEL_VERIFIED);
  bool agree = model_litmus_agrees(litmus, &seen);
  if (!agree)
    print_seen(litmus, &seen);
  return agree;
}

static void shows_what_c11_allows(void **state) {
  (void)state;
  for (size_t i = 0; i < model_litmus_count; i++)
    assert_true(agrees(&model_litmus[i], MODEL_REDUCE_RACES));
}

static void shows_it_without_reduction(void **state) {
  (void)state;
  for (size_t i = 0; i < model_litmus_count; i++) {
    assert_true(agrees(&model_litmus[i], MODEL_REDUCE_SLEEP));
    assert_true(agrees(&model_litmus[i], MODEL_REDUCE_NONE));
  }
}

static const struct model_litmus *find(const char *name) {
  size_t i = 0;
  while (strcmp(model_litmus[i].name, name) != 0)
    assert_true(++i < model_litmus_count);
  return &model_litmus[i];
}

static struct model_site *find_site(const char *function, const char *operation,
                                    enum model_order order) {
  struct model_site *site = model_sites;
  while (site && (strcmp(site->function, function) != 0 ||
                  strcmp(site->operation, operation) != 0 ||
                  site->asked[MODEL_SUCCESS] != order))
    site = site->next;
  assert_non_null(site);
  return site;
}

/* The comparison can say no: too many outcomes, and too few. */
static void notices_another_order(void **state) {
  (void)state;
  const struct model_litmus *weak = find("MP relaxed");
  const struct model_litmus *strong = find("MP acquire/release");
  assert_true(agrees(strong, MODEL_REDUCE_RACES));
  struct model_site *site = find_site("mp_acq_rel", "load", MODEL_ACQUIRE);
  model_site_replace(site, MODEL_SUCCESS, MODEL_RELAXED);
  assert_false(agrees(strong, MODEL_REDUCE_RACES));
  model_site_restore(site);
  assert_true(agrees(strong, MODEL_REDUCE_RACES));

  struct model_litmus_seen seen;
  struct model_result result;
  assert_int_equal(model_litmus_run(strong, NULL, &result, &seen), 0);
  assert_false(model_litmus_agrees(weak, &seen));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shows_what_c11_allows),
      cmocka_unit_test(shows_it_without_reduction),
      cmocka_unit_test(notices_another_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
