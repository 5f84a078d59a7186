/* A program for ThreadSanitizer: two threads and one reader/writer lock over
 * plain memory, which one of them writes or both read (see race.c). */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "locks/test/reader_subject.h"
#include "locks/test/team.h"

enum { TURNS = 300, WORDS = 4 };

static subject_lock lock;
static unsigned long words[WORDS], torn;
static waiting_flag waits[2];
static _Atomic unsigned baton, ended;

/* Everything beside the lock is relaxed, so that only the lock orders. */
static unsigned peek(_Atomic unsigned *value) {
  return atomic_load_explicit(value, memory_order_relaxed);
}

static void write_words(void) {
  for (unsigned i = 0; i < WORDS; i++)
    words[i]++;
}

static bool differ(void) {
  bool different = false;
  for (unsigned i = 1; i < WORDS; i++)
    different |= words[i] != words[0];
  return different;
}

static unsigned long read_once(void) {
  subject_acquire_shared(&lock);
  unsigned long wrong = differ();
  subject_release_shared(&lock);
  return wrong;
}

static void write_once(void) {
  subject_acquire_exclusive(&lock);
  write_words();
  subject_release_exclusive(&lock);
}

static void await_baton(unsigned count) {
  while (peek(&baton) != count)
    sched_yield();
}

static void pass_baton(void) {
  atomic_fetch_add_explicit(&baton, 1, memory_order_relaxed);
}

/* The lock is free when the other thread comes for it: a reader after a
 * writer, a writer after a reader, a writer after a writer. */
static unsigned long take_turns(unsigned member) {
  unsigned long wrong = 0;
  for (unsigned turn = member; turn < 2 * TURNS; turn += 2) {
    await_baton(turn);
    if (turn % 3 == 0)
      wrong += read_once();
    else
      write_once();
    pass_baton();
  }
  return wrong;
}

/* Member 1 is inside while member 0 reads and leaves, and then a writer. */
static unsigned long convert(unsigned member) {
  unsigned long wrong = 0;
  for (unsigned turn = 0; turn < TURNS; turn++) {
    const unsigned first = 2 * TURNS + 3 * turn;
    await_baton(first + 1 - member);
    if (member == 0) {
      wrong += read_once();
    } else {
      subject_acquire_shared(&lock);
      pass_baton();
      await_baton(first + 2);
      if (turn % 2 == 0 || !subject_try_convert(&lock))
        (void)subject_convert_draining(&lock);
      write_words();
      subject_release_exclusive(&lock);
    }
    pass_baton();
  }
  return wrong;
}

/* Peers do not say that they wait. */
static void until_other_waits(unsigned member) {
  while (peek(&ended) == 0 && SUBJECT_IS != SUBJECT_peer &&
         atomic_load_explicit(&waits[1 - member], memory_order_relaxed) == 0)
    sched_yield();
}

/* The lock is released when the other thread waits for it; the first one
 * writes, the other one writes or reads. */
static unsigned long hand_over(unsigned member) {
  unsigned long wrong = 0;
  for (unsigned turn = 0; turn < TURNS; turn++) {
    const bool shared = member == 1 && turn % 2 == 0;
    if (shared)
      subject_acquire_shared(&lock);
    else
      subject_acquire_exclusive(&lock);
    atomic_store_explicit(&waits[member], 0, memory_order_relaxed);
    if (shared)
      wrong += differ();
    else
      write_words();
    until_other_waits(member);
    if (shared)
      subject_release_shared(&lock);
    else
      subject_release_exclusive(&lock);
  }
  atomic_fetch_add_explicit(&ended, 1, memory_order_relaxed);
  return wrong;
}

static void run(unsigned member, void *unused) {
  (void)unused;
  waiting_mine = &waits[member];
  unsigned long wrong = take_turns(member) + convert(member);
  await_baton(5 * TURNS);
  wrong += hand_over(member);
  subject_acquire_exclusive(&lock);
  torn += wrong;
  subject_release_exclusive(&lock);
}

/* usage: reading [TIMES], as race.c */
int main(int count, char **arguments) {
  const unsigned times = count > 1 ? (unsigned)atoi(arguments[1]) : 1;
  subject_init(&lock);
  for (unsigned i = 0; i < times; i++) {
    baton = ended = 0;
    team_run(2, run, NULL);
  }
  printf("%lu torn reads\n", torn);
  return torn != 0 || differ();
}
