/* Readers and writers at once, in one lock: writers exclude, readers see what
 * the last writer left and never half of it. Compiled once per lock. */
#include <sched.h>
#include <stdalign.h>
#include <string.h>

#include "locks/test/reader_subject.h"
#include "locks/test/team.h"
#include "locks/test/unit.h"

enum { THREADS = 4, TURNS = 4000, YIELD_EVERY = 32, WORDS = 8 };

static struct {
  alignas(128) subject_lock lock;
  alignas(128) unsigned long words[WORDS]; /* all equal but for a writer */
  alignas(128) _Atomic unsigned long violations, writes;
  _Atomic unsigned long inside; /* readers */
} shared;

static void reset(void) {
  memset(&shared, 0, sizeof shared);
  subject_init(&shared.lock);
}

static void count(_Atomic unsigned long *what) {
  atomic_fetch_add_explicit(what, 1, memory_order_relaxed);
}

static void read_words(unsigned turn) {
  unsigned long first = shared.words[0];
  if (turn % YIELD_EVERY == 0)
    sched_yield();
  for (unsigned i = 1; i < WORDS; i++)
    if (shared.words[i] != first)
      count(&shared.violations);
}

static void write_words(unsigned turn) {
  for (unsigned i = 0; i < WORDS; i++) {
    shared.words[i]++;
    cpu_compiler_barrier();
    if (turn % YIELD_EVERY == 0 && i == WORDS / 2)
      sched_yield();
  }
  count(&shared.writes);
}

static void read_or_convert(unsigned turn) {
  subject_acquire_shared(&shared.lock);
  read_words(turn);
  if (turn % 7 == 0 && subject_try_convert(&shared.lock)) {
    write_words(turn);
    subject_release_exclusive(&shared.lock);
  } else {
    subject_release_shared(&shared.lock);
  }
}

static void mix(unsigned member, void *unused) {
  (void)unused;
  for (unsigned turn = 0; turn < TURNS; turn++) {
    if ((turn + member) % 3 != 0) {
      read_or_convert(turn);
      continue;
    }
    subject_acquire_exclusive(&shared.lock);
    write_words(turn);
    subject_release_exclusive(&shared.lock);
  }
}

static void exclusion_under_load(void **state) {
  (void)state;
  reset();
  team_run(THREADS, mix, NULL);
  if (shared.violations != 0)
    print_error("%lu violations\n", shared.violations);
  assert_int_equal(shared.violations, 0);
  for (unsigned i = 0; i < WORDS; i++)
    assert_int_equal(shared.words[i], shared.writes);
}

/* Each stays inside until all of them are. */
static void meet(unsigned member, void *unused) {
  (void)member, (void)unused;
  subject_acquire_shared(&shared.lock);
  count(&shared.inside);
  while (atomic_load_explicit(&shared.inside, memory_order_relaxed) < THREADS)
    sched_yield();
  subject_release_shared(&shared.lock);
}

static void readers_share(void **state) {
  (void)state;
  reset();
  team_run(THREADS, meet, NULL); /* or for ever */
  assert_int_equal(shared.inside, THREADS);
}

/* More turns than any number in a word can count. */
static void numbers_come_round(void **state) {
  (void)state;
  reset();
  for (unsigned turn = 0; turn < 5000; turn++) {
    subject_acquire_exclusive(&shared.lock);
    subject_release_exclusive(&shared.lock);
    subject_acquire_shared(&shared.lock);
    subject_acquire_shared(&shared.lock);
    subject_release_shared(&shared.lock);
    assert_true(subject_convert_draining(&shared.lock));
    subject_release_exclusive(&shared.lock);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exclusion_under_load),
      cmocka_unit_test(readers_share),
      cmocka_unit_test(numbers_come_round),
  };
  if (argc > 1)
    cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
