/* A holder, and threads that are seen to wait before it releases. */
#include <sched.h>
#include <string.h>

#include "locks/test/lock_test.h"
#include "locks/test/subject.h"
#include "locks/test/team.h"
#include "locks/test/unit.h"

enum { WAITERS = 5, ROUNDS = 20, LOCKS = 4, GUARD = 0x6B };

static struct {
  alignas(128) subject_lock lock;
  subject_hold hold; /* the main thread's */
  alignas(128) waiting_flag waits[WAITERS];
  _Atomic int may_start[WAITERS];
  _Atomic unsigned entered;
  _Atomic unsigned inside;
  unsigned order[WAITERS]; /* in which the members entered */
} shared;

static void wait_for(_Atomic int *flag) {
  while (atomic_load_explicit(flag, memory_order_acquire) == 0)
    sched_yield();
}

static void reset(void) {
  memset(&shared, 0, sizeof shared);
  subject_init(&shared.lock);
}

/* The last member holds the lock, and releases it when all others were seen to
 * wait, each before the next one was let go. */
static void queue_up(unsigned member, void *argument) {
  (void)argument;
  subject_hold hold;
  if (member < WAITERS) {
    wait_for(&shared.may_start[member]);
    waiting_mine = &shared.waits[member];
    subject_acquire(&shared.lock, &hold);
    shared.order[atomic_fetch_add_explicit(&shared.entered, 1,
                                           memory_order_relaxed)] = member;
    subject_release(&shared.lock, &hold);
    return;
  }
  subject_acquire(&shared.lock, &hold);
  for (unsigned i = 0; i < WAITERS; i++) {
    atomic_store_explicit(&shared.may_start[i], 1, memory_order_release);
    waiting_see(&shared.waits[i]);
  }
  subject_release(&shared.lock, &hold);
}

void waiters_enter_in_order(void **state) {
  (void)state;
  if (!subject_has(LOCK_FIFO))
    skip();
  for (unsigned round = 0; round < ROUNDS; round++) {
    reset();
    team_run(WAITERS + 1, queue_up, NULL);
    for (unsigned i = 0; i < WAITERS; i++)
      assert_int_equal(shared.order[i], i);
  }
}

/* Each waiter stays inside until the main member has seen that it is alone. */
static void enter_one_by_one(unsigned member, void *argument) {
  (void)argument;
  subject_hold hold;
  if (member < WAITERS) {
    waiting_mine = &shared.waits[member];
    wait_for(&shared.may_start[0]);
    subject_acquire(&shared.lock, &hold);
    atomic_fetch_add_explicit(&shared.inside, 1, memory_order_release);
    unsigned turn =
        atomic_fetch_add_explicit(&shared.entered, 1, memory_order_relaxed);
    if (turn + 1 < WAITERS)
      wait_for(&shared.may_start[turn + 1]);
    atomic_fetch_sub_explicit(&shared.inside, 1, memory_order_relaxed);
    subject_release(&shared.lock, &hold);
    return;
  }
  subject_acquire(&shared.lock, &hold);
  atomic_store_explicit(&shared.may_start[0], 1, memory_order_release);
  for (unsigned i = 0; i < WAITERS; i++)
    waiting_see(&shared.waits[i]);
  subject_release(&shared.lock, &hold);
  for (unsigned turn = 0; turn + 1 < WAITERS; turn++) {
    while (atomic_load_explicit(&shared.entered, memory_order_acquire) <= turn)
      sched_yield();
    for (unsigned i = 0; i < 100; i++) {
      if (atomic_load_explicit(&shared.inside, memory_order_relaxed) > 1)
        *(bool *)argument = false;
      if (i % 10 == 0)
        sched_yield();
    }
    atomic_store_explicit(&shared.may_start[turn + 1], 1, memory_order_release);
  }
}

void release_lets_one_waiter_in(void **state) {
  (void)state;
  if (!subject_has(LOCK_EXCLUSIVE) || SUBJECT_IS == SUBJECT_peer)
    skip();
  bool alone = true;
  reset();
  team_run(WAITERS + 1, enter_one_by_one, &alone);
  assert_true(alone);
  assert_int_equal(shared.entered, WAITERS);
}

/* One member holds several locks, another waits on one of them; releases come
 * in an order that is neither stack nor queue. */
static struct {
  alignas(128) subject_lock lock;
  alignas(128) waiting_flag waits;
  _Atomic int held, got;
} several[LOCKS];

static void hold_several(unsigned member, void *argument) {
  (void)argument;
  subject_hold holds[LOCKS];
  if (member > 0) {
    unsigned i = member - 1;
    wait_for(&several[i].held);
    waiting_mine = &several[i].waits;
    subject_acquire(&several[i].lock, &holds[i]);
    atomic_store_explicit(&several[i].got, 1, memory_order_release);
    subject_release(&several[i].lock, &holds[i]);
    return;
  }
  for (unsigned i = 0; i < LOCKS; i++) {
    subject_acquire(&several[i].lock, &holds[i]);
    atomic_store_explicit(&several[i].held, 1, memory_order_release);
  }
  for (unsigned i = 0; i < LOCKS; i++)
    waiting_see(&several[i].waits);
  static const unsigned order[LOCKS] = {2, 0, 3, 1};
  for (unsigned i = 0; i < LOCKS; i++) {
    subject_release(&several[order[i]].lock, &holds[order[i]]);
    memset(&holds[order[i]], 0x5A, sizeof holds[0]);
    wait_for(&several[order[i]].got);
  }
}

void waiters_on_several_held_locks(void **state) {
  (void)state;
  if (!subject_has(LOCK_EXCLUSIVE) || SUBJECT_IS == SUBJECT_peer)
    skip();
  for (unsigned round = 0; round < ROUNDS; round++) {
    memset(several, 0, sizeof several);
    for (unsigned i = 0; i < LOCKS; i++)
      subject_init(&several[i].lock);
    team_run(LOCKS + 1, hold_several, NULL);
  }
}

/* The lock and a handle with bytes around them. */
struct guarded_hold {
  unsigned char before[16];
  subject_hold hold;
  unsigned char after[16];
};

static struct {
  unsigned char before[16];
  subject_lock lock;
  unsigned char after[16];
} guarded;

static bool intact(const unsigned char guard[16]) {
  for (unsigned i = 0; i < 16; i++)
    if (guard[i] != GUARD)
      return false;
  return true;
}

static void take_guarded(unsigned member, void *all_intact) {
  (void)member;
  struct guarded_hold hold;
  memset(&hold, GUARD, sizeof hold);
  for (unsigned turn = 0; turn < 1000; turn++) {
    subject_acquire(&guarded.lock, &hold.hold);
    if (turn % 32 == 0)
      sched_yield();
    if (!intact(guarded.before) || !intact(guarded.after) ||
        !intact(hold.before) || !intact(hold.after))
      *(bool *)all_intact = false;
    subject_release(&guarded.lock, &hold.hold);
  }
}

void nothing_beside_the_lock_is_written(void **state) {
  (void)state;
  if (!subject_has(LOCK_EXCLUSIVE))
    skip();
  bool all_intact = true;
  memset(&guarded, GUARD, sizeof guarded);
  subject_init(&guarded.lock);
  team_run(3, take_guarded, &all_intact);
  assert_true(all_intact);
  assert_true(intact(guarded.before) && intact(guarded.after));
}
