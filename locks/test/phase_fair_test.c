/* The limits of the phase-fair lock: who finds its word full waits outside and
 * leaves the numbers of the others alone. */
#include <string.h>

#include "locks/test/team.h"
#include "locks/test/unit.h"
#include "locks/test/waiting.h"

#include "locks/reader/phase_fair.h"

static struct {
  EX_SPIN_LOCK lock;
  waiting_flag waits;
  bool shared;
  uint32_t full, seen; /* the word before, and while the other one waits */
} scene;

static uint32_t word(void) {
  return atomic_load_explicit(reader_phase_fair_word(&scene.lock),
                              memory_order_relaxed);
}

/* Member 0 comes to the full word; member 1 makes room once it waits. */
static void act(unsigned member, void *unused) {
  (void)unused;
  if (member == 0) {
    waiting_mine = &scene.waits;
    if (scene.shared)
      reader_phase_fair_acquire_shared(&scene.lock);
    else
      reader_phase_fair_acquire_exclusive(&scene.lock);
    return;
  }
  waiting_see(&scene.waits);
  scene.seen = word();
  if (scene.shared) /* one of the readers leaves */
    reader_phase_fair_release_shared(&scene.lock);
  else /* all writers leave */
    atomic_store_explicit(reader_phase_fair_word(&scene.lock), 0,
                          memory_order_relaxed);
}

static void play(uint32_t full, bool shared) {
  memset(&scene, 0, sizeof scene);
  scene.lock = (EX_SPIN_LOCK)full;
  scene.full = full;
  scene.shared = shared;
  team_run(2, act, NULL);
  assert_int_equal(scene.seen, scene.full);
}

static void a_reader_too_many_waits_outside(void **state) {
  (void)state;
  uint32_t readers = READER_PHASE_FAIR_READERS;
  play(readers, true);
  assert_int_equal(word(), readers); /* one left, one came */
}

static void a_writer_too_many_waits_outside(void **state) {
  (void)state;
  uint32_t writers = READER_PHASE_FAIR_NUMBERS;
  play(writers << READER_PHASE_FAIR_NEXT, false);
  assert_int_equal(word(), 1u << READER_PHASE_FAIR_NEXT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_reader_too_many_waits_outside),
      cmocka_unit_test(a_writer_too_many_waits_outside),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
