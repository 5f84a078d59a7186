/* What one thread can see of a lock. */
#include <string.h>

#include "locks/test/lock_test.h"
#include "locks/test/subject.h"
#include "locks/test/unit.h"

enum { HELD = 64, ORDERS = 5 };

void free_when_initialised(void **state) {
  (void)state;
  subject_lock lock;
  subject_hold hold;
  subject_init(&lock);
  for (int i = 0; i < 3; i++) {
    subject_acquire(&lock, &hold);
    subject_release(&lock, &hold);
  }
}

void init_overwrites_garbage(void **state) {
  (void)state;
  static const unsigned char garbage[] = {0xFF, 0xCC, 0x01, 0x80};
  for (size_t i = 0; i < sizeof garbage; i++) {
    subject_lock lock;
    subject_hold hold;
    memset((void *)&lock, garbage[i], sizeof lock);
    subject_init(&lock);
    assert_false(subject_is_held(&lock));
    subject_acquire(&lock, &hold);
    subject_release(&lock, &hold);
  }
}

void handle_needs_no_initialisation(void **state) {
  (void)state;
  subject_lock lock;
  subject_hold hold;
  subject_init(&lock);
  memset(&hold, 0xCC, sizeof hold);
  subject_acquire(&lock, &hold);
  subject_release(&lock, &hold);
  memset(&hold, 0xFF, sizeof hold);
  subject_acquire(&lock, &hold);
  subject_release(&lock, &hold);
}

void try_takes_a_free_lock(void **state) {
  (void)state;
  if (!subject_has(LOCK_TRY))
    skip();
  subject_lock lock;
  subject_hold hold = {0};
  subject_init(&lock);
  for (int i = 0; i < 3; i++) {
    assert_true(subject_try_acquire(&lock));
    if (subject_has(LOCK_TEST))
      assert_true(subject_is_held(&lock));
    subject_release(&lock, &hold);
  }
}

void try_leaves_a_held_lock_alone(void **state) {
  (void)state;
  if (!subject_has(LOCK_TRY | LOCK_EXCLUSIVE))
    skip();
  subject_lock lock;
  subject_hold hold;
  subject_init(&lock);
  subject_acquire(&lock, &hold);
  subject_lock before = lock;
  for (int i = 0; i < 100; i++)
    assert_false(subject_try_acquire(&lock));
  assert_memory_equal((const void *)&before, (const void *)&lock, sizeof lock);
  subject_release(&lock, &hold);
  assert_true(subject_try_acquire(&lock));
  subject_release(&lock, &hold);
}

void test_tells_held_from_free(void **state) {
  (void)state;
  if (!subject_has(LOCK_TEST))
    skip();
  subject_lock lock;
  subject_hold hold;
  subject_init(&lock);
  for (int i = 0; i < 3; i++) {
    assert_false(subject_is_held(&lock));
    subject_acquire(&lock, &hold);
    subject_lock before = lock;
    assert_true(subject_is_held(&lock));
    assert_memory_equal((const void *)&before, (const void *)&lock,
                        sizeof lock);
    subject_release(&lock, &hold);
    assert_false(subject_is_held(&lock));
  }
}

void word_is_zero_when_free(void **state) {
  (void)state;
  if (!subject_has(LOCK_ZERO_WHEN_FREE))
    skip();
  static const subject_lock zero;
  subject_lock lock;
  subject_hold hold;
  subject_init(&lock);
  for (int i = 0; i < 3; i++) {
    assert_memory_equal((const void *)&lock, (const void *)&zero, sizeof lock);
    subject_acquire(&lock, &hold);
    assert_memory_not_equal((const void *)&lock, (const void *)&zero,
                            sizeof lock);
    subject_release(&lock, &hold);
  }
}

/* @return the lock released as the i-th of HELD, in one of ORDERS orders: as
 *         acquired, in reverse, and three that jump about */
static unsigned released(unsigned i, unsigned order) {
  static const unsigned strides[ORDERS] = {1, HELD - 1, 5, 27, 37};
  return (i * strides[order] + (order == 1 ? HELD - 1 : 0)) % HELD;
}

void sixty_four_held_released_in_any_order(void **state) {
  (void)state;
  static subject_lock locks[HELD];
  subject_hold holds[HELD];
  for (unsigned i = 0; i < HELD; i++)
    subject_init(&locks[i]);
  for (unsigned order = 0; order < ORDERS; order++) {
    for (unsigned i = 0; i < HELD; i++)
      subject_acquire(&locks[i], &holds[i]);
    for (unsigned i = 0; i < HELD; i++) {
      unsigned k = released(i, order);
      subject_release(&locks[k], &holds[k]);
      memset(&holds[k], 0x5A, sizeof holds[k]);
      if (!subject_has(LOCK_TEST))
        continue;
      for (unsigned j = 0; j < HELD; j++) {
        unsigned other = released(j, order);
        assert_int_equal(subject_is_held(&locks[other]), j > i);
      }
    }
  }
}
