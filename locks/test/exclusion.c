/* Threads at once: one holder at a time, and it sees what the last one wrote.
 *
 * The critical section is checked in three ways: its owner is written and read
 * back across a yield, a plain counter loses nothing, and a record of several
 * plain words is never seen half written. A queued lock's handle is poisoned
 * as soon as release returns, since its memory is the caller's again. */
#include <sched.h>
#include <string.h>

#include "locks/cpu.h"
#include "locks/test/lock_test.h"
#include "locks/test/subject.h"
#include "locks/test/team.h"
#include "locks/test/unit.h"

enum { THREADS = 4, TURNS = 5000, YIELD_EVERY = 32, WORDS = 8, CHURN = 25 };

static struct {
  alignas(128) subject_lock lock;
  alignas(128) unsigned owner; /* 1 + member, 0 none */
  unsigned long words[WORDS];  /* all equal outside the critical section */
  alignas(128) _Atomic unsigned long violations;
  _Atomic unsigned long entries;
} shared;

static void reset(void) {
  memset(&shared, 0, sizeof shared);
  subject_init(&shared.lock);
}

static void critical_section(unsigned member, unsigned turn) {
  bool broken = shared.owner != 0;
  shared.owner = 1 + member;
  for (unsigned i = 0; i < WORDS; i++) {
    broken |= shared.words[i] != shared.words[0] - (i == 0 ? 0 : 1);
    shared.words[i]++;
  }
  cpu_compiler_barrier();
  if (turn % YIELD_EVERY == 0)
    sched_yield();
  broken |= shared.owner != 1 + member;
  shared.owner = 0;
  atomic_fetch_add_explicit(&shared.entries, 1, memory_order_relaxed);
  if (broken)
    atomic_fetch_add_explicit(&shared.violations, 1, memory_order_relaxed);
}

static void take_turns(unsigned member, void *turns) {
  subject_hold hold;
  for (unsigned turn = 0; turn < *(unsigned *)turns; turn++) {
    subject_acquire(&shared.lock, &hold);
    critical_section(member, turn);
    subject_release(&shared.lock, &hold);
    memset(&hold, 0x5A, sizeof hold);
    cpu_compiler_barrier();
  }
}

static void assert_excluded(unsigned long entries) {
  if (shared.violations != 0)
    print_error("%lu violations\n", shared.violations);
  assert_int_equal(shared.violations, 0);
  assert_int_equal(shared.entries, entries);
  for (unsigned i = 0; i < WORDS; i++)
    assert_int_equal(shared.words[i], entries);
}

void exclusion_under_load(void **state) {
  (void)state;
  if (!subject_has(LOCK_EXCLUSIVE))
    skip();
  unsigned turns = TURNS;
  reset();
  team_run(THREADS, take_turns, &turns);
  assert_excluded(THREADS * TURNS);
}

/* Half of the members insist, half try and go on. */
static void take_turns_or_try(unsigned member, void *turns) {
  if (member % 2 == 0) {
    take_turns(member, turns);
    return;
  }
  subject_hold hold = {0};
  for (unsigned turn = 0; turn < *(unsigned *)turns; turn++) {
    if (subject_try_acquire(&shared.lock)) {
      critical_section(member, turn);
      subject_release(&shared.lock, &hold);
    }
    if (turn % YIELD_EVERY == 0)
      sched_yield();
  }
}

void exclusion_with_try(void **state) {
  (void)state;
  if (!subject_has(LOCK_EXCLUSIVE | LOCK_TRY))
    skip();
  unsigned turns = TURNS;
  reset();
  team_run(THREADS, take_turns_or_try, &turns);
  assert_excluded(shared.entries);
  assert_true(shared.entries >= (unsigned long)THREADS / 2 * TURNS);
}

/* Threads come and go: their records and nodes are used again while the lock
 * still names them. */
void exclusion_of_churning_threads(void **state) {
  (void)state;
  if (!subject_has(LOCK_EXCLUSIVE))
    skip();
  unsigned turns = 20;
  reset();
  for (unsigned i = 0; i < CHURN; i++)
    team_run(THREADS, take_turns, &turns);
  assert_excluded((unsigned long)CHURN * THREADS * turns);
}

/* One writes a message, the other answers it, all in plain memory. */
static void converse(unsigned member, void *argument) {
  (void)argument;
  subject_hold hold;
  for (bool done = false; !done;) {
    subject_acquire(&shared.lock, &hold);
    unsigned long said = shared.words[0];
    done = said >= TURNS;
    if (said % 2 == member && !done)
      for (unsigned i = WORDS; i-- > 0;) {
        if (shared.words[i] != said)
          atomic_fetch_add_explicit(&shared.violations, 1,
                                    memory_order_relaxed);
        shared.words[i] = said + 1;
      }
    subject_release(&shared.lock, &hold);
    if (!done)
      sched_yield();
  }
}

void release_makes_writes_visible(void **state) {
  (void)state;
  if (!subject_has(LOCK_EXCLUSIVE))
    skip();
  reset();
  team_run(2, converse, NULL);
  assert_int_equal(shared.violations, 0);
}
