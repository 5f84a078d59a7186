/* Coroutines keep their stacks, take turns, and can be dropped half-way. */
#include "locks/test/unit.h"

#include <string.h>

#include "locks/model/coroutine.h"

enum { TURNS = 1000 };

struct walk {
  struct model_coroutine *coroutine;
  unsigned steps;
  bool sound;
};

/* Locals, and what the ABI lets a function keep across calls. */
static void walk(void *argument) {
  struct walk *walk = argument;
  unsigned char mine[512];
  double half = 0.5;
  memset(mine, (int)walk->steps, sizeof mine);
  for (unsigned i = 0; i < TURNS; i++) {
    walk->steps++;
    half += 1;
    model_coroutine_leave(walk->coroutine);
    for (size_t at = 0; at < sizeof mine; at++)
      walk->sound &= mine[at] == mine[0];
  }
  walk->sound &= half > TURNS && half < TURNS + 1;
}

static void take_turns(void **state) {
  struct walk walks[3] = {{.sound = true}, {.sound = true}, {.sound = true}};
  (void)state;
  for (unsigned i = 0; i < 3; i++) {
    walks[i].coroutine = model_coroutine_open();
    assert_non_null(walks[i].coroutine);
    model_coroutine_start(walks[i].coroutine, walk, &walks[i]);
  }
  for (unsigned turn = 1; turn <= TURNS; turn++)
    for (unsigned i = 0; i < 3; i++) {
      assert_true(model_coroutine_enter(walks[i].coroutine));
      assert_int_equal(walks[i].steps, turn);
    }
  for (unsigned i = 0; i < 3; i++) {
    assert_false(model_coroutine_enter(walks[i].coroutine));
    assert_true(walks[i].sound);
    model_coroutine_close(walks[i].coroutine);
  }
}

static void start_anew(void **state) {
  struct walk one = {.coroutine = model_coroutine_open(), .sound = true};
  (void)state;
  assert_non_null(one.coroutine);
  for (unsigned i = 1; i <= 100; i++) {
    model_coroutine_start(one.coroutine, walk, &one);
    assert_true(model_coroutine_enter(one.coroutine));
    assert_true(model_coroutine_enter(one.coroutine));
    assert_int_equal(one.steps, 2 * i);
  }
  assert_true(one.sound);
  model_coroutine_close(one.coroutine);
  model_coroutine_close(NULL);
}

static void nested(void *argument) {
  take_turns(NULL);
  *(bool *)argument = true;
}

static void enter_from_within(void **state) {
  struct model_coroutine *outer = model_coroutine_open();
  bool done = false;
  (void)state;
  assert_non_null(outer);
  model_coroutine_start(outer, nested, &done);
  assert_false(model_coroutine_enter(outer));
  assert_true(done);
  model_coroutine_close(outer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(take_turns),
      cmocka_unit_test(start_anew),
      cmocka_unit_test(enter_from_within),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
