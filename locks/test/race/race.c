/* A program for ThreadSanitizer: two threads and one lock over plain memory.
 * The sanitizer ends it with a report if a release does not order what the
 * next holder does; the hardware would have to be lucky to show it. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locks/test/subject.h"
#include "locks/test/team.h"

enum { TURNS = 200, WORDS = 4 };

static subject_lock lock;
static unsigned long words[WORDS], entries;
static waiting_flag waits[2];
static _Atomic unsigned baton, ended;

/* Everything beside the lock is relaxed, so that only the lock orders. */
static unsigned peek(_Atomic unsigned *value) {
  return atomic_load_explicit(value, memory_order_relaxed);
}

static void critical_section(void) {
  for (unsigned i = 0; i < WORDS; i++)
    words[i]++;
  entries++;
}

/* The lock is free when the other thread comes for it. */
static void take_turns(unsigned member, bool by_trying) {
  for (unsigned turn = 0; turn < TURNS; turn++) {
    subject_hold hold;
    memset(&hold, 0, sizeof hold);
    while (peek(&baton) % 2 != member)
      sched_yield();
    if (by_trying)
      while (!subject_try_acquire(&lock))
        sched_yield();
    else
      subject_acquire(&lock, &hold);
    critical_section();
    subject_release(&lock, &hold);
    memset(&hold, 0x5A, sizeof hold);
    atomic_fetch_add_explicit(&baton, 1, memory_order_relaxed);
  }
}

/* The lock is released when the other thread waits for it. */
static void hand_over(unsigned member) {
  for (unsigned turn = 0; turn < TURNS; turn++) {
    subject_hold hold;
    memset(&hold, 0, sizeof hold);
    subject_acquire(&lock, &hold);
    atomic_store_explicit(&waits[member], 0, memory_order_relaxed);
    critical_section();
    while (peek(&ended) == 0 && SUBJECT_IS != SUBJECT_peer &&
           atomic_load_explicit(&waits[1 - member], memory_order_relaxed) == 0)
      sched_yield();
    subject_release(&lock, &hold);
    memset(&hold, 0x5A, sizeof hold);
    if (subject_has(LOCK_TEST))
      (void)subject_is_held(&lock);
  }
  atomic_fetch_add_explicit(&ended, 1, memory_order_relaxed);
}

static void run(unsigned member, void *unused) {
  (void)unused;
  waiting_mine = &waits[member];
  take_turns(member, false);
  if (subject_has(LOCK_TRY))
    take_turns(member, true);
  while (peek(&baton) < 2 * TURNS * (subject_has(LOCK_TRY) ? 2 : 1))
    sched_yield(); /* the other one may be trying still, which is no waiting */
  hand_over(member);
}

/* Whether a weak order shows depends on who comes when: a program that has one
 * is run until it does, or so many times.
 * usage: race [TIMES] */
int main(int count, char **arguments) {
  const unsigned times = count > 1 ? (unsigned)atoi(arguments[1]) : 1;
  const unsigned expected = times * 2 * TURNS * (subject_has(LOCK_TRY) ? 3 : 2);
  subject_init(&lock);
  for (unsigned i = 0; i < times; i++) {
    baton = ended = 0;
    team_run(2, run, NULL);
  }
  printf("%lu of %u entries\n", entries, expected);
  return entries != expected || words[0] != expected;
}
